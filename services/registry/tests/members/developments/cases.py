"""A person on the way into the Party, and the days on which every step was done with what it needs."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from services.registry.tests.members.relations import Relations
from services.registry.tests.registers import Answer, Office

SUPERIOR = {
    *("activist_filed", "prospect_filed", "pre_approval", "superior_talk"),
    *("receiving_approval", "receiving_filed", "confirming_approval"),
}
BOTH = ("members_recommend", "masses_recommend", "members_appraise", "masses_appraise")
DAYS = {
    "application": "2021-01-05",
    "first_talk": "2021-01-20",
    "activist_chosen": "2021-03-01",
    "activist_filed": "2021-03-05",
    "mentors_named": "2021-03-10",
    "cultivation": "2022-03-02",
    "prospect_chosen": "2022-04-01",
    "prospect_filed": "2022-04-10",
    "introducers_named": "2022-04-15",
    "political_review": "2022-05-01",
    "training": "2022-05-20",
    "committee_review": "2022-05-25",
    "pre_approval": "2022-06-01",
    "form_filled": "2022-06-05",
    "receiving_meeting": "2022-06-20",
    "superior_talk": "2022-06-25",
    "receiving_approval": "2022-07-01",
    "receiving_filed": "2022-07-05",
    "group_entered": "2022-07-10",
    "oath": "2022-07-15",
    "probation": "2023-06-20",
    "confirmation_asked": "2023-06-21",
    "confirming_meeting": "2023-06-25",
    "confirming_approval": "2023-07-01",
    "archiving": "2023-07-10",
}
NEEDED = {
    "first_talk": (("apply", "talk"),),
    "mentors_named": (("activist", "mentor"),),
    "cultivation": (*(("activist", kind) for kind in BOTH), ("activist", "check"), ("activist", "check")),
    "introducers_named": (("prospect", "introducer"), ("prospect", "introducer")),
    "training": (*(("prospect", kind) for kind in BOTH), ("prospect", "training"), ("prospect", "publicity")),
    "receiving_approval": (*(("receive", kind) for kind in BOTH), ("receive", "publicity"), ("receive", "talk")),
    "confirming_approval": (*(("confirm", kind) for kind in BOTH), ("confirm", "publicity"), ("confirm", "talk")),
}
PUBLICISED = {"prospect": "2022-05", "receive": "2022-06", "confirm": "2023-06"}


@dataclass
class Case:
    relations: Relations
    person: Answer = field(default_factory=dict)
    shown: Answer = field(default_factory=dict)
    guides: list[str] = field(default_factory=list)

    async def open(self, **fields: Any) -> "Case":
        registers, branch = self.relations.registers, self.relations.district.branches[0]
        self.secretary, town = self.relations.old, self.relations.district.towns[0]
        self.superior = await registers.office("town_officer", town, account=uuid4())
        self.guides = [self.relations.member["id"], (await registers.member(branch))["id"]]
        self.person = await registers.member(branch, name="李积极", stage="applicant")
        body = {"applied_on": "2021-01-04", **fields}
        self.shown = await self.secretary.made(f"/members/{self.person['id']}/developments", **body)
        return self

    @property
    def path(self) -> str:
        return f"/developments/{self.shown['id']}"

    async def paper(self, stage: str, kind: str, **fields: Any) -> Any:
        body = {"stage": stage, "kind": kind, "happened_on": "2022-03-01", "content": "见材料", **fields}
        if kind in ("mentor", "introducer"):
            named = (await self.secretary.get("/development-papers", kind=kind)).json()["items"]
            body = {"person_id": self.guides[len(named) % 2], **body}
        if kind == "training":
            body = {"hours": "24", **body}
        if kind == "publicity":
            month = PUBLICISED[stage]
            body |= {"happened_on": f"{month}-06", "ends_on": f"{month}-13", **fields}
        return await self.secretary.post(f"{self.path}/papers", body)

    async def take(self, step: str, caller: Office | None = None, done_on: str = "") -> Any:
        acting = caller or (self.superior if step in SUPERIOR else self.secretary)
        body = {"step": step, "done_on": done_on or DAYS[step]}
        answer = await acting.post(f"{self.path}/steps", body, version=self.shown["version"])
        if answer.is_success:
            self.shown = answer.json()
        return answer

    async def until(self, last: str) -> str:
        """From where it stands up to and without that step, with what each step needs; answers where it stands."""
        while self.shown["step"] != last:
            step = self.shown["step"]
            await self.prepare(step)
            answer = await self.take(step)
            assert answer.status_code == 201, (step, answer.text)
        return str(self.shown["step"])

    async def prepare(self, step: str, *, without: tuple[str, str] = ("", "")) -> None:
        for stage, kind in NEEDED.get(step, ()):
            if (stage, kind) != without:
                made = await self.paper(stage, kind)
                assert made.status_code == 201, made.text

    async def member(self) -> Answer:
        return dict((await self.secretary.get(f"/members/{self.person['id']}")).json())
