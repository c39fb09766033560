"""Codes that are formally right and obviously invented: divisions begin with 99, which no place has."""

from datetime import date

UNIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
UNIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
INSTITUTION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
PERSON_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
PERSON_CHECKS = "10X98765432"
KIND_DIGITS = {
    "区委": 1,
    "工委": 2,
    "党委": 3,
    "党总支": 4,
    "党支部": 5,
    "联合党支部": 6,
    "项目党支部": 7,
    "党小组": 8,
    "项目党小组": 9,
}
UNIT_PREFIXES = {
    "非公企业": "91",
    "个体工商户": "92",
    "农民合作社": "93",
    "社会团体": "51",
    "民办非企业单位": "52",
    "基金会": "53",
}


def organization_code(division: str, kind: str, sequence: int) -> str:
    """Division(6), kind(1), sequence(5) and the ISO 7064 MOD 11,10 check digit over these twelve."""
    body = f"{division}{KIND_DIGITS[kind]}{sequence:05d}"
    rest = 10
    for digit in body:
        total = (rest + int(digit)) % 10 or 10
        rest = total * 2 % 11
    return body + str((11 - rest) % 10)


def unit_code(division: str, kind: str, sequence: int) -> str:
    """GB 32100-2015 around an institution code of GB 11714 that begins with MA99."""
    institution = f"MA99{sequence:04d}"
    total = sum(int(one, 36) * weight for one, weight in zip(institution, INSTITUTION_WEIGHTS, strict=True))
    check = "0123456789X0"[(11 - total % 11) % 11]
    body = UNIT_PREFIXES[kind] + division + institution + check
    weighted = sum(UNIT_ALPHABET.index(one) * weight for one, weight in zip(body, UNIT_WEIGHTS, strict=True))
    return body + UNIT_ALPHABET[-weighted % 31]


def id_number(division: str, born_on: date, sequence: int) -> str:
    """GB 11643-1999; an odd sequence is a man's."""
    body = f"{division}{born_on:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, PERSON_WEIGHTS, strict=True))
    return body + PERSON_CHECKS[total % 11]


def phone(sequence: int) -> str:
    """Eleven digits under 154, a prefix no network has been given."""
    return f"15400{sequence:06d}"
