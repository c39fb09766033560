"""Work at a form: one effect of two clicks, both versions of a conflict, nothing lost when a login ends."""

import re
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import Arrive, Person

pytestmark = pytest.mark.browser

INSTRUCTORS = "/api/v1/registry/instructors"
SUBMIT = "提交"


def member_of(api: httpx2.Client) -> Any:
    return api.get("/api/v1/registry/members", params={"limit": 1}).json()["items"][0]


def open_form(person: Person, address: str, button: str) -> Page:
    person.open(address)
    person.page.get_by_role("button", name=button, exact=True).click()
    person.page.get_by_role("button", name=SUBMIT, exact=True).wait_for()
    return person.page


class TestSubmission:
    def test_clicked_twice_has_one_effect(self, arrive: Arrive) -> None:
        with arrive("district_officer") as person:
            person.enter()
            api = person.api()
            before = api.get("/api/v1/registry/coverage-reports", params={"with_total": True}).json()["total"]
            page = open_form(person, "registry_list_coverage_reports", "出具覆盖率报告")
            page.locator(".el-drawer").get_by_label(re.compile("报告名称")).fill("双击只出一份")
            choose(page, "统计范围", "委员会")
            page.get_by_role("button", name=SUBMIT, exact=True).dblclick()
            expect(page.locator(".el-drawer")).to_have_count(0, timeout=60_000)
            after = api.get("/api/v1/registry/coverage-reports", params={"with_total": True}).json()["total"]

            assert after == before + 1

    def test_is_refused_at_the_field(self, arrive: Arrive) -> None:
        with arrive("district_officer") as person:
            person.enter()
            page = open_form(person, "registry_list_members", "登记党员")
            page.get_by_role("button", name=SUBMIT, exact=True).click()
            expect(page.locator(".el-drawer").get_by_text("请填写")).not_to_have_count(0)

            assert person.faults() == []


def choose(page: Page, label: str, words: str) -> None:
    field = page.locator(".el-drawer").get_by_label(re.compile(label)).first
    field.click()
    field.fill(words)
    page.locator(".el-select-dropdown__item:visible").first.click()


class TestConflict:
    def test_shows_both_versions_and_keeps_both_changes(self, arrive: Arrive) -> None:
        with arrive("district_officer") as person:
            person.enter()
            api = person.api()
            member = member_of(api)
            path = f"/api/v1/registry/members/{member['id']}"
            page = open_form(person, f"registry_list_members/{member['id']}", "更正党员")
            page.locator(".el-drawer").get_by_label(re.compile("^姓名")).fill("王又名")
            read = api.get(path)
            other = {"ethnicity": "02" if member["ethnicity"] != "02" else "03"}
            corrected = api.patch(path, json=other, headers={"If-Match": read.headers["etag"]})
            assert corrected.status_code == 200, corrected.text
            page.get_by_role("button", name=SUBMIT, exact=True).click()
            versions = page.locator("table.versions")
            expect(versions.locator("tr", has_text="姓名")).to_contain_text("王又名")
            expect(versions.locator("tr", has_text="民族")).to_have_class("differs")
            assert person.faults() == []
            page.get_by_role("button", name="在现在的版本上提交我的修改").click()
            expect(page.locator(".el-drawer")).to_have_count(0)
            now = api.get(path).json()

            assert (now["name"], now["ethnicity"]) == ("王又名", other["ethnicity"])


class TestLoginThatEnds:
    def test_in_the_middle_of_a_form_loses_nothing(self, arrive: Arrive) -> None:
        with arrive("town_officer") as person:
            person.enter()
            api = person.api()
            member = member_of(api)
            page = open_form(person, f"registry_list_members/{member['id']}", "更正党员")
            page.locator(".el-drawer").get_by_label(re.compile("^姓名")).fill("李接着")
            person.password = change_password(api, person.password)
            page.wait_for_timeout(6000)
            page.get_by_role("button", name=SUBMIT, exact=True).click()
            asked = page.get_by_role("dialog", name="登录已失效,请重新登录")
            asked.get_by_label("用户名").fill(person.username)
            asked.get_by_label("口令").fill(person.password)
            asked.get_by_role("button", name="登录").click()
            expect(page.locator(".el-drawer")).to_have_count(0)

            assert person.api().get(f"/api/v1/registry/members/{member['id']}").json()["name"] == "李接着"


def change_password(api: httpx2.Client, password: str) -> str:
    """From another device, which ends all other logins."""
    chosen = {"current_password": password, "new_password": f"{password}-2"}
    assert api.put("/api/v1/registry/accounts/me/password", json=chosen).is_success
    return f"{password}-2"


class TestLogin:
    def test_outlives_a_reload_and_hides_its_tokens(self, arrive: Arrive) -> None:
        with arrive("branch_secretary") as person:
            person.enter()
            person.page.reload()
            person.page.get_by_role("button", name="退出登录").wait_for()
            kept = person.page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]")
            [cookie] = person.page.context.cookies()

            assert kept == [[], ["vue-router:scroll"], ""]
            assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")

    def test_ends_in_every_tab(self, arrive: Arrive) -> None:
        with arrive("branch_secretary") as person:
            person.enter()
            other = person.page.context.new_page()
            other.goto(person.system.address)
            other.get_by_role("button", name="退出登录").wait_for()
            person.page.get_by_role("button", name="退出登录").click()
            expect(other.get_by_label("用户名")).to_be_visible()
            other.reload()

            expect(other.get_by_label("用户名")).to_be_visible()

    def test_that_is_refused_says_so(self, arrive: Arrive) -> None:
        with arrive("branch_secretary") as person:
            person.page.goto(person.system.address)
            person.page.get_by_label("用户名").fill(person.username)
            person.page.get_by_label("口令").fill("wrong-password-1")
            person.page.get_by_role("button", name="登录").click()

            expect(person.page.get_by_role("alert")).to_have_text("用户名或口令不正确")
            assert person.faults() == []
