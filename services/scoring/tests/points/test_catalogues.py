"""Catalogue versions: 58 and 48, published once, closed for good."""

from typing import Any

import psycopg
import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deploy.launcher.provision import conninfo
from hosting import migrations
from kit.database import app_transaction
from kit.ids import uuid7
from services.scoring.tests.conftest import District, People
from tests.support.databases import ROOT, Database, MakeDatabase

pytestmark = pytest.mark.anyio

WRITTEN = ("code", "dimension", "name", "points", "cadence", "max_times_per_year", "evidence", "source", "earning")


def as_written(indicator: dict[str, Any]) -> dict[str, Any]:
    return {**{name: indicator[name] for name in WRITTEN}, "triggers": indicator["triggers"]}


async def default_of(people: People, kind: str) -> dict[str, Any]:
    listed = (await people.district_officer.get("/catalogues", subject_kind=kind, state="published")).json()["items"]
    return dict((await people.district_officer.get(f"/catalogues/{listed[0]['id']}")).json())


async def drafted(people: People, kind: str, **changes: Any) -> dict[str, Any]:
    default = await default_of(people, kind)
    new = {"subject_kind": kind, "name": "本区版", "from_year": 2026, "copy_of": default["id"], **changes}
    answer = await people.district_officer.post("/catalogues", new)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def resized(people: People, draft: dict[str, Any], size: int) -> dict[str, Any]:
    indicators = [as_written(one) for one in draft["indicators"]]
    indicators += [{**indicators[0], "code": f"X{number}"} for number in range(size - len(indicators))]
    path = f"/catalogues/{draft['id']}/indicators"
    answer = await people.district_officer.put(path, {"indicators": indicators[:size]}, version=draft["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def published(people: People, draft: dict[str, Any]) -> Any:
    path = f"/catalogues/{draft['id']}/publication"
    return await people.district_officer.post(path, If_Match=f'"{draft["version"]}"')


class TestCatalogue:
    async def test_is_drafted_by_the_district_alone(self, people: People) -> None:
        new = {"subject_kind": "member", "name": "版", "from_year": 2026}

        answers = [
            await one.post("/catalogues", new) for one in (people.stranger, people.secretary, people.town_officer)
        ]

        assert [one.status_code for one in answers] == [401, 403, 403]

    @pytest.mark.feature("S01")
    @pytest.mark.parametrize(("kind", "required", "wrong"), [("organization", 58, (57, 59)), ("member", 48, (47, 49))])
    async def test_is_published_with_exactly_its_number(
        self, people: People, kind: str, required: int, wrong: tuple[int, int]
    ) -> None:
        assert len((await default_of(people, kind))["indicators"]) == required
        draft = await drafted(people, kind)

        for size in wrong:
            draft = await resized(people, draft, size)
            refused = await published(people, draft)
            assert (refused.status_code, refused.json()["code"]) == (422, "catalogue-incomplete")
        exact = await published(people, await resized(people, draft, required))

        assert (exact.status_code, exact.json()["state"]) == (200, "published")

    @pytest.mark.feature("S01")
    async def test_may_declare_a_size_of_its_own(self, people: People) -> None:
        draft = await drafted(people, "member", required_count=3)

        answer = await published(people, await resized(people, draft, 3))

        assert answer.status_code == 200

    async def test_is_closed_once_published_even_in_the_database(self, district: District, people: People) -> None:
        default = await default_of(people, "member")

        again = await published(people, default)
        statements = (
            "UPDATE indicators SET points = 9, annual_cap = 9 * max_times_per_year",
            "DELETE FROM indicators",
            "UPDATE catalogues SET name = 'x'",
            "INSERT INTO indicators SELECT gen_random_uuid(), catalogue_id, 'X1', 99, dimension, name, points, "
            "cadence, max_times_per_year, annual_cap, evidence, source, earning, triggers FROM indicators LIMIT 1",
        )

        assert again.json()["code"] == "catalogue-published"
        for statement in statements:
            with pytest.raises(DBAPIError):
                async with app_transaction(district.app) as db:
                    await db.execute(text(statement))

    async def test_cannot_begin_in_a_year_that_has_points(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])

        answer = await published(people, await drafted(people, "member", from_year=2025))

        assert answer.json()["code"] == "catalogue-year-in-use"

    async def test_of_the_district_replaces_the_default_from_its_year_on(
        self, district: District, people: People
    ) -> None:
        draft = await drafted(people, "member", required_count=2, from_year=2026)
        await published(people, await resized(people, draft, 2))

        await district.meeting(people.branch, [people.member_id], held_on="2026-01-10", kind="theme_day")
        await district.meeting(people.branch, [people.member_id], held_on="2026-01-11")
        await district.meeting(people.branch, [people.member_id], kind="theme_day")

        assert [code for code, _, _ in await district.entries(people.member_id)] == ["M01", "M04"]

    @pytest.mark.parametrize(
        "change",
        [
            {"points": "NaN"},
            {"points": "0"},
            {"points": "-1"},
            {"max_times_per_year": 5},
            {"earning": "event"},
            {"code": "M\x00"},
            {"triggers": [{"event": "no.such.event.v1"}]},
        ],
    )
    async def test_takes_no_indicator_that_cannot_be_counted(self, people: People, change: dict[str, Any]) -> None:
        draft = await drafted(people, "member")
        claimed = next(one for one in draft["indicators"] if one["earning"] == "claim" and one["cadence"] != "event")
        path = f"/catalogues/{draft['id']}/indicators"

        answer = await people.district_officer.put(
            path, {"indicators": [{**as_written(claimed), **change}]}, version=draft["version"]
        )

        assert answer.status_code == 422

    async def test_needs_the_version_read(self, people: People) -> None:
        draft = await drafted(people, "member")
        path = f"/catalogues/{draft['id']}/indicators"

        stale = await people.district_officer.put(path, {"indicators": []}, version=draft["version"] + 1)
        missing = await people.district_officer.http.put("/api/v1/scoring" + path, json={"indicators": []})

        assert (stale.status_code, missing.status_code) == (412, 428)


class TestVocabulary:
    async def test_labels_every_value(self, people: People) -> None:
        answer = (await people.member.get("/vocabulary")).json()

        assert {"value": "half-year", "label": "每半年"} in answer["terms"]["cadence"]


class TestOverview:
    async def test_counts_what_the_caller_may_see(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id, people.colleague_id])

        seen = [
            (await one.get("/overview")).json()
            for one in (people.district_officer, people.member, people.other_town_officer)
        ]

        assert [(one["entries"], one["points_total"]) for one in seen] == [(3, "1.50"), (1, "0.50"), (0, "0.00")]


class TestTrigger:
    """One district's catalogue never reaches another's points."""

    async def misspelt(self, people: People, name: str, wrong: dict[str, Any]) -> dict[str, Any]:
        draft = await drafted(people, "member", from_year=2099, name=name)
        indicators = [as_written(one) for one in draft["indicators"]]
        trigger = indicators[0]["triggers"][0]
        indicators[0]["triggers"] = [{**trigger, **wrong}]
        path = f"/catalogues/{draft['id']}/indicators"
        answer = await people.district_officer.put(path, {"indicators": indicators}, version=draft["version"])
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    @pytest.mark.parametrize(
        ("wrong", "fault"),
        [
            ({"subject": "membre_id"}, "事件没有字段“membre_id”"),
            ({"each": "participant"}, "事件没有列表“participant”"),
            ({"occurred_on": "kind"}, "字段“kind”不能用作发生日期"),
            ({"cause": ["meeting"]}, "事件没有字段“meeting”"),
            ({"when": {"is_vaild": ["true"]}}, "事件没有字段“is_vaild”"),
            ({"at_least": {"kind": "1"}}, "字段“kind”不能用作下限"),
            ({"proportion": "hours/wanted"}, "事件没有字段“wanted”"),
            ({"proportion": "participants:hours>=wanted"}, "列表“participants”没有可以比较的字段“wanted”"),
        ],
    )
    async def test_that_reads_what_nobody_tells_is_not_published(
        self, people: People, wrong: dict[str, Any], fault: str
    ) -> None:
        draft = await self.misspelt(people, "错字版", wrong)

        answer = await published(people, draft)

        assert (answer.status_code, answer.json()["code"]) == (422, "trigger-reads-nothing")
        assert fault in answer.json()["detail"]

    @pytest.mark.parametrize("is_foreign", [True, False])
    async def test_that_stands_misspelt_in_the_table_stops_nobody_else(
        self, district: District, people: People, is_foreign: bool
    ) -> None:
        """Another district's catalogue, or one's own that has not begun."""
        draft = await self.misspelt(people, "毒版", {"subject": "membre_id"})
        smuggle = "UPDATE catalogues SET state = 'published', published_at = now(), root_id = :root WHERE id = :id"
        async with app_transaction(district.app) as db:
            await db.execute(text(smuggle), {"id": draft["id"], "root": uuid7() if is_foreign else district.root})

        await district.meeting(people.branch, [people.member_id])

        assert [code for code, _, _ in await district.entries(people.member_id)] == ["M01"]


class TestTheSuperiorsComment:
    """O53 had no source: a catalogue loaded before has one after the migration, and its points stay."""

    def test_is_given_a_source_where_the_catalogue_was_loaded_before(self, make_database: MakeDatabase) -> None:
        database = make_database("scoring")
        config = migrations.config(ROOT / "services" / "scoring" / "migrations", database.owner_url)

        command.downgrade(config, "0013")
        before = comment_indicator(database)
        command.upgrade(config, "head")

        assert before == ("none", 0, "1.00", "2.00")
        assert comment_indicator(database) == ("event", 2, "1.00", "2.00")


def comment_indicator(database: Database) -> tuple[Any, ...]:
    query = (
        "SELECT earning, jsonb_array_length(triggers), points::numeric(8, 2)::text, annual_cap::numeric(8, 2)::text "
        "FROM indicators WHERE code = 'O53'"
    )
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        [found] = owner.execute(query).fetchall()
    return tuple(found)
