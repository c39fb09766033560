"""Members of the branches: who is how far on the way into the Party."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from demo.district.codes import id_number, phone
from demo.district.entries import MemberEntry
from demo.district.names import person_name

MEMBERS, FEWEST, MOST = 6000, 3, 50
STAGES = {"正式党员": 82, "预备党员": 5, "发展对象": 4, "入党积极分子": 6, "入党申请人": 3}
ETHNICITIES = {"汉族": 94, "回族": 2, "满族": 2, "壮族": 1, "土家族": 1}
EDUCATIONS = {"研究生": 8, "大学本科": 38, "大学专科": 30, "高中": 14, "中专": 6, "初中": 4}
BORN_FROM, DAYS_OF_BIRTH = date(1956, 1, 1), 365 * 44
LAST_JOINED = date(2020, 12, 31)
PROBATION_FROM, DAYS_OF_PROBATION = date(2024, 2, 1), 320
ADULT = 18


class People:
    """Hands out persons whose ID numbers never repeat."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers: set[str] = set()

    def _pick(self, weights: dict[str, int]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]

    def identity(self, division: str) -> tuple[str, str, date]:
        """Name, ID number and birth date."""
        while True:
            born_on = BORN_FROM + timedelta(self._random.randrange(DAYS_OF_BIRTH))
            sequence = self._random.randint(1, 999)
            number = id_number(division, born_on, sequence)
            if number not in self._numbers:
                self._numbers.add(number)
                return person_name(self._random, is_man=sequence % 2 == 1), number, born_on

    def member(self, division: str, organization_code: str, unit_code: str, *, is_formal: bool) -> MemberEntry:
        name, number, born_on = self.identity(division)
        stage = "正式党员" if is_formal else self._pick(STAGES)
        joined_on, confirmed_on = self._dates(stage, born_on)
        return MemberEntry(
            name=name,
            id_number=number,
            ethnicity=self._pick(ETHNICITIES),
            education=self._pick(EDUCATIONS),
            stage=stage,
            joined_on=joined_on,
            confirmed_on=confirmed_on,
            organization_code=organization_code,
            phone=phone(len(self._numbers)),
            unit_code=unit_code,
        )

    def _dates(self, stage: str, born_on: date) -> tuple[date | None, date | None]:
        if stage == "预备党员":
            return PROBATION_FROM + timedelta(self._random.randrange(DAYS_OF_PROBATION)), None
        if stage != "正式党员":
            return None, None
        adult_on = date(born_on.year + ADULT, 7, 1) + timedelta(365)
        joined_on = adult_on + timedelta(self._random.randrange((LAST_JOINED - adult_on).days))
        return joined_on, joined_on + timedelta(366)


def branch_sizes(random: Random, branches: int, total: int, fewest: int = FEWEST, most: int = MOST) -> Sequence[int]:
    """Sizes between fewest and most that sum up to the total; many small branches and some large ones."""
    sizes = [fewest] * branches
    weights = [random.expovariate(1) + 0.2 for _ in range(branches)]
    while sum(sizes) < total:
        place = random.choices(range(branches), weights)[0]
        if sizes[place] < most:
            sizes[place] += 1
    return sizes
