"""One form of names and codes: spellings that look alike are kept, compared and searched as one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kit.edge import Code, Name, OptionalName, OptionalText, Text
from kit.texts import INVISIBLE, code_of, letters_of, name_of

TRICKY = "aéE¯·•・ \u3000\n张三\uff08(\uff09)\uff21\u200b\ufe0f\u0304\u0307\u30fb\uff65①Ⅱſẞİ\ufdfa가カ゛¨"
TEXTS = st.text(st.sampled_from(TRICKY), max_size=12) | st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")))


def has_visible(text: str) -> bool:
    return not text or INVISIBLE.sub("", text).strip() != "" or not INVISIBLE.search(text)


class TestName:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("王\u200b五", "王五"),
            ("\ufeff王五\u202c", "王五"),
            ("张\u3000三", "张三"),
            (" 张  三 ", "张三"),
            ("阿•买", "阿·买"),
            ("阿 ・ 买", "阿·买"),
            ("John \u3000 Smith", "John Smith"),
            ("\uff21\uff22\uff23有限公司", "ABC有限公司"),
            ("某\uff08深圳\uff09有限公司", "某\uff08深圳\uff09有限公司"),
            ("ABC 有限公司", "ABC 有限公司"),
            ("第一\r\n支部", "第一支部"),
            ("e\u0301", "é"),
            ("\uf900", "豈"),
            ("龘𠮷", "龘𠮷"),
        ],
    )
    def test_is_kept_in_one_form(self, written, kept):
        assert TypeAdapter(Name).validate_python(written) == kept

    @given(TEXTS.filter(has_visible))
    def test_once_kept_stays_and_is_found_as_it_was_written(self, text):
        assert name_of(name_of(text)) == name_of(text)
        assert letters_of(name_of(text)) == letters_of(text)

    @pytest.mark.parametrize("kind", [Name, OptionalName, Text, OptionalText])
    @pytest.mark.parametrize(
        ("text", "named"), [("\u200b", "U+200B"), (" \u2060 \ufeff", "U+2060"), ("\u3164", "U+3164")]
    )
    def test_of_which_nothing_can_be_seen_is_refused_by_the_name_of_the_character(self, kind, text, named):
        with pytest.raises(ValidationError, match=rf"只有不可见的字符\({named.replace('+', chr(92) + '+')}\)"):
            TypeAdapter(kind).validate_python(text)

    @pytest.mark.parametrize(
        "text", ["", "  ", "\u3000", "a\x00", "a\x7f", "a\x85b", "\ufffe", "长" * 201, "\ufdfa" * 12, 5]
    )
    def test_of_nothing_control_characters_or_too_much_is_refused(self, text):
        with pytest.raises(ValidationError):
            TypeAdapter(Name).validate_python(text)

    def test_may_be_as_long_as_a_name_may_be_once_it_is_cleaned(self):
        assert TypeAdapter(Name).validate_python("长\u200b" * 200) == "长" * 200


class TestCode:
    @pytest.mark.parametrize(
        "written", ["\uff21\uff22\uff0d\uff11", "AB-1", "A B-1", " AB\u200b-1\u202c", "A\u3000B-1"]
    )
    def test_is_kept_without_spaces_in_one_width(self, written):
        assert TypeAdapter(Code).validate_python(written) == "AB-1"

    @given(TEXTS.filter(has_visible))
    def test_once_kept_stays(self, text):
        assert code_of(code_of(text)) == code_of(text)
        assert unicodedata.is_normalized("NFKC", code_of(text))


class TestLetters:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("阿·买", "阿买"),
            ("某\uff08深圳\uff09厂", "某(深圳)厂"),
            ("\uff21BC", "abc"),
            ("张 三", "张三"),
            ("straße", "STRASSE"),
        ],
    )
    def test_of_spellings_of_one_name_are_the_same(self, one, other):
        assert letters_of(one) == letters_of(other)

    @pytest.mark.parametrize(("one", "other"), [("张三", "张二"), ("妞妞", "妞妞妞"), ("王五", "五王")])
    def test_of_different_names_differ(self, one, other):
        assert letters_of(one) != letters_of(other)
