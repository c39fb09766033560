class SealingError(Exception):
    """Base of everything this library raises; the text is one sentence for the operator."""


class KeyFileError(SealingError):
    pass


class BrokenSealError(SealingError):
    """The value was changed, belongs to another column, or was sealed with another key."""


class UnknownKeyError(SealingError):
    pass
