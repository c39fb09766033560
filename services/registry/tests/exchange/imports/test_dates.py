"""One rule set for dates, typed or imported: the request names the field, the report row, column and rule."""

from datetime import date
from typing import Any

import pytest

from demo.district.codes import id_number
from services.registry.tests.workbooks import NUMBERS, Values, branch, company, person, sheet

pytestmark = pytest.mark.anyio
AHEAD = "2099-07-01"
LEAP = id_number("990100", date(1988, 2, 29), 1)
AGE = "不能早于年满 18 周岁之日"
MEMBERS = [
    ("joined_on", "入党日期", {"joined_on": "1998-02-02"}, AGE),
    ("joined_on", "入党日期", {"joined_on": "1979-07-01"}, AGE),
    ("joined_on", "入党日期", {"joined_on": AHEAD}, "不能晚于今天"),
    ("confirmed_on", "转正日期", {"confirmed_on": "1998-02-02"}, AGE),
    ("confirmed_on", "转正日期", {"joined_on": "2010-07-01", "confirmed_on": "2010-06-30"}, "不能早于入党日期"),
    ("confirmed_on", "转正日期", {"confirmed_on": AHEAD}, "不能晚于今天"),
]
ORGANIZATIONS = [
    ("founded_on", "成立日期", {"founded_on": AHEAD}, "不能晚于今天"),
    ("term_ends_on", "届满日期", {"founded_on": "2020-01-01", "term_ends_on": "2020-01-01"}, "须晚于成立日期"),
]
POSTS = [
    ("valid_from", "任职日期", {"valid_from": "2015-06-30"}, "不能早于组织的成立日期"),
    ("valid_from", "任职日期", {"valid_from": "2016-06-30"}, "不能早于本人的入党日期"),
    ("valid_to", "届满日期", {"valid_from": "2020-01-01", "valid_to": "2020-01-01"}, "须晚于任职日期"),
]
HEADINGS = {
    "joined_on": "入党日期",
    "confirmed_on": "转正日期",
    "founded_on": "成立日期",
    "term_ends_on": "届满日期",
    "valid_from": "任职日期",
    "valid_to": "届满日期",
}


def in_workbook(fields: dict[str, str]) -> Values:
    return {HEADINGS[name]: day for name, day in fields.items()}


def typed(answer: Any) -> list[tuple[str, str]]:
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-dates"), answer.text
    return [(one["pointer"], one["message"]) for one in answer.json()["errors"]]


class TestDates:
    @pytest.mark.parametrize(("field", "column", "fields", "rule"), MEMBERS)
    async def test_of_a_member_are_judged_alike(
        self, registers: Any, field: str, column: str, fields: dict[str, str], rule: str
    ) -> None:
        district = await registers.district()
        office, here = await registers.office("district_officer", district.root), district.branches[0]
        body = {"name": "李明", "id_number": NUMBERS[0], "stage": "formal", "organization_id": here["id"]}

        answer = await office.post("/members", body | fields)
        row = person(here, 0, **{"入党日期": None, **in_workbook(fields)})
        done = await registers.imported(office, "members", sheet("members", row))

        assert typed(answer) == [(f"/body/{field}", column + rule)]
        assert await named(registers, office, done) == [(2, column, column + rule)]

    @pytest.mark.parametrize(("field", "column", "fields", "rule"), ORGANIZATIONS)
    async def test_of_an_organization_are_judged_alike(
        self, registers: Any, field: str, column: str, fields: dict[str, str], rule: str
    ) -> None:
        district = await registers.district()
        office, town = await registers.office("district_officer", district.root), district.towns[0]
        body = {"name": "新支部", "kind": "branch", "parent_id": town["id"], "founded_on": "2020-01-01"}

        answer = await office.post("/organizations", body | fields)
        done = await registers.imported(
            office, "organizations", sheet("organizations", branch(town) | in_workbook(fields))
        )

        assert typed(answer) == [(f"/body/{field}", column + rule)]
        assert await named(registers, office, done) == [(2, column, column + rule)]

    @pytest.mark.parametrize(("field", "column", "fields", "rule"), POSTS)
    async def test_of_a_post_are_judged_alike(
        self, registers: Any, field: str, column: str, fields: dict[str, str], rule: str
    ) -> None:
        district = await registers.district()
        office, here = await registers.office("district_officer", district.root), district.branches[0]
        joined_on = "2010-07-01" if fields["valid_from"] < here["founded_on"] else "2016-07-01"
        member = await registers.member(here, id_number=NUMBERS[0], joined_on=joined_on)
        body = {"member_id": member["id"], "organization_id": here["id"], "kind": "committee_member"}
        row = {
            "姓名": "王小明",
            "公民身份号码": NUMBERS[0],
            "职务": "委员",
            "组织代码": here["code"],
            **in_workbook(fields),
        }

        answer = await office.post("/posts", body | fields)
        done = await registers.imported(office, "posts", sheet("posts", row))

        assert typed(answer) == [(f"/body/{field}", column + rule)]
        assert await named(registers, office, done) == [(2, column, column + rule)]

    async def test_of_a_post_may_be_the_day_of_founding_and_of_joining(self, registers: Any) -> None:
        district = await registers.district()
        office, here = await registers.office("district_officer", district.root), district.branches[0]
        await registers.member(here, id_number=NUMBERS[0], joined_on=here["founded_on"])
        post = {"姓名": "王小明", "公民身份号码": NUMBERS[0], "职务": "委员", "组织代码": here["code"]}

        done = await registers.imported(office, "posts", sheet("posts", {**post, "任职日期": here["founded_on"]}))

        assert done["state"] == "published"

    async def test_of_an_instructor_are_judged_alike(self, registers: Any) -> None:
        district = await registers.district()
        office, town = await registers.office("district_officer", district.root), district.towns[0]
        body = {"name": "李明", "id_number": LEAP, "organization_id": town["id"]}
        row = {"姓名": "李明", "公民身份号码": LEAP, "职务": "党建指导员", "组织代码": town["code"]}

        young = await office.post("/instructors", body | {"engaged_on": "2006-02-28"})
        short = await office.post("/instructors", body | {"engaged_on": "2020-01-01", "released_on": "2020-01-01"})
        rows = [row | {"任职日期": "2006-02-28"}, row | {"任职日期": "2020-01-01", "届满日期": "2020-01-01"}]
        done = await registers.imported(office, "posts", sheet("posts", *rows))
        adult = await office.post("/instructors", body | {"engaged_on": "2006-03-01"})

        assert [*typed(young), *typed(short)] == [
            ("/body/engaged_on", "任职日期" + AGE),
            ("/body/released_on", "届满日期须晚于任职日期"),
        ]
        assert await named(registers, office, done) == [
            (2, "任职日期", "任职日期" + AGE),
            (3, "届满日期", "届满日期须晚于任职日期"),
        ]
        assert adult.status_code == 201

    async def test_of_a_service_do_not_begin_before_the_instructors_own(self, registers: Any) -> None:
        district = await registers.district()
        office, town = await registers.office("district_officer", district.root), district.towns[0]
        unit = await registers.unit(town)
        body = {"name": "李明", "id_number": LEAP, "organization_id": town["id"], "engaged_on": "2020-01-02"}
        made = await office.made("/instructors", **body)
        row = {"姓名": "李明", "公民身份号码": LEAP, "职务": "党建指导员", "服务单位代码": unit["code"]}
        service = {"instructor_id": made["id"], "unit_id": unit["id"]}

        answer = await office.post("/instructor-assignments", service | {"valid_from": "2020-01-01"})
        done = await registers.imported(office, "posts", sheet("posts", row | {"任职日期": "2020-01-01"}))
        on_time = await office.post("/instructor-assignments", service | {"valid_from": "2020-01-02"})

        assert typed(answer) == [("/body/valid_from", "起始日期不能早于指导员的任职日期")]
        assert await named(registers, office, done) == [(2, "任职日期", "起始日期不能早于指导员的任职日期")]
        assert on_time.status_code == 201

    @pytest.mark.parametrize(("day", "rule"), [("2015-06-30", "不能早于覆盖组织的成立日期"), (AHEAD, "不能晚于今天")])
    async def test_of_coverage_are_judged_alike(self, registers: Any, day: str, rule: str) -> None:
        district = await registers.district()
        office, here = await registers.office("district_officer", district.root), district.branches[0]
        unit = await registers.unit(district.towns[0])
        link = {"organization_id": here["id"], "mode": "single", "valid_from": day}
        row = company(district.towns[0], 77, 覆盖组织代码=here["code"], 组建模式="单独组建", 覆盖起始日期=day)

        answer = await office.post(f"/units/{unit['id']}/coverage-links", link)
        done = await registers.imported(office, "units", sheet("units", row))

        assert typed(answer) == [("/body/valid_from", "覆盖起始日期" + rule)]
        assert await named(registers, office, done) == [(2, "覆盖起始日期", "覆盖起始日期" + rule)]

    async def test_are_judged_with_those_that_a_correction_leaves_as_they_are(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        made = await registers.member(
            district.branches[0], id_number=NUMBERS[0], joined_on="2010-07-01", confirmed_on="2011-07-01"
        )
        here = f"/members/{made['id']}"

        tried = [
            await office.patch(here, body, version=made["version"])
            for body in ({"joined_on": "2011-07-02"}, {"left_on": "2011-06-30"}, {"left_on": AHEAD})
        ]
        term = await office.patch(
            f"/organizations/{district.branches[0]['id']}", {"term_ends_on": "2015-07-01"}, version=1
        )

        assert [reason for one in [*tried, term] for _, reason in typed(one)] == [
            "转正日期不能早于入党日期",
            "离开日期不能早于转正日期",
            "离开日期不能晚于今天",
            "届满日期须晚于成立日期",
        ]

    async def test_that_were_wrong_before_hinder_no_correction_of_something_else(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        made = await registers.member(district.branches[0], id_number=NUMBERS[0])
        registers.rows("UPDATE members SET joined_on = '1985-07-01' WHERE id = %s RETURNING 1", made["id"])

        renamed = await office.patch(f"/members/{made['id']}", {"name": "李明"}, version=made["version"])

        assert renamed.status_code == 200


async def named(registers: Any, office: Any, done: Any) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["reason"]) for one in await registers.faults(office, done)]
