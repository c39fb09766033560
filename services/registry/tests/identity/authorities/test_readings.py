"""The event log for who audits, and, for everybody, who read their own data."""

from typing import Any
from uuid import uuid4

import pytest

pytestmark = pytest.mark.anyio
MINE = "/accounts/me/disclosures"


async def disclosed(registers: Any, district: Any) -> tuple[Any, Any, Any]:
    """A member of the first branch whose ID number the town's officer reads, and a colleague of another branch."""
    here, there = [await registers.member(one) for one in district.branches[:2]]
    security = await registers.office("security_administrator")
    account = (await security.made("/accounts", username="town.reader", member_id=there["id"]))["id"]
    officer = await registers.office("town_officer", district.towns[0], account=account)
    read = await officer.post(f"/members/{here['id']}/disclosures", {"purpose": "核对身份", "fields": ["id_number"]})
    assert read.status_code == 200, read.text
    return here, there, officer


class TestWhoReadMyData:
    @pytest.mark.feature("G09")
    async def test_is_shown_to_the_member_with_purpose_and_name_and_to_nobody_else(self, registers: Any) -> None:
        district = await registers.district()
        here, there, _ = await disclosed(registers, district)

        [mine] = (await (await registers.office("member", district.branches[0], person=here["id"])).get(MINE)).json()[
            "items"
        ]
        other = await registers.office("member", district.branches[1], person=there["id"])

        assert (mine["kind"], mine["purpose"], mine["fields"]) == ("disclosed", "核对身份", ["id_number"])
        assert (mine["account_name"], mine["person_name"]) == ("town.reader", there["name"])
        assert (await other.get(MINE)).json()["items"] == []

    async def test_holds_exports_over_the_own_town_only(self, registers: Any) -> None:
        district = await registers.district()
        here, there = [await registers.member(one) for one in district.branches[:2]]
        officer = await registers.office("town_officer", district.towns[0])
        assert (await officer.get("/members/export")).status_code == 200

        kinds = []
        for branch, person in zip(district.branches, (here, there), strict=False):
            reader = await registers.office("member", branch, person=person["id"])
            kinds.append([one["kind"] for one in (await reader.get(MINE)).json()["items"]])

        assert kinds == [["exported"], []]

    async def test_is_exported_as_a_file(self, registers: Any) -> None:
        district = await registers.district()
        here, _, _ = await disclosed(registers, district)
        reader = await registers.office("member", district.branches[0], person=here["id"])

        file = await reader.get(f"{MINE}/export", format="csv")

        assert "核对身份" in file.text
        assert "查看个人信息明文" in file.text


class TestTheEventLog:
    async def test_is_read_by_who_what_whom_and_when(self, registers: Any) -> None:
        district = await registers.district()
        here, _, officer = await disclosed(registers, district)
        audit = await registers.office("audit_administrator")
        security = await registers.office("security_administrator")

        async def found(**wanted: Any) -> list[Any]:
            answer = await audit.get("/events", limit=200, **wanted)
            assert answer.status_code == 200, answer.text
            return list(answer.json()["items"])

        [seen] = await found(type="registry.member.disclosed.v1")
        assert (seen["title"], seen["account_name"], seen["subject"]) == (
            "查看党员个人信息明文", "town.reader", here["id"],
        )  # fmt: skip
        assert seen in await found(account=seen["account"])
        assert {one["account"] for one in await found(account=seen["account"])} == {seen["account"]}
        assert seen in await found(about=here["id"])
        assert await found(about=str(uuid4())) == []
        assert seen not in await found(before=seen["id"])
        assert seen in await found(since=seen["time"], until=seen["time"])
        assert await found(since="2090-01-01T00:00:00Z") == []
        everything = await found()
        assert [one["id"] for one in everything] == sorted((one["id"] for one in everything), reverse=True)
        for other in (officer, security):
            assert (await other.get("/events")).status_code == 403

    async def test_ends_at_the_own_organisation(self, registers: Any) -> None:
        district, other = await registers.district(), await registers.district()
        await disclosed(registers, district)
        here = await registers.office("audit_administrator", district.root)
        there = await registers.office("audit_administrator", other.root)

        counted = [
            len((await one.get("/events", type="registry.member.disclosed.v1")).json()["items"])
            for one in (here, there)
        ]

        assert counted == [1, 0]


class TestWhoMaySeeMyData:
    @pytest.mark.feature("X06")
    async def test_are_the_offices_and_grants_at_and_above_ones_place(self, registers: Any) -> None:
        """With name and office; nobody from beside, nobody whose post has ended or gives no role."""
        district = await registers.district()
        branch, beside, town = district.branches[0], district.branches[1], district.towns[0]
        mine, secretary, other = [await registers.member(one) for one in (branch, branch, beside)]
        chief, former = await registers.member(town), await registers.member(branch)
        officer = await registers.office("district_officer", district.root)
        since = {"valid_from": "2022-01-01"}
        for person, place, kind in (
            (secretary, branch, "secretary"),
            (secretary, branch, "committee_member"),
            (other, beside, "secretary"),
            (chief, town, "secretary"),
        ):
            await officer.made("/posts", member_id=person["id"], organization_id=place["id"], kind=kind, **since)
        deputy = {"member_id": former["id"], "organization_id": branch["id"], "kind": "deputy_secretary", **since}
        post = await officer.made("/posts", **deputy)
        assert (await officer.post(f"/posts/{post['id']}/end", {"ended_on": "2023-01-01"}, version=1)).is_success
        security = await registers.office("security_administrator")
        account = await security.made("/accounts", username="town.reader", member_id=other["id"])
        granted = {"account_id": account["id"], "role": "town_officer", "organization_id": town["id"]}
        await security.made("/grants", **granted, reason="分管两新工作")
        me = await registers.office("member", branch, person=mine["id"])

        found = (await me.get("/accounts/me/accesses", with_total=True)).json()
        by_post = (await me.get("/accounts/me/accesses", role="branch_secretary")).json()["items"]
        file = await me.get("/accounts/me/accesses/export", format="csv")

        told = {(one["person_name"], one["role"], one["basis"], one["organization_name"]) for one in found["items"]}
        assert told == {
            (secretary["name"], "branch_secretary", "post", branch["name"]),
            (chief["name"], "town_officer", "post", town["name"]),
            (other["name"], "town_officer", "grant", town["name"]),
        }
        assert found["total"] == 3
        assert [one["person_name"] for one in by_post] == [secretary["name"]]
        assert file.text.count("镇街党委工作人员") == 2
