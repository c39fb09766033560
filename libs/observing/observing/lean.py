"""How a process imports what it is made of: quickly, and without what only its help pages need."""

import gc
import sys

PICTURES = "rich"


def begin() -> None:
    """Before any other import.

    What is imported stays: looking for garbage in it is a quarter of a start. And structlog would load 4 MiB of colours
    for traces that a server writes as JSON.
    """
    gc.disable()
    sys.modules[PICTURES] = None  # type: ignore[assignment] # an import of it fails, as Python's documentation says


def end() -> None:
    """Help pages and whatever else asks for it may have it now."""
    gc.enable()
    if sys.modules.get(PICTURES) is None:
        sys.modules.pop(PICTURES, None)
