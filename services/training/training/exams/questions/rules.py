"""What makes a question answerable, and the subset of GIFT that is read: strictly, with the line of each fault."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

from kit.texts import printable
from training.exams.questions.kinds import QuestionKind

LETTERS = "ABCDEFGH"
MOST_QUESTIONS = 5_000
TRUE_FALSE = ("对", "错")
FEWEST_OPTIONS, FEWEST_OF_MULTIPLE = 2, 2
LONGEST_TEXT, LONGEST_OPTION = 1000, 200
ESCAPED = re.compile(r"\\([~=#{}:])")
TRUE, FALSE = frozenset({"T", "TRUE"}), frozenset({"F", "FALSE"})
TITLE = re.compile(r"^::(?:\\.|[^:\\])*::")
OPTION = re.compile(r"([~=])\s*(?:%(-?\d+(?:\.\d+)?)%)?((?:\\.|[^~=\\])*)")
PROTECTED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as it was written on `line`; `answers` are the letters of the right options in their order."""

    line: int
    kind: QuestionKind
    text: str
    options: tuple[str, ...]
    answers: str


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    reason: str


def digest(text: str) -> str:
    """Two texts that differ in blanks only are one question."""
    return sha256("".join(text.split()).encode()).hexdigest()


def ordered(answers: str) -> str:
    return "".join(sorted(set(answers)))


def reason_against(kind: QuestionKind, text: str, options: Sequence[str], answers: str) -> str | None:
    if not text or len(text) > LONGEST_TEXT:
        return f"题目须写 1 至 {LONGEST_TEXT} 字"
    return _reason_against_options(kind, options) or _reason_against_answers(kind, options, answers)


def _reason_against_options(kind: QuestionKind, options: Sequence[str]) -> str | None:
    if kind is QuestionKind.TRUE_FALSE and tuple(options) != TRUE_FALSE:
        return "判断题的选项只能是对、错"
    if not FEWEST_OPTIONS <= len(options) <= len(LETTERS) or not all(options):
        return f"选项须有 {FEWEST_OPTIONS} 至 {len(LETTERS)} 个,且依次填写"
    if len(set(options)) != len(options) or max(map(len, options)) > LONGEST_OPTION:
        return f"选项不能重复,每个至多 {LONGEST_OPTION} 字"
    return None


def _reason_against_answers(kind: QuestionKind, options: Sequence[str], answers: str) -> str | None:
    if not answers or set(answers) - set(LETTERS[: len(options)]):
        return "答案须是已有选项的字母"
    if kind is QuestionKind.MULTIPLE:
        return None if len(set(answers)) >= FEWEST_OF_MULTIPLE else "多选题至少有两个正确选项"
    return None if len(answers) == 1 else "单选题和判断题只有一个正确选项"


def repeated(drafts: Sequence[Draft]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for draft in drafts:
        line = first.setdefault(digest(draft.text), draft.line)
        if line != draft.line:
            yield Fault(draft.line, f"与第 {line} 行的题目重复")


def read_gift(written: str) -> tuple[list[Draft], list[Fault]]:
    """Single and multiple choice and true/false; anything else of GIFT is a fault, never a guess."""
    drafts, faults = [], []
    for line, block in islice(_blocks(written), MOST_QUESTIONS + 1):
        try:
            drafts.append(_draft(line, printable(block)))
        except ValueError as error:
            faults.append(Fault(line, str(error)))
    return drafts, faults


def _blocks(written: str) -> Iterator[tuple[int, str]]:
    """Questions are parted by empty lines; lines of comment are left out."""
    lines: list[str] = []
    began = 0
    for number, line in enumerate([*written.splitlines(), ""], start=1):
        if line.strip().startswith("//"):
            continue
        if line.strip():
            began = began if lines else number
            lines.append(line.strip())
        elif lines:
            yield began, "\n".join(lines)
            lines = []


def _draft(line: int, block: str) -> Draft:
    if block.startswith("$"):
        raise ValueError("不支持 $CATEGORY 等指令")
    text, inner = _parts(TITLE.sub("", block, count=1).strip())
    kind, options, answers = _choices(inner)
    plain = ESCAPED.sub(r"\1", text).strip()
    if plain.startswith("["):
        raise ValueError("不支持 [html] 等格式标记")
    if reason := reason_against(kind, plain, options, answers):
        raise ValueError(reason)
    return Draft(line, kind, plain, tuple(options), answers)


def _parts(block: str) -> tuple[str, str]:
    """The text before the braces, and what stands between them; an escaped brace is no brace."""
    bare = PROTECTED.sub("  ", block)
    if bare.count("{") != 1 or bare.count("}") != 1 or not bare.endswith("}"):
        raise ValueError("答案须写在题目末尾的一对花括号里")
    opens = bare.index("{")
    return block[:opens], block[opens + 1 : -1].strip()


def _choices(inner: str) -> tuple[QuestionKind, tuple[str, ...], str]:
    if inner.upper() in TRUE | FALSE:
        return QuestionKind.TRUE_FALSE, TRUE_FALSE, "A" if inner.upper() in TRUE else "B"
    if inner.startswith("#") or "->" in inner:
        raise ValueError("不支持数值题和匹配题")
    found = list(OPTION.finditer(inner))
    if not found or "".join(one[0] for one in found) != inner:
        raise ValueError("选项须以 = 或 ~ 开头")
    marks = [one[1] for one in found]
    if "~" not in marks:
        raise ValueError("不支持简答题,选择题须有错误选项(~)")
    options = tuple(_plain(one[3]) for one in found)
    is_right = [one[1] == "=" or float(one[2] or 0) > 0 for one in found]
    answers = "".join(letter for letter, right in zip(LETTERS, is_right, strict=False) if right)
    is_weighted = any(one[1] == "~" and one[2] for one in found)
    if is_weighted and "=" in marks:
        raise ValueError("多选题以 ~%…% 写明各项分值,不用 =")
    return QuestionKind.MULTIPLE if is_weighted else QuestionKind.SINGLE, options, answers


def _plain(option: str) -> str:
    """Without the feedback that may follow it."""
    kept = re.split(r"(?<!\\)#", option, maxsplit=1)[0]
    return ESCAPED.sub(r"\1", kept).strip()
