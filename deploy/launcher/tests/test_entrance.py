import io
import json
from pathlib import Path

from rich.console import Console

from deploy.launcher.layout import Layout
from deploy.launcher.running import show_entrance

PASSWORD = "Kb7JC-Ok.y88ueXSKz2k"


SCOPES = {
    "system_administrator": "全系统:运行维护",
    "town_officer": "中共清溪镇两新组织委员会",
    "branch_secretary": "中共清溪镇泰和蔬菜种植专业合作社支部委员会",
    "instructor": "中共清溪镇百川茶叶种植专业合作社支部委员会、中共清溪镇泰和蔬菜种植专业合作社支部委员会",
}


class TestTheAccountsShownAtTheEntrance:
    def test_are_a_row_each_in_a_narrow_terminal(self, tmp_path: Path) -> None:
        layout = Layout(tmp_path, 8000)
        accounts = [
            {"role": role, "username": "zhidaoyuan", "password": PASSWORD, "scope": scope}
            for role, scope in SCOPES.items()
        ]
        layout.accounts.write_text(json.dumps(accounts), encoding="utf-8")
        screen = io.StringIO()

        show_entrance(layout, Console(file=screen, width=80))

        rows = [line.split() for line in screen.getvalue().splitlines() if PASSWORD in line]
        assert rows[:3] == [
            ["系统管理员", "zhidaoyuan", PASSWORD, "全系统:运行维护"],
            ["镇街工作人员", "zhidaoyuan", PASSWORD, "清溪镇两新组织"],
            ["党支部书记", "zhidaoyuan", PASSWORD, "清溪镇泰和蔬菜种植专业合作社支部"],
        ]
        assert rows[3][3].startswith("清溪镇百川茶叶种植专业合作社支部")
        after = screen.getvalue().split(rows[3][3])[1]
        assert after.split() == ["Ctrl-C", "停止"]
