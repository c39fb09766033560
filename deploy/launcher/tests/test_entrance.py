import io
import json
from pathlib import Path

from rich.console import Console

from deploy.launcher.layout import Layout
from deploy.launcher.running import show_entrance

PASSWORD = "Kb7JC-Ok.y88ueXSKz2k"


class TestTheAccountsShownAtTheEntrance:
    def test_can_be_copied_from_a_narrow_terminal(self, tmp_path: Path) -> None:
        layout = Layout(tmp_path, 8000)
        account = {"username": "zhidaoyuan", "password": PASSWORD, "scope": "中共清溪镇泰和蔬菜种植专业合作社支部"}
        layout.accounts.write_text(json.dumps([{"role": "system_administrator", **account}]), encoding="utf-8")
        screen = io.StringIO()

        show_entrance(layout, Console(file=screen, width=80))

        assert PASSWORD in screen.getvalue()
