"""What an operator has to put right before a command can work."""


class Refusal(Exception):  # noqa: N818 - an answer to the operator, not a programming error
    """Its text is what the operator reads."""
