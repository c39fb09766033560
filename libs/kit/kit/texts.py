"""The one form in which names and codes are kept, compared and searched; the standard library only."""

import re
import unicodedata

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
ANY_WIDTH = re.compile("[^\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2026]+")
DOTS = str.maketrans(dict.fromkeys("\u2022\u2027\u2219\u22c5\u30fb", "\u00b7"))
HAN = "[\u00b7\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
BETWEEN_HAN = re.compile(f"(?<={HAN}) (?={HAN})")


def printable(text: str) -> str:
    """The text as it is; refused when a character of it does harm, or when nobody could see any of it."""
    if CONTROL.search(text):
        raise ValueError("含有不可见的控制字符")
    if (hidden := INVISIBLE.search(text)) and not INVISIBLE.sub("", text).strip():
        raise ValueError(f"只有不可见的字符(U+{ord(hidden[0]):04X}),请重新填写")
    return text


def name_of(text: str) -> str:
    """As it is kept: nothing invisible, one width of letters, one middle dot, no space between Han characters."""
    visible = INVISIBLE.sub("", printable(text))
    narrow = ANY_WIDTH.sub(lambda part: unicodedata.normalize("NFKC", part[0]), visible)
    return BETWEEN_HAN.sub("", " ".join(narrow.translate(DOTS).split()))


def code_of(text: str) -> str:
    """As it is kept and compared: one width of everything, and no space."""
    return unicodedata.normalize("NFKC", "".join(name_of(text).split()))


def letters_of(text: str) -> str:
    """What two spellings of one name have in common: compared and searched by."""
    return code_of(text).replace("\u00b7", "").casefold()
