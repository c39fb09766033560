import json
import stat
from pathlib import Path

from demo.district.accounts import Account, AccountBook


class TestAccountBook:
    def test_is_unfinished_until_every_account_was_made(self, tmp_path: Path) -> None:
        book = AccountBook(tmp_path / "accounts.json")
        book.keep(Account("member", "dangyuan", "secret", "支部"))
        assert not AccountBook(tmp_path / "accounts.json").is_finished()
        assert not (tmp_path / "accounts.json").exists()

    def test_remembers_what_an_interrupted_loading_had_chosen(self, tmp_path: Path) -> None:
        account = AccountBook(tmp_path / "accounts.json").keep(Account("member", "dangyuan", "secret", "支部"))
        assert AccountBook(tmp_path / "accounts.json").of("member") == account

    def test_can_be_read_by_its_owner_only_and_by_scripts(self, tmp_path: Path) -> None:
        book = AccountBook(tmp_path / "accounts.json")
        book.keep(Account("member", "dangyuan", "secret", "支部"))
        book.finish()
        path = tmp_path / "accounts.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert json.loads(path.read_text(encoding="utf-8")) == [
            {"role": "member", "username": "dangyuan", "password": "secret", "scope": "支部"}
        ]
