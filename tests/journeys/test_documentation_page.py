"""A stranger at `/docs` logs in, authorises, lists and posts from the page, in a browser that reaches nothing else."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx2
import pytest
from playwright.sync_api import BrowserContext, Page, Route, sync_playwright

from demo.passwords import new_password
from deploy.launcher.layout import Layout
from deploy.launcher.tests.conftest import free_port
from tests.support.programs import program
from tests.support.systems import System
from tests.support.voices import Voice

USERNAME = "shiyong"
EXAMPLE_KEY = "new-key-each-time"
PATIENCE_MS = 120_000
"""The page draws eight hundred operations; beside other work on two cores that has taken half a minute."""
ROOT = {"name": "试用区委", "kind": "district_committee", "founded_on": "2015-07-01", "division": "990100"}
BELOW = {"name": "试用区委两新工委", "kind": "work_committee", "founded_on": "2015-07-01"}


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(Layout(tmp_path_factory.mktemp("system") / "home", free_port()))
    try:
        running.start("--empty")
        running.wait(running.is_ready)
        running.wait(lambda: "x-missing" not in documented(running))
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def outside() -> list[str]:
    """Addresses that were asked for and are not ours."""
    return []


@pytest.fixture(scope="module")
def browser(system: System, outside: list[str]) -> Iterator[BrowserContext]:
    browser_program = program("chromium", "chromium")

    def only_ours(route: Route) -> None:
        if route.request.url.startswith((system.address, "data:", "blob:")):
            route.continue_()
            return
        outside.append(route.request.url)
        route.abort()

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_program, args=["--no-sandbox"])
        context = chromium.new_context()
        context.route("**/*", only_ours)
        yield context
        chromium.close()


def documented(system: System) -> dict[str, Any]:
    answer = httpx2.get(f"{system.address}/openapi.json", timeout=30, trust_env=False)
    return dict(answer.json())


def invitation(system: System) -> str:
    """What a security administrator hands to a new system administrator."""
    security = Voice(system, system.token([("security_administrator", None)]))
    opened = security.done("POST", "/api/v1/registry/accounts", {"username": USERNAME})
    given = {"account_id": opened["id"], "role": "system_administrator", "reason": "试用"}
    security.done("POST", "/api/v1/registry/grants", given)
    return str(opened["activation_token"])


class Answer(NamedTuple):
    """Of one press of the button, and the Idempotency-Key it was asked with."""

    status: int
    content: dict[str, Any]
    key: str


class Documentation:
    """The page, as a reader uses it."""

    def __init__(self, browser: BrowserContext, system: System) -> None:
        self.page: Page = browser.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self._address = system.address

    def open(self, tag: str, operation: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self._address}/docs#/{quote(tag)}/{operation}")
        self.page.locator(".opblock.is-open .execute").wait_for()

    def give(self, parameter: str, value: str) -> None:
        self.page.locator(f'.opblock.is-open tr[data-param-name="{parameter}"] input').fill(value)

    def execute(self, path: str, body: dict[str, Any] | None = None) -> Answer:
        if body is not None:
            self.page.locator(".opblock.is-open textarea.body-param__text").fill(json.dumps(body, ensure_ascii=False))
        with self.page.expect_response(lambda one: f"/api/v1{path}" in one.url) as answered:
            self.page.locator(".opblock.is-open .execute").click()
        self.page.locator(".opblock.is-open .live-responses-table .response").first.wait_for()
        response = answered.value
        return Answer(response.status, response.json(), response.request.headers.get("idempotency-key", ""))

    def authorise(self, token: str) -> None:
        self.page.locator(".auth-wrapper .authorize").first.click()
        self.page.locator(".modal-ux input").fill(token)
        self.page.locator(".modal-ux .auth-btn-wrapper .authorize").click()
        self.page.locator(".modal-ux .btn-done").click()


class TestDocumentationPage:
    def test_lets_a_stranger_log_in_list_and_post(
        self, system: System, browser: BrowserContext, outside: list[str]
    ) -> None:
        password = {"password": new_password()}
        page = Documentation(browser, system)

        page.open("账号", "registry_activate_account")
        page.give("token", invitation(system))
        activated = page.execute("/registry/bootstrap/", password)
        page.open("登录与令牌", "registry_open_login")
        login = page.execute("/registry/logins", {"username": USERNAME, **password})
        page.authorise(login.content["access_token"])
        page.open("党组织", "registry_create_organization")
        root = page.execute("/registry/organizations", ROOT)
        below = page.execute("/registry/organizations", BELOW | {"parent_id": root.content["id"]})
        page.open("党组织", "registry_list_organizations")
        listed = page.execute("/registry/organizations")

        assert [one.status for one in (activated, login, root, below, listed)] == [201, 201, 201, 201, 200]
        assert {one["id"] for one in listed.content["items"]} == {root.content["id"], below.content["id"]}
        keys = {one.key for one in (root, below)}
        assert len(keys | {EXAMPLE_KEY}) == 3
        assert page.faults == outside == []
