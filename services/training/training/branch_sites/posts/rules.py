"""What a text says, whatever its spaces, marks and capitals: a repeated one is not counted."""

import hashlib
import unicodedata


def gist(text: str) -> str:
    """The same for `Good morning!` and ` good  morning `."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(one for one in folded if unicodedata.category(one)[0] in "LN")
    return hashlib.sha256((kept or folded).encode()).hexdigest()
