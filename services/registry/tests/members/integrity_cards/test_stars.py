"""S19: stars that scoring publishes appear in the integrity card, told by scoring's own event class."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kit.calendar import real_now
from kit.database import app_transaction
from kit.events import Event
from kit.ids import uuid7
from registry.members.integrity_cards.consumers import SCORING
from scoring.honours.stars.events import StarPublished
from scoring.subjects import SubjectKind
from services.registry.tests.members.relations import Relations

pytestmark = pytest.mark.anyio
REASON = "按综合得分评定,审议通过"


async def publish(relations: Relations, level: int, **changes: Any) -> StarPublished:
    member = relations.member
    usual = {
        "id": uuid7(), "year": 2024, "subject_kind": SubjectKind.MEMBER, "subject_id": UUID(member["id"]),
        "organization_id": UUID(member["organization_id"]), "name": member["name"], "level": level,
        "previous_level": None, "reason": REASON, "published_on": date(2025, 3, 31), "is_late": False,
        "is_current": True,
    }  # fmt: skip
    star = StarPublished.model_validate(usual | changes)
    await hear(relations, star)
    return star


async def hear(relations: Relations, star: StarPublished) -> None:
    data, root = star.model_dump(mode="json"), UUID(relations.district.root["id"])
    event = Event(uuid7(), star.type, star.id, 1, root, None, real_now(), data, None)
    async with app_transaction(relations.registers.app) as db:
        await SCORING.handlers[star.type](db, event)


async def card(relations: Relations) -> list[Any]:
    return list((await relations.old.get("/integrity-entries", member_id=relations.member["id"])).json()["items"])


class TestStar:
    @pytest.mark.feature("S19")
    async def test_appears_in_the_card_of_its_member_once(self, relations: Relations) -> None:
        star = await publish(relations, 4)
        await hear(relations, star)

        (line,) = await card(relations)
        assert (line["kind"], line["happened_on"]) == ("star", "2025-03-31")
        assert line["content"] == "2024 年度党员积分评星:4 星"

    async def test_that_was_adjusted_is_a_line_of_its_own(self, relations: Relations) -> None:
        await publish(relations, 4)
        await publish(relations, 3, previous_level=4, published_on=date(2025, 5, 20))

        assert [one["content"] for one in await card(relations)] == [
            "2024 年度党员积分评星:3 星(原 4 星)",
            "2024 年度党员积分评星:4 星",
        ]

    async def test_of_an_organisation_is_in_nobody_s_card(self, relations: Relations) -> None:
        await publish(relations, 5, subject_kind=SubjectKind.ORGANIZATION)

        assert await card(relations) == []

    async def test_is_neither_written_nor_taken_back_by_hand(self, relations: Relations) -> None:
        await publish(relations, 4)
        (line,) = await card(relations)
        voided = await relations.above.post(f"/integrity-entries/{line['id']}/void", {"reason": "误记"}, version=1)
        body = {"kind": "star", "happened_on": "2025-03-31", "content": "5 星"}
        written = await relations.old.post(f"/members/{relations.member['id']}/integrity-entries", body)

        assert [(one.status_code, one.json()["code"]) for one in (voided, written)] == [(409, "star-not-by-hand")] * 2
        assert len(await card(relations)) == 1
