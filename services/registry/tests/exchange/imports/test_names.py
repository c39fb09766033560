"""Names and codes that look the same are one: kept, found, compared and imported alike."""

from typing import Any

import psycopg
import pytest
from alembic import command

from demo.district.codes import unit_code
from deploy.launcher.provision import conninfo
from hosting import migrations
from registry.names import search_keys
from services.registry.tests.workbooks import NUMBERS, Values, company, person, sheet
from tests.support.databases import ROOT, MakeDatabase

pytestmark = pytest.mark.anyio
SPELLINGS = [
    ("王\u200b五", "王五", "王五"),
    ("阿·买", "阿•买", "阿·买"),
    ("阿・买", "阿买", "阿·买"),
    ("张\u3000三", "张三", "张三"),
    ("李 四", "李四", "李四"),
    ("Ａnna Li", "annali", "Anna Li"),
]
POST: Values = {"职务": "委员", "任职日期": "2022-01-01"}


class TestNames:
    @pytest.mark.parametrize(("written", "typed", "kept"), SPELLINGS)
    async def test_are_kept_found_and_compared_in_one_form(
        self, registers: Any, written: str, typed: str, kept: str
    ) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        here = district.branches[0]

        made = await registers.member(here, name=written, id_number=NUMBERS[0])
        listed = (await office.get("/members", q=typed)).json()["items"]
        row = POST | {"姓名": typed, "公民身份号码": NUMBERS[0], "组织代码": here["code"]}
        done = await registers.imported(office, "posts", sheet("posts", row))

        assert made["name"] == kept
        assert [one["id"] for one in listed] == [made["id"]]
        assert (done["state"], await registers.faults(office, done)) == ("published", [])

    async def test_of_another_are_not_taken_for_it(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        await registers.member(district.branches[0], name="王五", id_number=NUMBERS[0])
        row = POST | {"姓名": "王六", "公民身份号码": NUMBERS[0], "组织代码": district.branches[0]["code"]}

        done = await registers.imported(office, "posts", sheet("posts", row))

        assert [one["reason"] for one in await registers.faults(office, done)] == ["没有这名党员,或姓名与登记不符"]

    @pytest.mark.parametrize("path", ["/members", "/organizations", "/units", "/instructors"])
    async def test_that_nobody_could_see_are_refused_by_the_character(self, registers: Any, path: str) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)

        answer = await office.post(path, {"name": "\u200b"})

        named = {one["pointer"]: one["message"] for one in answer.json()["errors"]}
        assert answer.status_code == 422
        assert "只有不可见的字符(U+200B)" in named["/body/name"]

    async def test_in_a_workbook_are_refused_by_row_and_column(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)

        done = await registers.imported(
            office, "members", sheet("members", person(district.branches[0], 姓名="\u200b\u2060"))
        )

        faults = [(one["row"], one["column"], one["reason"]) for one in await registers.faults(office, done)]
        assert faults == [(2, "姓名", "只有不可见的字符(U+200B),请重新填写")]


class TestCodes:
    async def test_of_a_workbook_are_kept_without_what_nobody_sees(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        here, code = district.branches[0], unit_code("990100", "非公企业", 1)
        hidden = {"code": here["code"][:6] + " " + here["code"][6:] + "\u200b"}

        units = sheet("units", company(here, 1, 统一社会信用代码=f"\ufeff{code[:8]} {code[8:]}"))
        members = sheet("members", person(hidden, 0, 公民身份号码=f" {NUMBERS[0]}\u202c", 工作单位代码=code + "\u200b"))
        done = [await registers.imported(office, "units", units), await registers.imported(office, "members", members)]

        assert [one["state"] for one in done] == ["published", "published"]
        assert [one["code"] for one in (await office.get("/units", q="某厂")).json()["items"]] == [code]
        (member,) = (await office.get("/members", q="李明")).json()["items"]
        assert (member["organization_id"], member["unit_name"]) == (here["id"], "某厂")

    async def test_of_a_request_are_one_with_those_of_a_workbook(self, registers: Any) -> None:
        district = await registers.district()
        here = district.branches[0]
        await registers.member(here, id_number=NUMBERS[0])
        office = await registers.office("district_officer", district.root)
        body = {"name": "某", "id_number": f"{NUMBERS[0]}\u202c", "stage": "formal", "organization_id": here["id"]}

        again = await office.post("/members", body)

        assert (again.status_code, again.json()["code"]) == (409, "id-number-taken")


class TestRenewal:
    def test_of_search_keys_leaves_names_as_they_are_and_plain_ones_alone(self, make_database: MakeDatabase) -> None:
        database = make_database("registry")
        folder = migrations.config(ROOT / "services/registry/migrations", database.owner_url)
        names = {
            "4403": "中共某 \uff08深圳\uff09公司支部",
            "4404": "某区委",
            "4405": "阿•买\u200b支部",
            "4406": "a\x7fb",
        }
        command.downgrade(folder, "0004")
        with psycopg.connect(conninfo(database.owner_url)) as owner:
            for step, name in names.items():
                owner.execute(
                    "INSERT INTO party_organizations (id, code, name, search_keys, kind, level, root_id, path,"
                    " is_directly_managed, founded_on, is_active, version) SELECT id, %s, %s, '{old}',"
                    " 'district_committee', 1, id, %s, false, '2020-01-01', true, 1 FROM gen_random_uuid() AS id",
                    (f"{step}{0:09d}", name, f"{step}/"),
                )

        command.upgrade(folder, "head")

        with psycopg.connect(conninfo(database.owner_url)) as owner:
            kept: dict[str, list[str]] = dict(
                owner.execute("SELECT name, search_keys FROM party_organizations").fetchall()
            )
        assert kept == {
            "中共某 \uff08深圳\uff09公司支部": search_keys("中共某(深圳)公司支部"),
            "某区委": ["old"],
            "阿•买\u200b支部": search_keys("阿买支部"),
            "a\x7fb": search_keys("a b"),
        }
