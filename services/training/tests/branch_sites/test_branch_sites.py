"""A branch's place on the net: tended, on line, withdrawn and back; who writes, who moderates, what a month came to."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx2
import pytest

from services.training.tests.district import Client, District, SignIn, Town

pytestmark = pytest.mark.anyio
EVERYTHING = ["webmaster", "columns", "content", "members", "rules"]
PUBLISHED = "training.site_month.published.v1"


@dataclass
class Story:
    district: District
    town: Town
    sign_in: SignIn
    members: dict[UUID, Client] = field(default_factory=dict)

    async def site(self, branch: UUID | None = None, **changes: Any) -> str:
        body = {"organization_id": str(branch or self.town.branch), "name": "先锋网上支部", **changes}
        made = await self.town.officer.post("/branch-sites", body)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def step(self, site: str, step: str, body: Any = None) -> httpx2.Response:
        path = f"/branch-sites/{site}"
        return await self.town.officer.post(f"{path}/{step}", body, If_Match=await self.town.officer.tag_of(path))

    async def online(self, branch: UUID | None = None, **changes: Any) -> str:
        site = await self.site(branch, **changes)
        await self.step(site, "checks", {"met": EVERYTHING})
        assert (await self.step(site, "online")).status_code == 201
        return site

    async def column(self, site: str, kind: str = "talk", **changes: Any) -> str:
        body = {"branch_site_id": site, "name": f"栏目{kind}", "kind": kind, **changes}
        made = await self.town.officer.post("/site-columns", body)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def member(self, person: UUID, branch: UUID | None = None) -> Client:
        if person not in self.members:
            self.members[person] = await self.sign_in(("member", branch or self.town.branch), person=person)
        return self.members[person]

    async def write(self, person: UUID, column: str, text: str, **changes: Any) -> httpx2.Response:
        member = await self.member(person)
        return await member.post("/site-posts", {"site_column_id": column, "text": text, **changes})

    async def tend(self, site: str, person: UUID, office: str = "moderator", **changes: Any) -> httpx2.Response:
        body = {"branch_site_id": site, "member_id": str(person), "office": office, **changes}
        return await self.town.officer.post("/site-moderators", body)

    async def publish(self, site: str, month: str) -> httpx2.Response:
        return await self.town.officer.post("/site-months", {"branch_site_id": site, "month": month})


@pytest.fixture
async def story(district: District, town: Town, sign_in: SignIn) -> Story:
    await district.clock("2025-03-03T09:00:00")
    return Story(district, town, sign_in)


class TestSite:
    async def test_of_another_town_answers_like_a_missing_one(self, story: Story, other_town: Town) -> None:
        site = await story.site()

        foreign = await other_town.officer.get(f"/branch-sites/{site}")
        refused = await other_town.officer.post(
            "/branch-sites", {"organization_id": str(story.town.branch), "name": "别人的"}
        )

        assert (foreign.status_code, foreign.json()["code"]) == (404, "branch-site-not-found")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-site-organization")

    @pytest.mark.feature("T01")
    @pytest.mark.parametrize("lacking", EVERYTHING)
    async def test_lacking_any_one_must_have_does_not_go_on_line(self, story: Story, lacking: str) -> None:
        site = await story.site()
        await story.step(site, "checks", {"met": [one for one in EVERYTHING if one != lacking]})

        answer = await story.step(site, "online")

        assert (answer.status_code, answer.json()["code"]) == (409, "must-haves-missing")
        assert (await story.town.officer.get(f"/branch-sites/{site}")).json()["state"] == "nurtured"

    @pytest.mark.feature("T01")
    async def test_figures_are_201_applied_134_online_of_150_planned_and_30_exemplary(self, story: Story) -> None:
        branches = [await story.district.organization("branch", story.town.id) for _ in range(201)]
        for number, branch in enumerate(branches):
            site = await (story.online(branch) if number < 134 else story.site(branch))
            if number < 30:
                await story.step(site, "exemplary", {"is_exemplary": True})

        found = (await story.town.officer.get("/branch-site-figures", planned=150)).json()

        assert (found["total"], found["online"], found["exemplary"]) == (201, 134, 30)
        assert (found["planned"], found["lacking"], found["applied"]) == (150, 16, 67)

    async def test_is_one_of_an_organisation_and_can_be_void(self, story: Story) -> None:
        site = await story.site()
        again = {"organization_id": str(story.town.branch), "name": "再来"}

        twice = await story.town.officer.post("/branch-sites", again)
        await story.step(site, "void", {"reason": "重复申请"})
        late = await story.step(site, "checks", {"met": []})

        assert (twice.status_code, twice.json()["code"]) == (409, "site-exists")
        assert late.json()["code"] == "record-void"
        assert (await story.town.officer.post("/branch-sites", again)).status_code == 201

    @pytest.mark.feature("T02")
    async def test_without_news_for_longer_than_its_days_is_stale_withdrawn_and_may_return_after_a_check(
        self, story: Story
    ) -> None:
        site = await story.online(stale_days=60)
        column = await story.column(site)
        await story.write(story.town.people[1], column, "开站了")

        async def stale_on(day: str) -> list[str]:
            found = (await story.town.officer.get("/branch-sites", stale_on=day)).json()["items"]
            return [one["id"] for one in found]

        assert (await stale_on("2025-05-02"), await stale_on("2025-05-03")) == ([], [site])
        await story.step(site, "exemplary", {"is_exemplary": True})
        withdrawn = (await story.step(site, "withdrawal", {"withdrawal": "stale"})).json()
        unchecked = await story.step(site, "online")
        await story.step(site, "checks", {"met": EVERYTHING})
        back = (await story.step(site, "online")).json()

        assert (withdrawn["state"], withdrawn["met"], withdrawn["is_exemplary"]) == ("withdrawn", [], False)
        assert unchecked.json()["code"] == "must-haves-missing"
        assert (back["state"], back["withdrawal"], back["withdrawn_on"]) == ("online", None, None)
        assert (await story.step(site, "online")).json()["code"] == "wrong-site-state"


class TestColumn:
    @pytest.mark.feature("T13")
    async def test_of_study_alone_counts_for_hours(self, story: Story) -> None:
        """学习资料 counts, 说说心里话 and 旅游贴图 do not: hours of the year once the month is published."""
        site = await story.online(monthly_posts=0, monthly_check_ins=0)
        columns = {
            kind: await story.column(site, kind, name=name)
            for kind, name in (
                ("study", "学习资料"), ("talk", "说说心里话"), ("information", "专题教育"), ("leisure", "旅游贴图"),
            )
        }  # fmt: skip
        person = story.town.people[1]
        for number in range(3):
            await story.write(person, columns["study"], f"学习体会{number}", study_minutes=50)
        refused = [
            (await story.write(person, columns[kind], "学了一小时", study_minutes=60)).json().get("code")
            for kind in ("talk", "information", "leisure")
        ]
        await story.district.clock("2025-04-01T09:00:00")
        await story.publish(site, "2025-03")

        own = (await (await story.member(person)).get(f"/study-hours/{person}", year=2025)).json()

        assert refused == ["only-study-counts"] * 3
        assert (own["hours"], own["online"]) == ("2.50", [{"month": "2025-03", "study_minutes": 150}])

    async def test_ended_takes_nothing_more_and_a_name_stands_once(self, story: Story) -> None:
        site = await story.online()
        column = await story.column(site)
        twice = await story.town.officer.post(
            "/site-columns", {"branch_site_id": site, "name": "栏目talk", "kind": "leisure"}
        )
        await story.town.officer.post(f"/site-columns/{column}/end", If_Match='"1"')

        late = await story.write(story.town.people[1], column, "还在吗")

        assert (twice.status_code, twice.json()["code"]) == (409, "site-column-taken")
        assert late.json()["code"] == "site-column-ended"


class TestModerator:
    @pytest.mark.feature("T12")
    async def test_tends_one_site_and_one_column_and_nothing_beside(self, story: Story, other_town: Town) -> None:
        """A webmaster the whole of one site; a moderator one column of it."""
        site = await story.online()
        talk = await story.column(site, "talk", is_moderated=True)
        study = await story.column(site, "study", is_moderated=True)
        author, moderator, webmaster = story.town.people[1:4]
        assert (await story.tend(site, moderator, site_column_id=talk)).status_code == 201
        assert (await story.tend(site, webmaster, "webmaster")).status_code == 201
        posts = [(await story.write(author, column, "请审核")).json() for column in (talk, study)]

        async def approved(person: UUID, post: dict[str, Any]) -> httpx2.Response:
            member = await story.member(person)
            return await member.post(f"/site-posts/{post['id']}/approval", If_Match='"1"')

        own_column, other_column = [await approved(moderator, post) for post in posts]
        whole_site = await approved(webmaster, posts[1])
        author_alone = await approved(author, posts[0])
        second = await story.tend(site, moderator, site_column_id=study)
        stranger = await story.tend(site, other_town.people[1], "webmaster")
        placeless = await story.tend(site, author, "moderator")

        assert [post["state"] for post in posts] == ["pending", "pending"]
        assert (own_column.status_code, own_column.json()["state"]) == (201, "shown")
        assert (other_column.status_code, other_column.json()["code"]) == (404, "site-post-not-found")
        assert whole_site.json()["state"] == "shown"
        assert (author_alone.status_code, author_alone.json()["code"]) == (403, "not-the-moderator")
        assert (second.status_code, second.json()["code"]) == (409, "one-site-and-column")
        assert (stranger.json()["code"], placeless.json()["code"]) == ("not-of-the-branch", "moderator-mismatch")

    @pytest.mark.feature("T12")
    async def test_has_nothing_left_to_tend_once_dismissed(self, story: Story) -> None:
        site = await story.online()
        talk = await story.column(site, is_moderated=True)
        author, moderator = story.town.people[1:3]
        tending = (await story.tend(site, moderator, site_column_id=talk)).json()
        post = (await story.write(author, talk, "请审核")).json()
        path = f"/site-moderators/{tending['id']}/end"
        ended = await story.town.officer.post(path, If_Match='"1"')

        answer = await (await story.member(moderator)).post(f"/site-posts/{post['id']}/approval", If_Match='"1"')

        assert (ended.status_code, answer.status_code) == (200, 404)
        assert (await story.town.officer.post(path, If_Match='"2"')).json()["code"] == "moderator-ended"


class TestPost:
    async def test_is_written_by_the_sites_own_members_where_it_is_on_line(
        self, story: Story, other_town: Town
    ) -> None:
        site = await story.site()
        column = await story.column(site)
        early = await story.write(story.town.people[1], column, "太早了")
        stranger = await story.sign_in(("member", other_town.branch), person=other_town.people[1])

        foreign = await stranger.post("/site-posts", {"site_column_id": column, "text": "你们好"})

        assert early.json()["code"] == "wrong-site-state"
        assert (foreign.status_code, foreign.json()["code"]) == (404, "site-column-not-found")
        assert (await stranger.get("/site-posts")).json()["items"] == []

    async def test_hidden_is_seen_by_its_author_and_the_moderators_only(self, story: Story) -> None:
        site = await story.online()
        column = await story.column(site)
        author, reader = story.town.people[1:3]
        post = (await story.write(author, column, "广告")).json()
        path = f"/site-posts/{post['id']}"

        hidden = await story.town.officer.post(f"{path}/hiding", {"reason": "广告"}, If_Match='"1"')

        seen = [(await (await story.member(one)).get(path)).status_code for one in (author, reader)]
        assert (hidden.json()["state"], hidden.json()["hidden_reason"], seen) == ("hidden", "广告", [200, 404])
        answer = await story.write(reader, column, "跟帖", parent_id=post["id"])
        assert answer.json()["code"] == "parent-elsewhere"

    @pytest.mark.feature("T06")
    async def test_unanswered_for_longer_than_its_hours_is_listed(self, story: Story) -> None:
        """Written at nine: of 24 hours; a comment of the author is no answer, nor is a study column asked for one."""
        site = await story.online(reply_hours=24)
        talk, study = await story.column(site), await story.column(site, "study")
        author, colleague = story.town.people[1:3]
        waiting = (await story.write(author, talk, "食堂能早点开吗")).json()["id"]
        answered = (await story.write(author, talk, "空调坏了")).json()["id"]
        await story.write(author, study, "学习体会")
        await story.write(author, talk, "有人吗", parent_id=waiting)
        await story.write(colleague, talk, "已报修", parent_id=answered)

        async def unanswered(moment: str) -> list[str]:
            found = (await story.town.officer.get("/site-posts", unanswered_at=moment)).json()["items"]
            return [one["id"] for one in found]

        assert await unanswered("2025-03-04T08:59:00+08:00") == []
        assert await unanswered("2025-03-04T09:30:00+08:00") == [waiting]
        await story.write(colleague, talk, "下周起七点开", parent_id=waiting)
        assert await unanswered("2025-03-05T09:30:00+08:00") == []


class TestMonth:
    @pytest.mark.feature("T04")
    async def test_of_115_members_expects_1150_messages_and_counts_no_text_twice(self, story: Story) -> None:
        """Ten texts each; one member repeats one of them in other capitals and spaces, and is below the quota."""
        branch = await story.district.organization("branch", story.town.id)
        people = await story.district.members(branch, 115)
        site = await story.online(branch, monthly_posts=10, monthly_check_ins=0)
        column = await story.column(site)
        for person in people:
            member = await story.member(person, branch)
            for number in range(10):
                text = f"Study {number}" if person != people[0] or number < 9 else " study  0! "
                made = await member.post("/site-posts", {"site_column_id": column, "text": text})
                assert made.status_code == 201, made.text
        await story.district.clock("2025-04-01T09:00:00")

        month = (await story.publish(site, "2025-03")).json()

        below = (await story.town.officer.get("/site-participations", is_met=False)).json()["items"]
        assert (month["members"], month["expected_posts"], month["posts"], month["met"]) == (115, 1150, 1149, 114)
        assert [(one["member_id"], one["posts"]) for one in below] == [(str(people[0]), 9)]

    @pytest.mark.feature("T03")
    async def test_is_published_in_the_next_one_with_whoever_is_below_the_quota(self, story: Story) -> None:
        site = await story.online(monthly_check_ins=2, monthly_posts=0)
        column = await story.column(site)
        diligent, once = story.town.people[1:3]
        for day in ("2025-03-05", "2025-03-06"):
            await story.district.clock(f"{day}T09:00:00")
            for _ in range(2):
                counted = await (await story.member(diligent)).post("/site-check-ins", {"branch_site_id": site})
        await (await story.member(once)).post("/site-check-ins", {"branch_site_id": site})
        topic = (await story.write(diligent, column, "本月主题")).json()["id"]
        early = await story.publish(site, "2025-03")
        await story.district.clock("2025-04-01T00:30:00")

        silent = (await story.publish(site, "2025-03")).json()
        await story.district.clock("2025-03-31T09:00:00")
        await story.write(once, column, "收到", parent_id=topic)
        await story.district.clock("2025-04-02T09:00:00")
        again = (await story.publish(site, "2025-03")).json()

        listed = (await (await story.member(once)).get("/site-participations", month="2025-03")).json()["items"]
        met = {one["member_id"]: (one["check_ins"], one["is_met"]) for one in listed}
        assert (counted.json()["days_this_month"], early.json()["code"]) == (2, "month-not-over")
        assert (met[str(diligent)], met[str(once)], len(met)) == ((2, True), (1, False), 5)
        assert (silent["is_kept"], again["is_kept"], again["revision"]) == (False, True, 2)
        told = (await story.district.events(PUBLISHED))[-1]
        assert {one["member_id"] for one in told["members"] if one["is_met"]} == {str(diligent)}
        assert (told["is_kept"], told["month"], told["revision"]) == (True, "2025-03", 2)

    @pytest.mark.feature("T02")
    async def test_ranks_the_sites_so_that_the_last_place_is_known(self, story: Story) -> None:
        branches = [await story.district.organization("branch", story.town.id) for _ in range(3)]
        for number, branch in enumerate(branches):
            person = await story.district.member(branch)
            site = await story.online(branch)
            column = await story.column(site)
            member = await story.member(person, branch)
            for text in range(number // 2 * 3 + 1):
                await member.post("/site-posts", {"site_column_id": column, "text": f"第{text}条"})
        await story.district.clock("2025-04-01T09:00:00")
        sites = (await story.town.officer.get("/branch-sites")).json()["items"]
        for one in sites:
            await story.publish(one["id"], "2025-03")

        ranked = (await story.town.officer.get("/site-months", month="2025-03", sort="-posts")).json()["items"]

        assert [(one["posts"], one["rank"]) for one in ranked] == [(4, 1), (1, 2), (1, 2)]

    async def test_before_the_site_was_on_line_has_nothing_to_publish(self, story: Story) -> None:
        site = await story.online()

        answer = await story.publish(site, "2025-02")

        assert (answer.status_code, answer.json()["code"]) == (409, "not-online-then")
