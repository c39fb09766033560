"""What training publishes of a branch's site, read by scoring from training's feed, is the branch's site score."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest

from kit.events.feed import BATCH
from services.scoring.tests.conftest import Client as ScoringClient
from services.training.tests.district import Client
from tests.contracts.test_reopened_attendance import BothServices, both
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
__all__ = ["both"]
MUST_HAVES = ["webmaster", "columns", "content", "members", "rules"]
PUBLISHED, MET_BY_BRANCH, MET_BY_MEMBER = "training.site_month.published.v1", "O36", "M07"


class Site:
    """On line since January: one message a month is asked of each of four members."""

    def __init__(self, officer: Client, writers: Sequence[Client]) -> None:
        self.officer, self.writers = officer, writers
        self.id = self.column = ""

    async def put_on_line(self, branch: UUID) -> None:
        applied = {"organization_id": str(branch), "name": "网上支部", "monthly_posts": 1, "monthly_check_ins": 0}
        self.id = (await made(self.officer.post("/branch-sites", applied)))["id"]
        await made(self.officer.post(f"/branch-sites/{self.id}/checks", {"met": MUST_HAVES}, If_Match='"1"'))
        await made(self.officer.post(f"/branch-sites/{self.id}/online", None, If_Match='"2"'))
        column = {"branch_site_id": self.id, "name": "说说心里话", "kind": "talk"}
        self.column = (await made(self.officer.post("/site-columns", column)))["id"]

    async def talk(self) -> None:
        """Three of four write, the second answers the first."""
        first = await made(self.writers[0].post("/site-posts", {"site_column_id": self.column, "text": "学习心得"}))
        answer = {"site_column_id": self.column, "text": "说得好", "parent_id": first["id"]}
        await made(self.writers[1].post("/site-posts", answer))
        await made(self.writers[2].post("/site-posts", {"site_column_id": self.column, "text": "车间里的事"}))

    async def publish(self, month: str) -> Any:
        return await made(self.officer.post("/site-months", {"branch_site_id": self.id, "month": month}))


async def made(call: Any) -> Any:
    answer = await call
    assert answer.is_success, answer.text
    return answer.json()


class TestASitesMetrics:
    @pytest.mark.feature("S22")
    async def test_stand_as_an_indicator_read_from_training_s_feed(
        self, both: BothServices, service_client: ServiceClient, issue_token: IssueToken
    ) -> None:
        """The site score is read from training, over its own feed and only by a signed token: the site_month event."""
        town = await both.organization("committee", both.root)
        branch = await both.organization("branch", town)
        people = await both.members(branch, 4)
        officer = issue_token(grants=[("town_officer", town)])
        tokens = [issue_token(grants=[("member", branch)], person=one) for one in people]
        async with (
            service_client(both.app, officer) as at_town,
            service_client(both.app, tokens[0]) as first,
            service_client(both.app, tokens[1]) as second,
            service_client(both.app, tokens[2]) as third,
            service_client(both.app, issue_token(["service"])) as reader,
            service_client(both.scoring.app, officer) as scores,
        ):
            site = Site(Client(at_town), [Client(one) for one in (first, second, third)])
            await site.put_on_line(branch)
            await site.talk()
            for service in (both, both.scoring):
                await service.clock("2025-04-02T12:00:00")
            month = await site.publish("2025-03")
            feed = f"/internal/v1/events?type={PUBLISHED}"
            refused = (await at_town.get(feed)).status_code
            [event] = BATCH.validate_json((await reader.get(feed)).content)

            await both.scoring.tell_again(event.event())
            await both.scoring.tell_again(event.event())
            balance = await made(ScoringClient(scores).get(f"/balances/{branch}", year=2025))

        assert refused == 403
        assert (event.source, event.type, event.data["is_kept"]) == ("/liangxin/training", PUBLISHED, True)
        assert (month["met"], month["is_kept"]) == (3, True)
        [score] = [one for one in balance["indicators"] if one["code"] == MET_BY_BRANCH]
        assert (score["points"], score["by_period"][2], score["annual_cap"]) == ("0.10", "0.10", "1.20")
        assert [await both.points(one, MET_BY_MEMBER) for one in people] == ["0.25", "0.25", "0.25", "0.00"]
