"""Every register that a role may read is opened by its link, and shows what the API answers to the same person."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Response

from describing.words import is_chinese
from tests.console.conftest import Arrive, Person

pytestmark = pytest.mark.browser

SETTLED = ".tools [role=status], .main > .empty:not(:text('正在读取')), .refusal"
FEWEST = {"district_officer": 40, "security_administrator": 4, "audit_administrator": 6, "member": 15}


def registers_of(person: Person) -> list[str]:
    links = person.page.locator("nav.side a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    return [link.removeprefix("#/") for link in links]


def shown_rows(person: Person) -> list[list[str]]:
    script = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    rows: list[list[str]] = person.page.locator(".list tbody tr").evaluate_all(script)
    return rows


def is_list(answer: Response, person: Person) -> bool:
    return "limit=50" in answer.url and answer.url.startswith(person.system.address)


def opened(person: Person, register: str) -> list[str]:
    """Addresses of lists that the page asked for."""
    asked: list[str] = []
    person.page.on("response", lambda answer: asked.append(answer.url) if is_list(answer, person) else None)
    person.open(register)
    person.page.locator(SETTLED).first.wait_for()
    return asked


def plain_values(item: dict[str, Any]) -> list[str]:
    """Of a row's fields those that are shown as they travel: names of people, organisations and things."""
    return [value for name, value in item.items() if name.split("_")[-1] == "name" and is_chinese(value)]


@pytest.mark.parametrize("role", FEWEST)
class TestEveryRegister:
    def test_shows_what_the_api_answers(self, arrive: Arrive, role: str) -> None:
        with arrive(role) as person:
            person.enter()
            registers, wrong, faults = registers_of(person), dict[str, str](), dict[str, list[str]]()
            api = person.api()
            for register in registers:
                asked = opened(person, register)
                wrong |= {register: fault} if (fault := difference(person, asked, api)) else {}
                faults |= {register: found} if (found := person.faults()) else {}

            assert wrong == {}
            assert faults == {}
            assert len(registers) >= FEWEST[role]


def difference(person: Person, asked: list[str], api: Any) -> str:
    if person.page.locator(".refusal").count():
        return str(person.page.locator(".refusal").first.text_content())
    if not asked:
        return "" if person.page.get_by_text("请先填写").count() else "nothing was asked"
    address = urlsplit(asked[-1])
    items = api.get(address.path, params=parse_qsl(address.query)).json()["items"]
    rows = shown_rows(person)
    if len(rows) != len(items):
        return f"{len(rows)} rows of {len(items)}"
    for row, item in zip(rows, items, strict=True):
        absent = [value for value in plain_values(item) if value and value not in " ".join(row)]
        if absent:
            return f"{absent} not in {row}"
    return ""
