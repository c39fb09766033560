"""What a line of an integrity card says of a star."""


def star_line(year: int, level: int, previous: int | None) -> str:
    """`previous` is the star before it: of the year before, or the one of this year that it takes the place of."""
    adjusted = "" if previous is None else f"(原 {previous} 星)"
    return f"{year} 年度党员积分评星:{level} 星{adjusted}"
