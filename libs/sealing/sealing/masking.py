MASK = "*"
ONE_CHARACTER, TWO_CHARACTERS = 1, 2


def mask_middle(text: str, keep_start: int, keep_end: int) -> str:
    """Keeps the ends and the length; what is too short to keep both ends is masked whole."""
    hidden = len(text) - keep_start - keep_end
    if hidden <= 0:
        return MASK * len(text)
    return text[:keep_start] + MASK * hidden + text[len(text) - keep_end :]


def mask_id_number(text: str) -> str:
    return mask_middle(text, 3, 2)


def mask_phone(text: str) -> str:
    return mask_middle(text, 3, 4)


def mask_name(text: str) -> str:
    if len(text) <= ONE_CHARACTER:
        return MASK * len(text)
    return mask_middle(text, 1, 0) if len(text) == TWO_CHARACTERS else mask_middle(text, 1, 1)
