"""Finding Chinese names: every character and neighbouring pair is a key in a `text[]` under GIN (D2).

The readings of a name can join its keys later without another column.
"""

from collections.abc import Callable
from functools import partial

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from kit.texts import letters_of

PAIR = 2


def search_keys(name: str) -> list[str]:
    letters = letters_of(name)
    return sorted({letters[at : at + width] for width in (1, PAIR) for at in range(len(letters) - width + 1)})


def query_keys(text: str) -> list[str]:
    """Keys a name must all carry to contain the text: its pairs, or the lone character."""
    letters = letters_of(text)
    if len(letters) < PAIR:
        return [letters] if letters else []
    return sorted({letters[at : at + PAIR] for at in range(len(letters) - 1)})


def carries(keys_of_name: InstrumentedAttribute[list[str]], text: str) -> ColumnElement[bool]:
    """Names that may contain the text; pairs out of order are a match too, as in any bigram search."""
    found: ColumnElement[bool] = keys_of_name.contains(query_keys(text))
    return found


def named_like(keys_of_name: InstrumentedAttribute[list[str]]) -> Callable[[str], ColumnElement[bool]]:
    """A filter: rows whose name may contain the text."""
    return partial(carries, keys_of_name)
