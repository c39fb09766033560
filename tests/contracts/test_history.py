"""Whatever can be changed tells who changed what of it, when; alike in every service."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from typing import Any

import pytest

from kit.calendar import SHANGHAI
from tests.contracts import documents
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
ONE = re.compile(r"^(.*?/\{\w+_id\})(/.*)?$")
OTHERWISE = {
    "/api/v1/registry/findings/{finding_id}": "what was said of a finding stands in it, with who said it and when",
    "/api/v1/scoring/stars/{star_id}": "every change is a star of its own: /star-history/{subject_id} tells them",
    "/api/v1/scoring/reports/{review_id}": "a report is named by review and subject; it is replaced, not changed",
}
OWN_FORM = {
    "registry_read_organization_history", "scoring_read_review_history", "scoring_show_monthly_evaluation_history",
    "training_read_meeting_history",
}  # fmt: skip
LINE = {"version", "changed_at", "changed_by", "changed_by_name", "field", "title", "old", "new", "reason"}


def changeable() -> set[str]:
    """Addresses of single things of which a version has to be named."""
    versioned = [
        one for one in documents.operations() if any(it["name"] == "If-Match" for it in one.parameters("header"))
    ]
    return {found[1] for one in versioned if (found := ONE.match(one.path))}


class TestHistory:
    def test_is_there_for_everything_that_can_be_changed(self) -> None:
        told = {one.path.removesuffix("/history") for one in documents.operations() if one.path.endswith("/history")}

        assert changeable() - told - OTHERWISE.keys() == set()
        assert OTHERWISE.keys() <= changeable() - told
        assert len(told) >= 20

    def test_has_one_form(self) -> None:
        for one in documents.operations():
            if one.path.endswith("/history") and one.name not in OWN_FORM:
                answer = one.described["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
                schemas = documents.merged()["components"]["schemas"]
                item = schemas[answer.rpartition("/")[2]]["properties"]["items"]["items"]["$ref"].rpartition("/")[2]
                assert set(schemas[item]["properties"]) == LINE, one.name


@pytest.fixture(scope="module")
async def registry(
    make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service("registry"), issue_token, service_client, stack)


async def lines(caller: Any, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = await caller.get(f"/api/v1/registry{path}/history", params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


class TestLinesOfHistory:
    async def test_name_who_changed_what_from_what_to_what(self, registry: World) -> None:
        """In words: the name of the place of then, labels, masked numbers; the newest line first, page by page."""
        person = registry.at("member_id", "colleague")
        officer = await registry.client("district_officer", "root", person)
        member = registry.at("member_id", "branch")
        path, sibling = f"/members/{member}", str(registry.at("organization_id", "sibling"))
        names = [await name_of(officer, registry.at("organization_id", place)) for place in ("branch", "sibling")]
        for version, change in enumerate(
            ({"phone": "15400001111", "stage": "probationary"}, {"organization_id": sibling})
        ):
            headers = {"If-Match": f'"{version + 1}"'}
            changed = await officer.patch(f"/api/v1/registry{path}", json=change, headers=headers)
            assert changed.status_code == 200, changed.text

        found = await lines(officer, path)
        told = {one["title"]: (one["old"], one["new"], one["version"]) for one in found}
        assert told == {
            "所在组织": (*names, 3),
            "转入日期": (None, str(datetime.now(SHANGHAI).date()), 3),
            "党员类别": ("正式党员", "预备党员", 2),
            "手机号(部分隐藏)": (None, "154****1111", 2),
        }
        assert {one["changed_by"] for one in found} != {None}
        first = await officer.get(f"/api/v1/registry{path}/history", params={"limit": 1})
        rest = await lines(officer, path, limit=3, after=first.json()["next"])
        assert [*first.json()["items"], *rest] == found

    async def test_of_what_is_out_of_reach_are_those_of_a_missing_one(self, registry: World) -> None:
        officer = await registry.client("town_officer", "town")
        for kind, path in (("member_id", "members"), ("post_id", "posts"), ("unit_id", "units")):
            foreign = await officer.get(f"/api/v1/registry/{path}/{registry.at(kind, 'foreign')}/history")
            missing = await officer.get(f"/api/v1/registry/{path}/{registry.at('report_id', 'root')}/history")
            assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
            assert foreign.status_code == 404


async def name_of(caller: Any, organization: Any) -> str:
    return str((await caller.get(f"/api/v1/registry/organizations/{organization}")).json()["name"])
