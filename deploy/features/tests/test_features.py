"""The capability table follows the tests, not anybody's memory."""

from pathlib import Path

import pytest

from deploy.features.coverage import marked_tests, unproven_figures
from deploy.features.page import write_page
from deploy.features.sources import Indicator, without_source

MARKED = """
import pytest

class TestCoverage:
    @pytest.mark.feature("R14")
    def test_counts_each_unit_once(self): ...

    @pytest.mark.feature("R12", "R13")
    async def test_of_a_regional_branch(self): ...

    def test_without_a_mark(self): ...
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "services" / "registry" / "tests"
    folder.mkdir(parents=True)
    (folder / "test_coverage.py").write_text(MARKED, encoding="utf-8")
    return tmp_path


class TestMarkedTests:
    def test_are_found_by_their_node_ids(self, tree: Path) -> None:
        node = "services/registry/tests/test_coverage.py::TestCoverage"

        assert marked_tests(tree) == {
            "R14": [f"{node}::test_counts_each_unit_once"],
            "R12": [f"{node}::test_of_a_regional_branch"],
            "R13": [f"{node}::test_of_a_regional_branch"],
        }


class TestFigures:
    NODE = "services/registry/tests/test_coverage.py::TestCoverage"

    @pytest.mark.parametrize(
        ("acceptance", "missing", "lacking"),
        [("12,000 give 72.52", "", None), ("375 of 484", "", "375"), ("375 of 484", "484", None), ("step 7", "", None)],
    )
    def test_of_the_acceptance_stand_in_its_tests_or_are_said_to_be_missing(
        self, tree: Path, acceptance: str, missing: str, lacking: str | None
    ) -> None:
        file = tree / "services" / "registry" / "tests" / "test_coverage.py"
        file.write_text(
            MARKED.replace("once(self): ...", "once(self): assert 12_000 > 72.52 and 484"), encoding="utf-8"
        )
        row = {"id": "R14", "acceptance": acceptance, "missing": missing}

        complaint = unproven_figures(tree, row, {"R14": [f"{self.NODE}::test_counts_each_unit_once"]})

        assert complaint is None if lacking is None else f"数字 {lacking};" in str(complaint)


class TestPage:
    def test_names_the_test_or_what_is_missing_or_says_open_and_counts_them(self) -> None:
        features = [
            {"id": "R14", "phrase": "覆盖率", "acceptance": "72.52", "missing": ""},
            {"id": "R15", "phrase": "a|b", "acceptance": "", "missing": ""},
            {"id": "R16", "phrase": "派", "acceptance": "", "missing": "挂职"},
        ]

        page = write_page(features, {"R14": ["test_x.py::test_y"], "R16": ["test_x.py::test_z"]}, [])

        assert "| R14 | 覆盖率 | 72.52 | `test_x.py::test_y` |  |" in page
        assert "| R15 | a\\|b |  | open |  |" in page
        assert "`test_x.py::test_z` | 挂职 |" in page
        assert "| 合计 | 3 | 1 | 1 | 1 |" in page


class TestIndicator:
    def test_without_event_or_claim_has_no_source_yet(self, tmp_path: Path) -> None:
        version = tmp_path / "v1"
        version.mkdir()
        header = "code,name,source,evidence\n"
        (version / "triggers.csv").write_text("code\nO26\n", encoding="utf-8")
        (version / "organization_indicators.csv").write_text(header + "O26,大会,training,x\nO15,场所,registry,photo\n")
        (version / "member_indicators.csv").write_text(header + "M12,绩效,manual,document\n")

        assert without_source(tmp_path) == [Indicator("O15", "场所", "registry", "photo")]
