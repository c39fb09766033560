"""A member on a phone: the same figures as the API gives, in a page that fits 390 pixels."""

import pytest
from playwright.sync_api import expect

from tests.console.conftest import PHONE, Arrive

pytestmark = pytest.mark.browser


class TestPhone:
    def test_shows_a_member_their_own_year(self, arrive: Arrive) -> None:
        with arrive("member", PHONE) as person:
            person.enter("/m/")
            me = person.api().get("/api/v1/me").json()
            page = person.page
            expect(page.get_by_role("region", name="我的积分")).to_contain_text(me["balance"]["points_total"])
            expect(page.get_by_role("region", name="我的学时")).to_contain_text(me["study_hours"]["hours"])
            expect(page.get_by_role("region", name="我的星级")).to_be_visible()
            expect(page.get_by_role("region", name="我的会议")).to_be_visible()
            page.get_by_text("为什么是这个分").click()
            for one in me["balance"]["dimensions"]:
                expect(page.get_by_role("region", name="我的积分")).to_contain_text(one["dimension"])

            assert person.faults() == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
