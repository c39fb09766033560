import base64
import json
import secrets
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sealing import (
    BlindIndex,
    BrokenSealError,
    Cipher,
    KeyFileError,
    UnknownKeyError,
    add_key,
    load_keys,
    mask_id_number,
    mask_middle,
    mask_name,
    mask_phone,
    use_key,
    write_new_keys,
)

AES, SM4, INDEX = bytes(range(32)), bytes(range(16)), bytes(32)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.mark.parametrize("key", [AES, SM4], ids=["aes-256-gcm", "sm4-gcm"])
class TestCipher:
    def test_refuses_the_value_of_another_column(self, key: bytes) -> None:
        cipher = Cipher({1: key}, 1)
        with pytest.raises(BrokenSealError):
            cipher.open(cipher.seal("990101199001010011", "people.id_number"), "people.phone")

    def test_refuses_any_flipped_bit_behind_the_version(self, key: bytes) -> None:
        cipher = Cipher({1: key}, 1)
        sealed = cipher.seal("13", "c")
        for position in range(1, len(sealed)):
            broken = bytearray(sealed)
            broken[position] ^= 1
            with pytest.raises(BrokenSealError):
                cipher.open(bytes(broken), "c")

    @pytest.mark.parametrize("cut", [0, 1, 12, 28])
    def test_refuses_a_cut_value(self, key: bytes, cut: int) -> None:
        cipher = Cipher({1: key}, 1)
        with pytest.raises(BrokenSealError):
            cipher.open(cipher.seal("text", "c")[:cut], "c")

    def test_opens_what_it_sealed(self, key: bytes) -> None:
        cipher = Cipher({1: key}, 1)

        @given(TEXTS)
        def opens(text: str) -> None:
            assert cipher.open(cipher.seal(text, "列"), "列") == text

        opens()

    def test_seals_equal_texts_differently(self, key: bytes) -> None:
        cipher = Cipher({1: key}, 1)
        assert cipher.seal("a", "c") != cipher.seal("a", "c")

    def test_seals_and_opens_twenty_thousand_a_second(self, key: bytes) -> None:
        cipher, began = Cipher({1: key}, 1), time.process_time()
        for _ in range(4000):
            cipher.open(cipher.seal("990101199001010011", "c"), "c")
        assert time.process_time() - began < 0.4


class TestKeyVersions:
    def test_refuses_a_version_without_key(self) -> None:
        sealed = Cipher({2: AES}, 2).seal("a", "c")
        with pytest.raises(UnknownKeyError):
            Cipher({1: AES}, 1).open(sealed, "c")

    @pytest.mark.parametrize(("keys", "current"), [({1: b"short"}, 1), ({256: AES}, 256), ({-1: AES}, -1)])
    def test_refuses_unusable_keys(self, keys: dict[int, bytes], current: int) -> None:
        with pytest.raises(ValueError, match="密钥"):
            Cipher(keys, current)

    def test_opens_the_old_after_a_change_of_algorithm(self) -> None:
        old = Cipher({1: AES}, 1).seal("旧", "c")
        cipher = Cipher({1: AES, 2: SM4}, 2)
        assert cipher.open(old, "c") == "旧"
        assert not cipher.is_current(old)
        assert cipher.is_current(cipher.seal("新", "c"))


class TestBlindIndex:
    def test_refuses_a_short_key(self) -> None:
        with pytest.raises(ValueError, match="32"):
            BlindIndex(b"short")

    @given(TEXTS, TEXTS)
    def test_is_equal_only_for_equal_texts(self, one: str, other: str) -> None:
        index = BlindIndex(INDEX)
        assert (index.of(one, "c") == index.of(other, "c")) == (one == other)

    @pytest.mark.parametrize(("one", "other"), [(("a", "bc"), ("b", "ac")), (("bc", "a"), ("c", "ab"))])
    def test_keeps_columns_apart(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        index = BlindIndex(INDEX)
        assert index.of(*one) != index.of(*other)

    def test_depends_on_the_key(self) -> None:
        assert BlindIndex(INDEX).of("a", "c") != BlindIndex(b"x" * 32).of("a", "c")


def key_file(path: Path, content: object, mode: int = 0o600) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(mode)
    return path


GOOD = {"current": 1, "keys": {"1": base64.b64encode(AES).decode()}, "index_key": base64.b64encode(INDEX).decode()}


class TestKeyFile:
    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ("not json", "不是 JSON"),
            ([], "缺少"),
            ({}, "缺少"),
            (GOOD | {"keys": {"1": "***"}}, "base64"),
            (GOOD | {"keys": {"one": "AAAA"}}, "缺少"),
            (GOOD | {"current": 7}, "当前版本 7"),
            (GOOD | {"keys": {"1": "AAAA"}}, "密钥长度"),
            (GOOD | {"index_key": "AAAA"}, "盲索引"),
        ],
    )
    def test_refuses_in_one_sentence(self, tmp_path: Path, content: object, sentence: str) -> None:
        with pytest.raises(KeyFileError, match=sentence) as refused:
            load_keys(key_file(tmp_path / "keys.json", content))
        assert "\n" not in str(refused.value)

    def test_refuses_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileError, match="读不到"):
            load_keys(tmp_path / "none.json")

    def test_refuses_a_file_others_may_read(self, tmp_path: Path) -> None:
        with pytest.raises(KeyFileError, match="权限过宽"):
            load_keys(key_file(tmp_path / "keys.json", GOOD, 0o644))

    def test_refuses_to_overwrite(self, tmp_path: Path) -> None:
        write_new_keys(tmp_path / "keys.json")
        with pytest.raises(KeyFileError, match="不能新建"):
            write_new_keys(tmp_path / "keys.json")

    @pytest.mark.parametrize("sm4", [False, True])
    def test_reads_back_what_it_wrote(self, tmp_path: Path, sm4: bool) -> None:
        written = write_new_keys(tmp_path / "keys.json", sm4=sm4)
        ring = load_keys(tmp_path / "keys.json")
        assert ring == written
        assert ring.cipher().open(written.cipher().seal("a", "c"), "c") == "a"


class TestMasking:
    @pytest.mark.parametrize(
        ("masked", "expected"),
        [
            (mask_id_number("990101199001010011"), "990*************11"),
            (mask_phone("10012345678"), "100****5678"),
            (mask_name("欧阳明远"), "欧**远"),
            (mask_name("王明"), "王*"),
            (mask_name("王"), "*"),
            (mask_name(""), ""),
            (mask_phone("1234567"), "*******"),
        ],
    )
    def test_hides(self, masked: str, expected: str) -> None:
        assert masked == expected

    @given(st.text(max_size=20), st.integers(0, 10), st.integers(0, 10))
    def test_keeps_the_length_and_never_shows_more_than_asked(self, text: str, start: int, end: int) -> None:
        masked = mask_middle(text, start, end)
        shown = sum(1 for one in masked if one != "*")
        assert len(masked) == len(text)
        assert shown <= start + end


def test_nonces_are_not_repeated() -> None:
    cipher = Cipher({1: secrets.token_bytes(32)}, 1)
    assert len({cipher.seal("a", "c")[1:13] for _ in range(1000)}) == 1000


class TestKeyRotation:
    def test_opens_with_the_new_key_before_sealing_with_it(self, tmp_path: Path) -> None:
        path = tmp_path / "keys.json"
        write_new_keys(path)
        old = load_keys(path).cipher().seal("a", "c")

        version = add_key(path)
        assert load_keys(path).current == 1
        use_key(path, version)

        ring = load_keys(path)
        assert (ring.current, sorted(ring.keys)) == (2, [1, 2])
        assert ring.cipher().open(old, "c") == "a"
        assert not ring.cipher().is_current(old)

    def test_keeps_the_algorithm_the_index_and_the_rights(self, tmp_path: Path) -> None:
        path = tmp_path / "keys.json"
        made = write_new_keys(path, sm4=True)

        add_key(path)

        ring = load_keys(path)
        assert {len(key) for key in ring.keys.values()} == {16}
        assert ring.index_key == made.index_key
        assert path.stat().st_mode & 0o777 == 0o600

    def test_refuses_a_version_that_was_never_made(self, tmp_path: Path) -> None:
        path = tmp_path / "keys.json"
        write_new_keys(path)
        with pytest.raises(KeyFileError, match="没有版本 9"):
            use_key(path, 9)
