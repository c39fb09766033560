"""领导干部联系点: which leader looks after whom, and who has not been there this quarter."""

from dataclasses import dataclass
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
POINTS, VISITED = 115, 92


@dataclass
class Story:
    registers: Any
    district: Any
    officer: Any

    async def contact(self, **fields: Any) -> dict[str, Any]:
        body = {"leader_name": "陈光", "leader_post": "区委常委", "valid_from": "2024-01-01"}
        organization = {"organization_id": self.district.branches[0]["id"]}
        return dict(await self.officer.made("/leader-contacts", **{**body, **organization, **fields}))

    async def visit(self, contact: dict[str, Any], day: str) -> Any:
        body = {"leader_contact_id": contact["id"], "visited_on": day, "content": "调研党建工作"}
        return await self.officer.post("/leader-visits", body)

    async def unvisited(self, day: str) -> list[str]:
        listed = await self.officer.get("/leader-contacts", unvisited_on=day, limit=200)
        return [one["id"] for one in listed.json()["items"]]


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    return Story(registers, district, await registers.office("town_officer", district.towns[0]))


class TestLeaderContact:
    async def test_is_for_an_organisation_within_reach_and_once(self, story: Story) -> None:
        body = {"leader_name": "陈光", "leader_post": "区委常委", "valid_from": "2024-01-01"}
        foreign = {**body, "organization_id": story.district.branches[1]["id"]}
        refused = await story.officer.post("/leader-contacts", foreign)
        contact = await story.contact()
        own = {**body, "organization_id": story.district.branches[0]["id"]}
        twice = await story.officer.post("/leader-contacts", own)

        ended = await story.officer.ended(f"/leader-contacts/{contact['id']}", 1, ended_on="2025-01-01")

        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-contact-organization")
        assert (twice.status_code, twice.json()["code"]) == (409, "leader-contact-taken")
        assert ended["ended_on"] == "2025-01-01"
        late = await story.visit(contact, "2025-01-01")
        assert (late.status_code, late.json()["code"]) == (422, "leader-contact-ended")
        again = await story.officer.post(f"/leader-contacts/{contact['id']}/end", {"ended_on": "2025-02-01"}, version=2)
        assert again.json()["code"] == "already-ended"
        assert await story.unvisited("2025-03-31") == []

    @pytest.mark.feature("R34")
    async def test_without_a_visit_this_quarter_is_listed(self, story: Story) -> None:
        """Of 115 contact points 92 were visited; the others are listed, and so is one whose visit was a mistake."""
        contacts = [await story.contact(leader_name=f"领导{number + 1}") for number in range(POINTS)]
        visits = [await story.visit(one, "2025-02-14") for one in contacts[:VISITED]]

        unvisited = await story.unvisited("2025-03-31")
        path = f"/leader-visits/{visits[0].json()['id']}/void"
        voided = await story.officer.post(path, {"reason": "改期"}, version=1)

        total = (await story.officer.get("/leader-contacts", as_of="2025-03-31", with_total=True)).json()["total"]
        assert (total, unvisited) == (POINTS, [one["id"] for one in contacts[VISITED:]])
        assert voided.json()["void_reason"] == "改期"
        assert await story.unvisited("2025-03-31") == [contacts[0]["id"], *unvisited]
        assert len(await story.unvisited("2025-04-01")) == POINTS
        shown = (await story.officer.get(f"/leader-contacts/{contacts[1]['id']}")).json()
        assert shown["last_visited_on"] == "2025-02-14"

    async def test_made_by_mistake_is_void(self, story: Story) -> None:
        contact = await story.contact()
        path = f"/leader-contacts/{contact['id']}/void"

        voided = await story.officer.post(path, {"reason": "写错姓名"}, version=1)

        assert voided.json()["void_reason"] == "写错姓名"
        assert (await story.officer.get("/leader-contacts")).json()["items"] == []
        assert (await story.visit(contact, "2024-05-01")).json()["code"] == "record-void"
