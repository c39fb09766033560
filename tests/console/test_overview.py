"""The figures of the district are those of the API, and say which day they are of."""

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Arrive

pytestmark = pytest.mark.browser


class TestOverview:
    def test_shows_the_figures_of_all_three_services(self, arrive: Arrive) -> None:
        with arrive("district_officer") as person:
            person.enter()
            told = person.api().get("/api/v1/overview").json()
            tiles = person.page.locator(".figures > div")
            for title, value in {
                "在册党员(含预备)": told["registry"]["members"],
                "组织覆盖率": told["registry"]["coverage"]["total"],
                "台账笔数": told["scoring"]["entries"],
                "党员人数": told["training"]["members"],
            }.items():
                number = tiles.filter(has=person.page.get_by_text(title, exact=True)).locator(".number")
                expect(number).to_have_text(str(value))
            expect(person.page.get_by_role("heading", name="驾驶舱")).to_contain_text(told["as_of"])

            assert person.faults() == []

    def test_is_not_for_those_who_hold_no_office(self, arrive: Arrive) -> None:
        with arrive("member") as person:
            person.enter()
            person.page.get_by_role("heading", name="登记簿").wait_for()

            assert person.page.get_by_role("heading", name="驾驶舱").count() == 0
