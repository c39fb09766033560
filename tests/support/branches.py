"""A branch of four in a running system, and who may write for it."""

from dataclasses import dataclass
from datetime import date

from demo.district.codes import id_number
from kit.calendar import real_now
from tests.support.voices import PATIENCE_SECONDS, Grants, System, Voice

REGISTRY, TRAINING, SCORING = "/api/v1/registry", "/api/v1/training", "/api/v1/scoring"
DIVISION, NAME = "990100", "王小明"


@dataclass(frozen=True)
class Branch:
    id: str
    members: tuple[str, ...]
    secretary: Voice
    speakers: tuple[Voice, ...]
    officer: Voice


def found_branch(system: System) -> Branch:
    def voice(grants: Grants, person: str | None = None) -> Voice:
        return Voice(system, system.token(grants, person))

    administrator = voice([("system_administrator", None)])
    parent: dict[str, str] = {"division": DIVISION}
    made: list[str] = []
    for kind, fields in (
        ("district_committee", {}),
        ("work_committee", {}),
        ("committee", {"host_kind": "town"}),
        ("branch", {}),
    ):
        body = {"name": f"试验{kind}", "kind": kind, "founded_on": "2015-07-01", **fields, **parent}
        made.append(administrator.done("POST", f"{REGISTRY}/organizations", body)["id"])
        parent = {"parent_id": made[-1]}
    root, branch = made[0], made[-1]
    officer = voice([("district_officer", root)])
    members = []
    for number in range(4):
        person = {"name": NAME, "id_number": id_number(DIVISION, date(1985, 3, 9), number), "stage": "formal"}
        created = officer.done("POST", f"{REGISTRY}/members", {**person, "organization_id": branch})
        members.append(str(created["id"]))

    def is_known_to_training() -> bool:
        known = officer.every(f"{TRAINING}/study-hours", year=real_now().year)
        return {one["member_id"] for one in known} == set(members)

    system.wait(is_known_to_training, PATIENCE_SECONDS)
    return Branch(
        id=branch,
        members=tuple(members),
        secretary=voice([("branch_secretary", branch), ("member", branch)], members[0]),
        speakers=tuple(voice([("member", branch)], one) for one in members),
        officer=officer,
    )
