"""A message goes out once to a group by a channel, and for each person there is a receipt."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2
import pytest

from services.training.tests.district import Client, District, SignIn, Town

pytestmark = pytest.mark.anyio


@dataclass
class Post:
    district: District
    town: Town
    sign_in: SignIn

    async def draft(self, **changes: Any) -> str:
        body = {
            "organization_id": str(self.town.id), "audience": "subtree_members", "title": "防汛通知",
            "text": "今晚有暴雨,请各支部值班。", **changes,
        }  # fmt: skip
        made = await self.town.officer.post("/messages", body)
        assert made.status_code == 201, made.text
        return f"/messages/{made.json()['id']}"

    async def step(self, path: str, step: str, body: Any = None, by: Client | None = None) -> httpx2.Response:
        caller = by or self.town.officer
        return await caller.post(f"{path}/{step}", body, If_Match=await caller.tag_of(path))

    async def register(self, person: UUID, reference: str = "平台-01", channel: str = "sms") -> httpx2.Response:
        body = {"member_id": str(person), "channel": channel, "reference": reference}
        return await self.town.secretary.post("/channel-registrations", body)

    async def member(self, person: UUID) -> Client:
        return await self.sign_in(("member", self.town.branch), person=person)


@pytest.fixture
async def post(district: District, town: Town, sign_in: SignIn) -> Post:
    return Post(district, town, sign_in)


def counts(message: httpx2.Response) -> tuple[int, ...]:
    return tuple(message.json()[name] for name in ("recipients", "accepted", "failed", "read"))


class TestMessage:
    async def test_of_another_town_answers_like_a_missing_one(self, post: Post, other_town: Town) -> None:
        path = await post.draft()

        answers = [await other_town.officer.get(path), await post.step(path, "dispatch", by=other_town.officer)]

        codes = [(one.status_code, one.json()["code"]) for one in answers]
        assert codes == [(404, "message-not-found")] * 2

    @pytest.mark.feature("T08")
    async def test_by_sms_to_a_group_answers_whom_it_reached_and_whom_it_did_not(self, post: Post) -> None:
        """Three of five are registered with the platform; it later refuses one of them."""
        for person in post.town.people[:3]:
            assert (await post.register(person)).status_code == 201
        path = await post.draft(channel="sms")

        sent = await post.step(path, "dispatch")
        again = await post.step(path, "dispatch")
        message = path.rpartition("/")[2]
        failed = (await post.town.officer.get("/deliveries", message_id=message, state="failed")).json()["items"]
        [first, *_] = (await post.town.officer.get("/deliveries", message_id=message, state="accepted")).json()["items"]
        refused = await post.step(f"/deliveries/{first['id']}", "rejection", {"note": "空号"})

        assert (sent.status_code, counts(sent)) == (201, (5, 3, 2, 0))
        assert first["reference"] == "平台-01"
        assert {one["reference"] for one in failed} == {None}
        assert (again.status_code, again.json()["code"]) == (409, "message-sent")
        assert {(one["member_id"], one["failure"]) for one in failed} == {
            (str(one), "no_address") for one in post.town.people[3:]
        }
        assert (refused.json()["state"], refused.json()["failure"]) == ("failed", "rejected")
        assert counts(await post.town.officer.get(path)) == (5, 2, 3, 0)

    @pytest.mark.feature("T28")
    async def test_with_a_study_material_is_signed_for_by_whom_it_reached_and_nobody_else(
        self, post: Post, other_town: Town
    ) -> None:
        """By the QQ group one of two chosen people; the receipt counts once and stays at its first moment."""
        reached, missed = post.town.people[1:3]
        assert (await post.register(reached, "先锋一号", "qq_group")).status_code == 201
        chosen = {"audience": "chosen", "chosen_ids": [str(reached), str(missed)]}
        material = {"kind": "material", "material": "《习近平著作选读》", "channel": "qq_group"}
        path = await post.draft(**chosen, **material)
        sent = await post.step(path, "dispatch")
        own, colleague = await post.member(reached), await post.member(missed)
        [delivery] = (await own.get("/deliveries")).json()["items"]
        receipt = f"/deliveries/{delivery['id']}"

        by_other = [await one.post(f"{receipt}/reading", If_Match='"1"') for one in (colleague, other_town.secretary)]
        signed = await post.step(receipt, "reading", by=own)
        again = await post.step(receipt, "reading", by=own)
        late = await post.step(receipt, "rejection", {"note": "退回"})

        assert counts(sent) == (2, 1, 1, 0)
        assert (delivery["material"], delivery["text"]) == ("《习近平著作选读》", "今晚有暴雨,请各支部值班。")
        assert [one.status_code for one in by_other] == [404, 404]
        assert (signed.status_code, again.json()["read_at"]) == (201, signed.json()["read_at"])
        assert (late.status_code, late.json()["code"]) == (409, "delivery-not-accepted")
        assert counts(await post.town.officer.get(path)) == (2, 1, 1, 1)
        assert (await colleague.get("/deliveries")).json()["items"] == []
        told = await post.district.events("training.delivery.changed.v1")
        assert [(one["member_id"], one["is_read"]) for one in told] == [(str(reached), True)]

    @pytest.mark.parametrize(("audience", "expected"), [("secretaries", 1), ("leaders", 2), ("subtree_members", 5)])
    async def test_reaches_the_inbox_of_its_group_as_it_is_when_it_goes_out(
        self, post: Post, audience: str, expected: int
    ) -> None:
        path = await post.draft(audience=audience)
        await post.district.post(post.town.people[1], post.town.branch, "publicity_officer")

        sent = await post.step(path, "dispatch")

        assert counts(sent) == (expected, expected, 0, 0)

    async def test_is_corrected_and_called_off_before_and_called_back_after_it_went_out(self, post: Post) -> None:
        first, second = await post.draft(), await post.draft()
        tag = await post.town.officer.tag_of(first)
        corrected = await post.town.officer.patch(first, {"title": "防汛紧急通知"}, If_Match=tag)
        await post.step(first, "dispatch")
        member = await post.member(post.town.people[1])
        before = (await member.get("/deliveries")).json()["items"]

        off, back = (
            await post.step(second, "void", {"reason": "不发了"}),
            await post.step(first, "void", {"reason": "错"}),
        )

        late = await post.step(second, "dispatch")
        tag = await post.town.officer.tag_of(first)
        sent = await post.town.officer.patch(first, {"title": "再改"}, If_Match=tag)
        assert (corrected.json()["title"], [one["message_name"] for one in before]) == (
            "防汛紧急通知",
            ["防汛紧急通知"],
        )
        assert (off.json()["state"], back.json()["state"]) == ("draft", "sent")
        assert (late.json()["code"], sent.json()["code"]) == ("record-void", "record-void")
        assert (await member.get("/deliveries")).json()["items"] == []

    async def test_is_refused_for_people_elsewhere_and_where_nobody_is(self, post: Post, other_town: Town) -> None:
        foreign = await post.draft(audience="chosen", chosen_ids=[str(other_town.people[0])])
        nobody = await post.draft(audience="members")
        public = await post.town.officer.post(
            "/messages",
            {"organization_id": str(post.town.id), "audience": "public", "title": "公告", "text": "公告"},
        )
        abroad = await post.town.officer.post(
            "/messages",
            {"organization_id": str(other_town.id), "audience": "members", "title": "公告", "text": "公告"},
        )

        answers = [await post.step(foreign, "dispatch"), await post.step(nobody, "dispatch"), public, abroad]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [
            (422, "recipient-elsewhere"), (422, "nobody-to-reach"), (422, "invalid-input"),
            (422, "unknown-aid-organization"),
        ]  # fmt: skip


class TestRegistration:
    async def test_is_made_by_oneself_or_an_office_above_and_keeps_no_telephone(
        self, post: Post, other_town: Town
    ) -> None:
        person, colleague = post.town.people[1:3]
        own = await post.member(person)
        body = {"member_id": str(person), "channel": "sms", "reference": "平台-07"}

        answers = [
            await own.post("/channel-registrations", {**body, "member_id": str(colleague)}),
            await other_town.officer.post("/channel-registrations", body),
            await own.post("/channel-registrations", {**body, "reference": "138 0013-8000"}),
            await own.post("/channel-registrations", {**body, "channel": "inbox"}),
            await own.post("/channel-registrations", body),
            await post.register(person),
        ]

        assert [(one.status_code, one.json().get("code")) for one in answers] == [
            (422, "unknown-recipient"), (422, "unknown-recipient"), (422, "invalid-input"),
            (422, "inbox-needs-none"), (201, None), (409, "channel-already-registered"),
        ]  # fmt: skip

    @pytest.mark.parametrize("number", ["+86 138 0013 8000", "138.0013.8000", "0086-13800138000", "138·0013·8000"])
    async def test_keeps_no_telephone_however_it_is_written(self, post: Post, number: str) -> None:
        answer = await post.register(post.town.people[1], number)

        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")

    async def test_goes_where_the_member_goes(self, post: Post, other_town: Town) -> None:
        person = post.town.people[1]
        path = f"/channel-registrations/{(await post.register(person)).json()['id']}"

        await post.district.changed(person, other_town.branch, version=2, name="调出党员")

        assert (await post.town.officer.get(path)).status_code == 404
        listed = (await other_town.officer.get("/channel-registrations", organization_id=str(other_town.branch))).json()
        assert [one["member_id"] for one in listed["items"]] == [str(person)]
        assert (await post.step(path, "end", by=other_town.officer)).status_code == 200

    async def test_ended_takes_no_more_messages(self, post: Post) -> None:
        person = post.town.people[1]
        path = f"/channel-registrations/{(await post.register(person)).json()['id']}"
        own = await post.member(person)

        ended, again = await post.step(path, "end", by=own), await post.step(path, "end", by=own)
        message = await post.draft(channel="sms", audience="chosen", chosen_ids=[str(person)])

        assert (ended.json()["ended_on"], again.json()["code"]) == ("2025-03-20", "channel-registration-ended")
        assert counts(await post.step(message, "dispatch")) == (1, 0, 1, 0)


class TestForum:
    @pytest.mark.feature("T08")
    async def test_of_members_shows_what_a_moderator_let_pass_and_hides_what_not(self, post: Post) -> None:
        """党员论坛 is a moderated talk column of the branch's site."""
        officer, place = post.town.officer, {"organization_id": str(post.town.branch), "name": "网上支部"}
        site = f"/branch-sites/{(await officer.post('/branch-sites', place)).json()['id']}"
        await post.step(site, "checks", {"met": ["webmaster", "columns", "content", "members", "rules"]})
        await post.step(site, "online")
        forum = {"branch_site_id": site.rpartition("/")[2], "name": "党员论坛", "kind": "talk", "is_moderated": True}
        column = (await officer.post("/site-columns", forum)).json()["id"]
        author, reader = [await post.member(one) for one in post.town.people[1:3]]
        posts = [
            (await author.post("/site-posts", {"site_column_id": column, "text": text})).json()["id"]
            for text in ("食堂能早点开吗", "卖房广告")
        ]

        waiting = (await reader.get("/site-posts")).json()["items"]
        await officer.post(f"/site-posts/{posts[0]}/approval", If_Match='"1"')
        await officer.post(f"/site-posts/{posts[1]}/hiding", {"reason": "广告"}, If_Match='"1"')
        shown = (await reader.get("/site-posts")).json()["items"]

        assert (waiting, [one["id"] for one in shown]) == ([], [posts[0]])
