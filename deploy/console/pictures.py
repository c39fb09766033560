"""`python -m deploy.console.pictures`: pictures of the pages of the running system, for the README and the handbook."""

import json
import sys

from playwright.sync_api import Page, sync_playwright

from deploy.launcher.layout import ROOT, Layout

CHROMIUM = "/usr/bin/chromium"
OPTIONS = ("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")
TARGET = ROOT / "docs" / "pictures"
OFFICE, PHONE = (1280, 800), (390, 844)


def main() -> None:
    layout = Layout.from_environment()
    accounts = {one["role"]: one for one in json.loads(layout.accounts.read_text(encoding="utf-8"))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        for role, (width, height), path, name in (
            ("district_officer", OFFICE, "/", "console.png"),
            ("member", PHONE, "/m/", "console-phone.png"),
        ):
            page = browser.new_page(locale="zh-CN", timezone_id="Asia/Shanghai")
            page.set_viewport_size({"width": width, "height": height})
            enter(page, layout.address + path, accounts[role])
            page.screenshot(path=TARGET / name)
            sys.stdout.write(f"{TARGET / name}\n")
        browser.close()


def enter(page: Page, address: str, account: dict[str, str]) -> None:
    page.goto(address)
    page.get_by_label("用户名").fill(account["username"])
    page.get_by_label("口令").fill(account["password"])
    page.get_by_role("button", name="登录").click()
    page.locator(".number, .figure").first.wait_for()
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main()
