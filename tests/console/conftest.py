"""The demonstration district as `make run` starts it, and people at its pages in Debian's Chromium."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from deploy.console.building import SOURCES, build, install
from deploy.console.node import node_in
from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.tests.conftest import free_port
from tests.support.programs import program
from tests.support.systems import System

LOADED_SECONDS = 900.0
PATIENCE = 30_000
OFFICE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
LOGINS = "/api/v1/registry/logins"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EXPECTED_REFUSAL = "the server responded with a status of 4"


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(Layout(tmp_path_factory.mktemp("system") / "home", free_port()))
    home = ROOT / ".local"
    home.mkdir(exist_ok=True)
    install(*node_in(home), home)
    running.settings["LIANGXIN_CONSOLE"] = str(build(home))
    try:
        running.start()
        running.wait(running.layout.accounts.exists, LOADED_SECONDS)
        running.wait(lambda: is_settled(running), LOADED_SECONDS)
        yield running
    finally:
        running.stop()


def is_settled(system: System) -> bool:
    """Everybody is let in; right after a whole district came in at once, that may take a moment longer."""
    given = [(one["username"], one["password"]) for one in json.loads(system.layout.accounts.read_text("utf-8"))]
    with httpx2.Client(base_url=system.address, timeout=60, trust_env=False) as client:
        answers = [client.post(LOGINS, json={"username": name, "password": word}) for name, word in given]
        documented = client.get("/openapi.json").json()
    return all(answer.is_success for answer in answers) and "x-missing" not in documented


@dataclass
class Person:
    """One demonstration account at its pages; everything its browser complains about or asks elsewhere is kept."""

    system: System
    page: Page
    username: str
    password: str
    outside: list[str]
    complaints: list[str] = field(default_factory=list)
    clients: list[httpx2.Client] = field(default_factory=list)

    def enter(self, path: str = "/") -> None:
        self.page.goto(self.system.address + path)
        self.page.get_by_label("用户名").fill(self.username)
        self.page.get_by_label("口令").fill(self.password)
        self.page.get_by_role("button", name="登录").click()
        self.page.get_by_role("button", name="退出登录").wait_for()

    def open(self, address: str) -> None:
        self.page.goto(f"{self.system.address}/#/{address}")

    def faults(self) -> list[str]:
        """What axe finds wrong with the page as it stands."""
        self.page.evaluate((SOURCES / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
        found = self.page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
        return [f"{one['id']} {one['nodes'][0]['html'][:200]}" for one in found["violations"]]

    def api(self) -> httpx2.Client:
        """The same person without a browser."""
        client = httpx2.Client(base_url=self.system.address, timeout=60, trust_env=False)
        given = {"username": self.username, "password": self.password}
        token = client.post(LOGINS, json=given).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        self.clients.append(client)
        return client


Arrive = Callable[..., AbstractContextManager[Person]]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=program("chromium", "chromium"), args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def accounts(system: System) -> dict[str, dict[str, Any]]:
    listed = json.loads(system.layout.accounts.read_text(encoding="utf-8"))
    return {one["role"]: one for one in listed}


@pytest.fixture
def arrive(system: System, chromium: Browser, accounts: dict[str, dict[str, Any]]) -> Arrive:
    """`with arrive("town_officer") as person:` a new browser that reaches nothing but this system."""

    @contextmanager
    def arrived(role: str, size: dict[str, int] = OFFICE) -> Iterator[Person]:
        context = chromium.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=size)  # type: ignore[arg-type] # a typed dict
        account, outside = accounts[role], list[str]()

        def only_ours(route: Route) -> None:
            if route.request.url.startswith((system.address, "data:", "blob:")):
                route.continue_()
                return
            outside.append(route.request.url)
            route.abort()

        context.route("**/*", only_ours)
        person = Person(system, context.new_page(), account["username"], account["password"], outside)
        watch(person)
        try:
            yield person
        finally:
            context.close()
            for client in person.clients:
                client.close()
        assert (person.outside, person.complaints) == ([], [])

    return arrived


def watch(person: Person) -> None:
    """Errors of scripts, and everything the browser writes but that a request was refused."""
    person.page.on("pageerror", lambda error: person.complaints.append(str(error)))
    person.page.on(
        "console",
        lambda said: (
            person.complaints.append(said.text)
            if said.type in ("error", "warning") and EXPECTED_REFUSAL not in said.text
            else None
        ),
    )
