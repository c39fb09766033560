from pathlib import Path

import pytest

from deploy.console import building
from deploy.console.building import FINGERPRINT, STATUS, build
from deploy.console.fingerprint import fingerprint
from deploy.console.node import NoNode


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sources"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "main.ts").write_text("1", encoding="utf-8")
    monkeypatch.setattr(building, "SOURCES", folder)
    monkeypatch.setattr(building, "SHIPPED", folder / "dist")
    return folder


@pytest.fixture
def shipped(sources: Path) -> Path:
    """Pages that came with the archive, made of just these sources."""
    (sources / "dist").mkdir()
    (sources / "dist" / "index.html").write_text("shipped", encoding="utf-8")
    (sources / "dist" / FINGERPRINT).write_text(fingerprint(sources), encoding="ascii")
    return sources / "dist"


class TestFingerprint:
    def test_changes_with_the_sources(self, sources: Path) -> None:
        before = fingerprint(sources)
        (sources / "src" / "main.ts").write_text("2", encoding="utf-8")

        assert fingerprint(sources) != before

    @pytest.mark.parametrize("name", ["node_modules/x.js", "dist/x.js", ".generated/x.json", "tests/x.ts"])
    def test_does_not_change_with_what_is_made_of_them(self, sources: Path, name: str) -> None:
        before = fingerprint(sources)
        (sources / name).parent.mkdir()
        (sources / name).write_text("x", encoding="utf-8")

        assert fingerprint(sources) == before


class TestBuild:
    def test_takes_pages_that_came_with_the_archive(self, shipped: Path, tmp_path: Path) -> None:
        folder = build(tmp_path / "home")

        assert (folder / "index.html").read_text(encoding="utf-8") == "shipped"
        assert (shipped / "index.html").exists()
        assert not (folder / STATUS).exists()

    def test_leaves_pages_of_the_same_sources_alone(self, shipped: Path, tmp_path: Path) -> None:
        folder = build(tmp_path / "home")
        (shipped / "index.html").write_text("other", encoding="utf-8")

        assert (build(tmp_path / "home") / "index.html").read_text(encoding="utf-8") == "shipped"
        assert folder.is_dir()

    @pytest.mark.usefixtures("sources")
    def test_says_why_where_node_cannot_be_had(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)

        with pytest.raises(NoNode):
            build(tmp_path / "home")

        assert "没有 Node.js" in (tmp_path / "home" / "console" / STATUS).read_text(encoding="utf-8")

    def test_of_changed_sources_is_not_what_came_with_the_archive(
        self, sources: Path, shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (sources / "src" / "main.ts").write_text("2", encoding="utf-8")
        monkeypatch.setenv("PATH", "")
        monkeypatch.setenv("PIP_NO_INDEX", "1")

        with pytest.raises(NoNode):
            build(tmp_path / "home")

        assert shipped.exists()
