"""诺 讲 评: pledges, reports, ballots and surveys of one review."""

import io
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import xlsxwriter

from demo.tour.claims import SCORING
from demo.tour.stage import Stage
from deploy.calling import Caller, CallRefusedError

PLEDGES = ("带头学习,全年学时达标", "联系两名职工群众,每月走访一次", "提出一条改进生产经营的建议并推动落实")
GOOD_SHARES = {"excellent": 0.45, "qualified": 0.97}
SURVEYED = 20
LABELS = {
    "发放": "asked", "好": "good", "较好": "fairly_good", "一般": "ordinary", "实到": "present", "同意": "votes_for",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conducted:
    """A review with who speaks for each subject, who conducts, who stands above, and who votes with which own case."""

    id: str
    title: str
    organization_id: str
    speakers: Mapping[str, str]
    conductor_id: str
    superior: Caller
    superior_id: str
    voters: Mapping[str, str]
    body_ids: Sequence[str]

    def ordinary_subject(self) -> str:
        """The first subject that is neither the conductor's nor the superior's own case."""
        involved = {self.conductor_id, self.superior_id}
        return next(subject for subject, speaker in self.speakers.items() if speaker not in involved)


def superior_of(stage: Stage, review: Conducted, subject_id: str) -> Caller:
    """A superior who is reviewed here leaves their own case to the district."""
    if review.speakers[subject_id] == review.superior_id:
        return stage.caller("district_officer")
    return review.superior


def judge_of(stage: Stage, review: Conducted, subject_id: str) -> Caller:
    """Nobody decides on their own: the conductor's own matters go to the superior."""
    if review.speakers[subject_id] == review.conductor_id:
        return review.superior
    return stage.person(review.conductor_id)


async def pledge(stage: Stage, review: Conducted) -> None:
    for subject_id, speaker_id in review.speakers.items():
        body = {"review_id": review.id, "subject_id": subject_id, "contents": list(PLEDGES)}
        given = await stage.post(stage.person(speaker_id), f"{SCORING}/pledges", body, review.id, subject_id)
        judge = judge_of(stage, review, subject_id)
        for one in given["items"]:
            await stage.post(judge, f"{SCORING}/pledges/{one['id']}/decision", {"approved": True}, version=1)


async def report(stage: Stage, review: Conducted) -> None:
    """Everybody reports but one, who is recorded absent; the superior comments."""
    subjects = list(review.speakers.items())
    for number, (subject_id, speaker_id) in enumerate(subjects):
        body = {"review_id": review.id, "subject_id": subject_id, "content": "对照年初承诺逐项报告,三项均已落实。"}
        speaker = stage.person(speaker_id)
        if number == len(subjects) - 1 and speaker_id != review.conductor_id:
            body = {"review_id": review.id, "subject_id": subject_id, "absence_reason": "公派外出,书面委托报告"}
            speaker = stage.person(review.conductor_id)
        given = await stage.post(speaker, f"{SCORING}/reports", body, review.id, subject_id)
        comment = {"comment": "实事求是,今后注意把服务职工做得更细。"}
        superior = superior_of(stage, review, subject_id)
        path = f"{SCORING}/reports/{review.id}/{subject_id}/comment"
        await stage.post(superior, path, comment, version=given["version"])
    async for one in stage.person(review.conductor_id).every(f"{SCORING}/pledges", review_id=review.id):
        judge = judge_of(stage, review, one["subject_id"])
        fulfilment = Random(one["id"]).choices(("fulfilled", "partly_fulfilled"), (4, 1))[0]
        await stage.post(
            judge, f"{SCORING}/pledges/{one['id']}/rating", {"fulfilment": fulfilment}, version=one["version"]
        )


async def vote(stage: Stage, review: Conducted, round_name: str) -> None:
    """One vote a person: the voter makes the secret and tells its hash; the vote is cast without signing in."""
    conductor = stage.person(review.conductor_id)
    opened = await stage.post(
        conductor, f"{SCORING}/ballots", {"review_id": review.id, "kind": "democratic"}, review.id, round_name
    )
    subjects = conductor.every(f"{SCORING}/reviews/{review.id}/subjects")
    graded = [one["subject_id"] async for one in subjects if one["is_graded"]]
    path = f"{SCORING}/ballots/{opened['id']}"
    for voter_id, own in review.voters.items():
        seed = stage.progress.key("token", opened["id"], voter_id).encode()
        token = urlsafe_b64encode(sha256(seed).digest()).rstrip(b"=")
        secret = {"token_hash": sha256(token).hexdigest()}
        registered = await stage.post(stage.person(voter_id), f"{path}/tokens", secret, voter_id)
        if registered["has_vote"]:
            choices = grades_by(voter_id, [one for one in graded if one != own], most_excellent=len(graded) // 3)
            await cast(stage, path, {"token": token.decode(), "choices": choices})
    await stage.post(conductor, f"{path}/closure", None, version=opened["version"])


async def cast(stage: Stage, path: str, vote: Mapping[str, Any]) -> None:
    """A token that is spent was spent by this same vote, before an interruption."""
    try:
        await stage.stranger.post(f"{path}/votes", vote)
    except CallRefusedError as refused:
        if refused.code != "voting-token-not-valid":
            raise


def grades_by(voter_id: str, subject_ids: Sequence[str], *, most_excellent: int) -> list[dict[str, str]]:
    choices, excellent = [], 0
    for subject_id in subject_ids:
        chance = Random(f"{voter_id}/{subject_id}").random()
        grade = "basically_qualified"
        if chance < GOOD_SHARES["excellent"] and excellent < most_excellent:
            grade, excellent = "excellent", excellent + 1
        elif chance < GOOD_SHARES["qualified"]:
            grade = "qualified"
        choices.append({"subject_id": subject_id, "grade": grade})
    return choices


async def survey(stage: Stage, review: Conducted, held_on: str, absent: str | None) -> None:
    """Counted on paper, entered with a sheet for each subject; one subject's part may be absent."""
    counts: dict[Caller, list[dict[str, Any]]] = {}
    for subject_id in review.speakers:
        if subject_id != absent:
            judge, count = judge_of(stage, review, subject_id), counted(subject_id)
            sheet = await upload(stage, judge, f"survey-{review.id}-{subject_id}.xlsx", count)
            counts.setdefault(judge, []).append({**count, "sheet_file_id": sheet})
    for judge, results in counts.items():
        body = {"review_id": review.id, "held_on": held_on, "results": results}
        await stage.post(judge, f"{SCORING}/surveys", body, review.id, results[0]["subject_id"])
    if absent is not None:
        missing = {"review_id": review.id, "subject_id": absent, "reason": "全年外派,服务对象不在本地,未作调查"}
        await stage.post(judge_of(stage, review, absent), f"{SCORING}/survey-absences", missing, review.id)


async def upload(stage: Stage, caller: Caller, name: str, counts: Mapping[str, Any]) -> str:
    """The answer's id: the same name is the same file, also after an interruption."""
    files = {"file": (name, tally_sheet(counts))}
    answer = await caller.request("POST", f"{SCORING}/files", key=stage.progress.key(name), files=files)
    return str(answer.json()["id"])


def counted(subject_id: str) -> dict[str, Any]:
    chance = Random(subject_id)
    good = chance.randint(11, SURVEYED - 2)
    fairly = chance.randint(1, SURVEYED - good)
    answers = {"good": good, "fairly_good": fairly, "ordinary": SURVEYED - good - fairly}
    return {"subject_id": subject_id, "asked": SURVEYED, **answers}


def tally_sheet(counts: Mapping[str, Any]) -> bytes:
    """The same bytes for the same counts, so that a repeated upload is the same request."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": None})
        sheet = book.add_worksheet("计票")
        for number, (label, column) in enumerate(LABELS.items()):
            if column in counts:
                sheet.write_row(number, 0, (label, counts[column]))
    return buffer.getvalue()
