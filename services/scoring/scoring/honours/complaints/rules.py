"""What an upheld complaint proposes (seed 4: 群众反映强烈的,进行减星)."""


def lowered(level: int, step: int) -> int:
    """Never below no star at all."""
    return max(level - step, 0)
