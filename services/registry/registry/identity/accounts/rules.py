"""What a password must be, under the two profiles of the quality targets."""

import re
import unicodedata
from datetime import datetime, timedelta
from typing import NamedTuple

LONGEST = 128
CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"[0-9]"), re.compile(r"[^A-Za-z0-9]"))
COMMON_STEMS = frozenset(
    (  # noqa: SIM905 - sixty words read better as text
        "password passw0rd p@ssw0rd p@ssword admin administrator qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm "
        "iloveyou welcome letmein monkey dragon abc abcd abcdef changeme default root test guest user login master "
        "secret liangxin dangjian dangyuan dangzhibu woaini woaizhongguo zhongguo 1qaz 1qaz2wsx"
    ).split()
)
EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")
REPEATED = re.compile(r"(.)\1{3,}")


class PasswordProfile(NamedTuple):
    min_length: int
    min_classes: int
    remembered: int
    max_age: timedelta | None


PROFILES = {
    "mlps3": PasswordProfile(min_length=10, min_classes=3, remembered=5, max_age=timedelta(days=90)),
    "modern": PasswordProfile(min_length=15, min_classes=1, remembered=0, max_age=None),
}


def normalised(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def weaknesses(password: str, *, username: str, profile: PasswordProfile) -> list[str]:
    """Chinese sentences, one per demand that is not met; mlps3 follows GB/T 22239 8.1.4.1, modern NIST SP 800-63B."""
    found: list[str] = []
    if len(password) < profile.min_length:
        found.append(f"口令至少 {profile.min_length} 个字符")
    if len(password) > LONGEST:
        found.append(f"口令最多 {LONGEST} 个字符")
    if sum(1 for kind in CLASSES if kind.search(password)) < profile.min_classes:
        found.append(f"口令须含大写字母、小写字母、数字、符号中的至少 {profile.min_classes} 类")
    if username and username.casefold() in password.casefold():
        found.append("口令不能包含用户名")
    if _is_common(password):
        found.append("口令过于常见,容易被猜中")
    return found


def _is_common(password: str) -> bool:
    folded = password.casefold()
    stem = EDGE.sub("", folded)
    return not stem or stem in COMMON_STEMS or folded in COMMON_STEMS or REPEATED.search(folded) is not None


def has_expired(changed_at: datetime | None, *, now: datetime, profile: PasswordProfile) -> bool:
    """A password that was never set has no age."""
    if changed_at is None or profile.max_age is None:
        return False
    return now - changed_at >= profile.max_age
