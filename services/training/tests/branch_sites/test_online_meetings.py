"""A branch holds its meeting on its site: who is expected writes there, the absent read the minutes and sign for it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import insert

from kit.database import app_transaction
from kit.ids import uuid7
from services.training.tests.branch_sites.test_branch_sites import Story
from services.training.tests.district import Client, District, Hold, SignIn, Town, plan
from training.branch_sites.online_meetings.models import OnlineMeeting
from training.branch_sites.sites.models import SitePost
from training.meetings.meetings.models import Meeting, Participant

pytestmark = pytest.mark.anyio
DURING, AFTER = "2025-03-10T09:30:00", "2025-03-10T12:00:00"


@pytest.fixture
async def story(district: District, town: Town, sign_in: SignIn) -> Story:
    await district.clock("2025-03-03T09:00:00")
    return Story(district, town, sign_in)


async def held_online(story: Story) -> tuple[dict[str, Any], str]:
    """A lecture on the tenth of March from nine to eleven, in a moderated column; answers it and the column."""
    column = await story.column(await story.online(), is_moderated=True)
    meeting = (await story.town.secretary.post("/meetings", plan(story.town.branch))).json()["id"]
    body = {"meeting_id": meeting, "site_column_id": column}
    made = await story.town.secretary.post("/online-meetings", body)
    assert made.status_code == 201, made.text
    return made.json(), column


async def confirmed(story: Story, online: dict[str, Any], present: list[UUID]) -> None:
    await story.district.clock(AFTER)
    secretary, meeting = story.town.secretary, online["meeting_id"]
    await secretary.put(f"/meetings/{meeting}/minutes", {"text": "逐章学习党章"})
    await secretary.list_present(meeting, [{"member_id": str(one), "attended": True} for one in present])


class TestOnlineMeeting:
    async def test_of_another_town_answers_like_a_missing_one(self, story: Story, other_town: Town) -> None:
        online, column = await held_online(story)
        foreign = (await other_town.secretary.post("/meetings", plan(other_town.branch))).json()["id"]

        answers = [
            await other_town.officer.get(f"/online-meetings/{online['id']}"),
            await story.town.officer.post("/online-meetings", {"meeting_id": foreign, "site_column_id": column}),
        ]

        codes = [(one.status_code, one.json()["code"]) for one in answers]
        assert codes == [(404, "online-meeting-not-found"), (404, "meeting-not-found")]

    async def test_is_one_of_its_meeting_in_a_column_of_the_same_branch(self, story: Story) -> None:
        online, column = await held_online(story)
        lesson = plan(story.town.id, kind="open_lecture", audience="public", day="2025-03-11")
        of_town = (await story.town.officer.post("/meetings", lesson)).json()["id"]

        twice = await story.town.secretary.post(
            "/online-meetings", {"meeting_id": online["meeting_id"], "site_column_id": column}
        )
        elsewhere = await story.town.officer.post("/online-meetings", {"meeting_id": of_town, "site_column_id": column})

        assert (twice.status_code, twice.json()["code"]) == (409, "meeting-already-online")
        assert (elsewhere.status_code, elsewhere.json()["code"]) == (422, "column-of-another")

    async def test_is_open_to_the_whole_branch_and_registered_before_it_is_confirmed(
        self, story: Story, hold: Hold
    ) -> None:
        _, column = await held_online(story)
        talkers = [str(one) for one in story.town.people[1:3]]
        closed = plan(story.town.branch, kind="heart_talk", day="2025-03-11", participant_ids=talkers)
        talk = (await story.town.secretary.post("/meetings", closed)).json()["id"]
        held = await hold(story.town.secretary, story.town.branch, story.town.people[:4], day="2025-03-01")

        answers = [
            await story.town.secretary.post("/online-meetings", {"meeting_id": one, "site_column_id": column})
            for one in (talk, held)
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [
            (422, "column-of-another"), (409, "meeting-over"),
        ]  # fmt: skip

    async def test_takes_messages_of_those_expected_while_it_lasts_and_they_are_moderated(self, story: Story) -> None:
        online, column = await held_online(story)
        newcomer = await story.district.member(story.town.branch)
        author = story.town.people[1]

        async def says(person: UUID) -> httpx2.Response:
            return await story.write(person, column, "学习体会", online_meeting_id=online["id"])

        early = await says(author)
        await story.district.clock(DURING)
        said, stranger = await says(author), await says(newcomer)
        other_column = await story.column(online["branch_site_id"], "study")
        misplaced = await story.write(author, other_column, "在哪儿", online_meeting_id=online["id"])
        path = f"/online-meetings/{online['id']}"
        waiting = (await story.town.secretary.get(path)).json()["posts"]
        await story.town.secretary.post(f"/site-posts/{said.json()['id']}/approval", If_Match='"1"')
        outside = await story.write(author, column, "补充", parent_id=said.json()["id"])
        voided = await story.town.secretary.post(f"{path}/void", {"reason": "误登记"}, If_Match='"1"')
        await story.district.clock("2025-03-10T11:00:00")
        late = await says(author)

        assert (early.json()["code"], late.json()["code"]) == ("online-meeting-not-open", "online-meeting-not-open")
        assert (stranger.status_code, stranger.json()["code"]) == (403, "not-expected-online")
        assert (misplaced.json()["code"], outside.json()["code"]) == ("not-in-this-column", "parent-elsewhere")
        assert (said.json()["state"], said.json()["online_meeting_name"], waiting) == ("pending", "学习党章", 0)
        found = (await story.town.secretary.get(path)).json()
        assert (found["posts"], found["writers"], voided.json()["code"]) == (1, 1, "online-meeting-has-posts")

    async def test_registered_by_mistake_is_void_and_the_meeting_stays(self, story: Story) -> None:
        online, column = await held_online(story)
        path = f"/online-meetings/{online['id']}"

        await story.town.secretary.post(f"{path}/void", {"reason": "误登记"}, If_Match='"1"')
        await story.district.clock(DURING)
        late = await story.write(story.town.people[1], column, "学习体会", online_meeting_id=online["id"])

        again = {"meeting_id": online["meeting_id"], "site_column_id": column}
        assert late.json()["code"] == "not-in-this-column"
        assert (await story.town.secretary.post("/online-meetings", again)).status_code == 201
        [line] = (await story.town.secretary.get(f"{path}/history")).json()["items"][:1]
        assert (line["field"], line["new"], line["reason"]) == ("void_reason", "误登记", "误登记")


class TestAbsent:
    @pytest.mark.feature("T07")
    async def test_member_reads_the_fixed_minutes_and_signs_which_is_no_attendance(self, story: Story) -> None:
        """Nothing is made up by it: the gap stays due, the hours stay none, and those who came have nothing to sign."""
        online, _ = await held_online(story)
        present, away = story.town.people[1], story.town.people[3]
        absent, came = await story.member(away), await story.member(present)
        path = f"/meetings/{online['meeting_id']}/minutes"
        await confirmed(story, online, [one for one in story.town.people if one != away])
        draft, early = await absent.get(path), await absent.post(f"{path}/readings")
        await story.town.secretary.confirm(online["meeting_id"])

        read = await absent.get(path)
        unsigned = (await story.town.secretary.get("/minutes-readings", is_read=False)).json()["items"]
        signed, again = await absent.post(f"{path}/readings"), await absent.post(f"{path}/readings")
        refused = await came.post(f"{path}/readings")

        assert (draft.status_code, draft.json()["code"]) == (409, "minutes-not-fixed")
        assert (early.json()["code"], refused.json()["code"]) == ("nothing-to-sign", "was-present")
        assert (read.json()["text"], read.json()["is_locked"]) == ("逐章学习党章", True)
        assert [one["member_id"] for one in unsigned] == [str(away)]
        assert (signed.status_code, again.json()) == (201, signed.json())
        assert signed.json()["read_at"].startswith("2025-03-10T04:00:")
        assert (await story.town.secretary.get("/minutes-readings", is_read=False)).json()["items"] == []
        [gap] = (await absent.get("/make-ups")).json()["items"]
        hours = (await absent.get(f"/study-hours/{away}", year=2025)).json()["hours"]
        attended = (await story.town.secretary.get(f"/meetings/{online['meeting_id']}")).json()["attended"]
        assert (gap["state"], hours, attended) == ("due", "0.00", 4)
        told = await story.district.events("training.minutes.signed.v1")
        assert [(one["member_id"], one["minutes_version"]) for one in told] == [(str(away), 1)]

    async def test_of_another_branch_finds_no_minutes_to_read_or_sign(self, story: Story, other_town: Town) -> None:
        online, _ = await held_online(story)
        await confirmed(story, online, story.town.people[:4])
        await story.town.secretary.confirm(online["meeting_id"])
        stranger = await story.sign_in(("member", other_town.branch), person=other_town.people[1])
        path = f"/meetings/{online['meeting_id']}/minutes"

        answers = [await stranger.get(path), await stranger.post(f"{path}/readings")]

        assert [one.status_code for one in answers] == [404, 404]
        assert (await stranger.get("/minutes-readings")).json()["items"] == []


async def fill_year(story: Story, online: dict[str, Any], column: str) -> None:
    """76 confirmed meetings where 15 of 16 came, one of them always the same, with 40 messages each; one is hidden."""
    shared = {"root_id": story.district.root, "organization_id": story.town.branch}
    meetings, onlines, people, posts = [], [], [], []
    for number in range(76):
        meeting, on_site, start = uuid7(), uuid7(), datetime(2025, 1, 6, 1, tzinfo=UTC) + timedelta(days=number)
        meetings.append(
            {
                **shared, "id": meeting, "kind": "theme_day", "audience": "members", "title": f"第{number + 1}次",
                "starts_at": start, "ends_at": start + timedelta(hours=2), "held_on": start.date(), "hours": 2,
                "duration": "by_clock", "has_election": False, "is_by_superior": False, "state": "confirmed",
                "expected": 16, "attended": 15, "is_valid": True, "confirmed_at": start, "confirmed_by": uuid7(),
                "confirmations": 1, "planned_by": uuid7(), "version": 1,
            }
        )  # fmt: skip
        onlines.append(
            {
                **shared, "id": on_site, "meeting_id": meeting, "branch_site_id": UUID(online["branch_site_id"]),
                "site_column_id": UUID(column), "recorded_by": uuid7(), "version": 1,
            }
        )  # fmt: skip
        here = [story.town.people[1], *(uuid7() for _ in range(15))]
        people += [
            {
                "id": uuid7(), "meeting_id": meeting, "member_id": one, "root_id": shared["root_id"], "has_vote": True,
                "is_listed": place < 15,
            }
            for place, one in enumerate(here)
        ]  # fmt: skip
        posts += [
            {
                **shared, "id": uuid7(), "branch_site_id": UUID(online["branch_site_id"]), "recorded_by": uuid7(),
                "site_column_id": UUID(column), "online_meeting_id": on_site, "author_member_id": here[at % 15],
                "text": f"体会{at}", "gist": f"{number}-{at}", "posted_at": start, "posted_on": start.date(),
                "state": "hidden" if (number, at) == (0, 0) else "shown", "study_minutes": 0, "version": 1,
                "hidden_reason": "广告" if (number, at) == (0, 0) else None,
            }
            for at in range(40)
        ]  # fmt: skip
    async with app_transaction(story.district.app) as db:
        for model, rows in ((Meeting, meetings), (OnlineMeeting, onlines), (Participant, people), (SitePost, posts)):
            await db.execute(insert(model), rows)


class TestFigures:
    @pytest.mark.feature("T07")
    async def test_of_a_year_are_76_meetings_of_more_than_1000_people_and_3000_messages(
        self, story: Story, other_town: Town
    ) -> None:
        """One member came to all, 14 others to each; the one still planned and a hidden text do not count."""
        online, column = await held_online(story)
        await fill_year(story, online, column)

        async def figures(caller: Client, **asked: Any) -> dict[str, Any]:
            found: dict[str, Any] = (await caller.get("/online-meeting-figures", **asked)).json()
            return found

        year = await figures(story.town.officer, held_from="2025-01-01", held_to="2025-12-31")
        first = await figures(story.town.officer, held_to="2025-01-06", organization_id=str(story.town.branch))
        listed = (await story.town.officer.get("/online-meetings", held_to="2025-01-06", limit=1)).json()["items"]

        assert year == {"meetings": 76, "person_times": 76 * 15, "people": 76 * 14 + 1, "posts": 76 * 40 - 1}
        assert (year["people"] > 1000, year["posts"] > 3000) == (True, True)
        assert first == {"meetings": 1, "person_times": 15, "people": 15, "posts": 39}
        assert [(one["posts"], one["writers"]) for one in listed] == [(39, 15)]
        page = (await story.town.officer.get("/online-meetings", sort="held_on", limit=1)).json()
        second = await story.town.officer.get("/online-meetings", sort="held_on", limit=1, after=page["next"])
        assert [one["held_on"] for one in page["items"] + second.json()["items"]] == ["2025-01-06", "2025-01-07"]
        assert (await figures(other_town.officer))["meetings"] == 0
