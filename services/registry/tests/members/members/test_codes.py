"""Ethnicity, education and degree by national code lists: in requests, imports, exports, and what was there before."""

from typing import Any

import psycopg
import pytest
from alembic import command

from deploy.launcher.provision import conninfo
from hosting import migrations
from registry.members.members.kinds import Degree, Education, Ethnicity
from services.registry.tests.workbooks import person, sheet
from tests.support.databases import ROOT, MakeDatabase

pytestmark = pytest.mark.anyio
BEFORE = "0007"


class TestCodes:
    def test_are_those_of_the_standards(self) -> None:
        assert [one.value for one in Ethnicity] == [*(f"{number:02}" for number in range(1, 57)), "97", "98"]
        labels = {one.value: one.label for one in Ethnicity}
        assert (labels["01"], labels["15"], labels["56"]) == ("汉族", "土家族", "基诺族")
        labels = {one.value: one.label for one in Education}
        assert (labels["21"], labels["31"], labels["61"]) == ("大学本科毕业", "大学专科毕业", "普通高中毕业")
        assert [(one.value, one.label) for one in Degree] == [
            ("1", "名誉博士"), ("2", "博士"), ("3", "硕士"), ("4", "学士"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("written", "kind", "code"),
        [("汉族", Ethnicity, "01"), ("1", Ethnicity, "01"), ("本科", Education, "20"), ("31", Education, "31")],
    )
    def test_are_found_by_code_name_and_usual_name(self, written: str, kind: Any, code: str) -> None:
        assert kind.named(written).value == code

    async def test_of_a_member_are_written_filtered_exported_and_named(self, registers: Any) -> None:
        branch = (await registers.district()).branches[0]
        office = await registers.office("district_officer", branch)
        member = await registers.member(branch, ethnicity="15", education="21", degree="4")
        await registers.member(branch, ethnicity="01")

        assert (member["ethnicity"], member["education"], member["degree"]) == ("15", "21", "4")
        found = (await office.get("/members", ethnicity="15", education="21", degree="4")).json()["items"]
        assert [one["id"] for one in found] == [member["id"]]
        exported = (await office.get("/members/export", format="csv", ethnicity="15")).content.decode("utf-8-sig")
        assert "土家族,大学本科毕业,学士" in exported
        terms = (await office.get("/vocabulary")).json()["terms"]
        assert {"value": "15", "label": "土家族"} in terms["ethnicity"]
        assert {"education", "degree"} <= terms.keys()

    async def test_refuse_what_is_no_code(self, registers: Any) -> None:
        branch = (await registers.district()).branches[0]
        office = await registers.office("district_officer", branch)
        member = await registers.member(branch)
        for fields in ({"ethnicity": "汉族"}, {"education": "99"}, {"degree": "学士"}):
            assert (await office.patch(f"/members/{member['id']}", fields, version=1)).status_code == 422, fields

    async def test_change_with_their_names_in_the_history(self, registers: Any) -> None:
        branch = (await registers.district()).branches[0]
        office = await registers.office("district_officer", branch)
        member = await registers.member(branch, education="61")
        await office.patch(f"/members/{member['id']}", {"education": "31"}, version=1)

        [line] = (await office.get(f"/members/{member['id']}/history")).json()["items"]
        assert (line["title"], line["old"], line["new"]) == ("学历", "普通高中毕业", "大学专科毕业")

    async def test_are_imported_by_name_or_code_and_refused_row_by_row(self, registers: Any) -> None:
        branch = (await registers.district()).branches[0]
        office = await registers.office("district_officer", branch)
        rows = [
            person(branch, 0, 民族="回族", 学历="大学本科", 学位="学士"),
            person(branch, 1, 民族="03", 学历="21"),
            person(branch, 2, 民族="火星族", 学历="很高", 学位="院士"),
        ]

        done = await registers.imported(office, "members", sheet("members", *rows), mode="valid_rows")

        members = (await office.get("/members", sort="name")).json()["items"]
        kept = sorted((one["ethnicity"], one["education"], one["degree"] or "") for one in members)
        assert kept == [("03", "20", "4"), ("03", "21", "")]
        faults = {(one["row"], one["column"]) for one in await registers.faults(office, done)}
        assert faults == {(4, "民族"), (4, "学历"), (4, "学位")}


class TestWhatWasWrittenBefore:
    def test_is_coded_where_the_lists_know_it_and_kept_where_not(self, make_database: MakeDatabase) -> None:
        database, folder = make_database("registry"), ROOT / "services" / "registry" / "migrations"
        settings = migrations.config(folder, database.owner_url)
        command.downgrade(settings, BEFORE)
        with psycopg.connect(conninfo(database.owner_url)) as owner:
            owner.execute(
                "INSERT INTO party_organizations (id, code, name, search_keys, kind, level, root_id, path,"
                " is_directly_managed, founded_on, is_active, version) SELECT id, '9901001000001', '区委', '{}',"
                " 'district_committee', 1, id, '0001/', false, '2020-01-01', true, 1 FROM gen_random_uuid() AS id"
            )
            for number, written in enumerate((("回族", "大学本科"), ("回 民", "上过学"), (None, None))):
                owner.execute(
                    "INSERT INTO members (id, name, search_keys, id_number_sealed, id_number_index, birth_on, sex,"
                    " ethnicity, education, stage, organization_id, root_id, is_active, version)"
                    " SELECT gen_random_uuid(), '某', '{}', '', %s, '1990-01-01', 'male', %s, %s, 'formal', id, id,"
                    " true, 1 FROM party_organizations",
                    (bytes([number]), *written),
                )

        command.upgrade(settings, "head")

        with psycopg.connect(conninfo(database.owner_url)) as owner:
            columns = "ethnicity_code, education_code, ethnicity, education"
            kept = owner.execute(f"SELECT {columns} FROM members ORDER BY id_number_index").fetchall()  # noqa: S608 - constant
        assert kept == [("03", "20", "回族", "大学本科"), (None, None, "回 民", "上过学"), (None, None, None, None)]
