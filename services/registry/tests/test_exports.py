"""Every XLSX file of the registry, as an official opens it."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

pytestmark = pytest.mark.anyio
DAY, INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
Line = dict[str, Any]


async def opened(office: Any, path: str, **query: str) -> tuple[Line, ...]:
    """The lines of a file by heading; dates are dates, nothing is a formula, no heading is empty."""
    answer = await office.get(f"{path}/export", format="xlsx", **query)
    assert answer.status_code == 200, answer.text
    sheet = load_workbook(io.BytesIO(answer.content)).active
    headings, *lines = list(sheet.iter_rows())
    names = [str(cell.value or "").strip() for cell in headings]
    assert all(names), f"{path}: {names}"
    assert len(set(names)) == len(names), f"{path}: {names}"
    assert lines, path
    for line in lines:
        for cell, heading in zip(line, names, strict=True):
            assert cell.data_type != "f", f"{path}: {heading}"
            if isinstance(cell.value, datetime):
                shape = DAY if cell.value == datetime.combine(cell.value, datetime.min.time()) else INSTANT
                assert cell.number_format.startswith(shape), f"{path}: {heading} {cell.number_format}"
            if heading.endswith("日期") and cell.value is not None:
                assert cell.is_date, f"{path}: {heading} {cell.value!r}"
    return tuple({name: cell.value for name, cell in zip(names, line, strict=True)} for line in lines)


@pytest.fixture
async def filled(registers: Any) -> tuple[Any, Any, Any]:
    """A district with one of each thing in its first town, its officer, and what was made."""
    district = await registers.district()
    officer = await registers.office("district_officer", district.root)
    town, branch = district.towns[0], district.branches[0]
    unit = await registers.unit(town, name="=鲲鹏电子", mass_organizations=["women", "union"], staff_count=62)
    link = {"organization_id": branch["id"], "mode": "regional", "valid_from": "2021-01-01"}
    await officer.made(f"/units/{unit['id']}/coverage-links", **link)
    spot = await registers.unit(branch)
    member = await registers.member(
        branch, name="欧阳知秋", unit_id=unit["id"], phone="13900001234", joined_on="2011-07-01"
    )
    held = {"member_id": member["id"], "organization_id": branch["id"], "kind": "secretary"}
    await officer.made("/posts", **held, valid_from="2022-01-01")
    person = {"name": "赵指导", "id_number": registers.id_number(), "source": "sent", "engaged_on": "2022-01-01"}
    instructor = await officer.made("/instructors", **person, organization_id=town["id"])
    serving = {"instructor_id": instructor["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
    await officer.made("/instructor-assignments", **serving)
    await officer.made("/coverage-reports", organization_id=town["id"], title="年度报告", as_of="2025-01-01")
    return district, officer, {"unit": unit, "spot": spot, "member": member, "instructor": instructor}


class TestExport:
    async def test_of_organizations_names_superior_and_secretary(self, filled: Any) -> None:
        district, officer, made = filled

        lines = {line["组织代码"]: line for line in await opened(officer, "/organizations")}

        branch = lines[district.branches[0]["code"]]
        assert (branch["上级组织"], branch["书记"]) == (district.towns[0]["name"], made["member"]["name"])
        assert (branch["成立日期"].date(), branch["直管"], branch["层级"]) == (date(2015, 7, 1), "否", 4)
        assert lines[district.root["code"]]["上级组织"] is None
        assert lines[district.branches[1]["code"]]["书记"] is None

    async def test_of_units_names_town_covering_organisation_and_mode(self, filled: Any) -> None:
        district, officer, made = filled

        lines = {line["统一社会信用代码"]: line for line in await opened(officer, "/units")}

        covered, spot = lines[made["unit"]["code"]], lines[made["spot"]["code"]]
        town, branch = district.towns[0]["name"], district.branches[0]["name"]
        assert (covered["镇街"], covered["属地组织"], covered["覆盖的党组织"]) == (town, town, branch)
        assert (covered["组建模式"], covered["组织类型"], covered["职工人数"]) == ("区域联建", "新经济组织", 62)
        assert covered["群团组织"] == "工会、妇女组织"
        assert (spot["镇街"], spot["属地组织"], spot["覆盖的党组织"]) == (town, branch, None)

    async def test_of_members_names_organisation_and_unit_and_keeps_its_masks(self, filled: Any) -> None:
        district, officer, made = filled

        [line] = await opened(officer, "/members")

        assert (line["所在组织"], line["工作单位"]) == (district.branches[0]["name"], line["工作单位"])
        assert str(line["工作单位"]).endswith("鲲鹏电子")
        assert line["入党日期"].date() == date(2011, 7, 1)
        assert line["公民身份号码(部分隐藏)"] == made["member"]["id_number_masked"]
        assert "*" in line["公民身份号码(部分隐藏)"]
        assert line["手机号(部分隐藏)"].startswith("139")
        assert "*" in line["手机号(部分隐藏)"]

    async def test_of_posts_instructors_and_assignments_names_people_and_places(self, filled: Any) -> None:
        district, officer, _ = filled

        [post] = await opened(officer, "/posts")
        [instructor] = await opened(officer, "/instructors")
        [assignment] = await opened(officer, "/instructor-assignments")

        assert (post["姓名"], post["党组织"], post["职务"]) == ("欧阳知秋", district.branches[0]["name"], "书记")
        assert (instructor["姓名"], instructor["选派组织"]) == ("赵指导", district.towns[0]["name"])
        assert "*" in instructor["公民身份号码(部分隐藏)"]
        assert assignment["党建指导员"] == "赵指导"
        assert assignment["服务单位"].endswith("鲲鹏电子")

    async def test_of_reports_and_white_spots_has_figures_and_names(self, filled: Any) -> None:
        district, officer, made = filled
        town = district.towns[0]

        [report] = await opened(officer, "/coverage-reports")
        [spot] = await opened(officer, "/coverage/white-spots", organization_id=town["id"])

        assert (report["报告名称"], report["统计范围"]) == ("年度报告", town["name"])
        assert (report["单位总数(分母)"], report["组织覆盖率(%)"]) == (2, 50)
        assert (spot["单位名称"], spot["镇街"]) == (made["spot"]["name"], town["name"])

    async def test_of_accounts_and_grants_names_people_roles_and_places(self, registers: Any, filled: Any) -> None:
        district, _, made = filled
        security = await registers.office("security_administrator")
        person = {"username": "ouyang.zhiqiu", "member_id": made["member"]["id"]}
        account = await security.made("/accounts", **person)
        given = {"account_id": account["id"], "role": "town_officer", "organization_id": district.towns[0]["id"]}
        await security.made("/grants", **given, reason="分工")

        [line] = await opened(security, "/accounts")
        [grant] = await opened(security, "/grants")

        assert (line["用户名"], line["党员"], line["已激活"]) == ("ouyang.zhiqiu", "欧阳知秋", "否")
        assert line["所在组织"] == district.branches[0]["name"]
        assert (grant["用户名"], grant["姓名"], grant["角色"]) == ("ouyang.zhiqiu", "欧阳知秋", "镇街党委工作人员")
        assert grant["党组织"] == district.towns[0]["name"]

    async def test_of_imports_and_their_problems_says_what_went_wrong(self, registers: Any, filled: Any) -> None:
        _, officer, _ = filled
        done = await registers.imported(officer, "members", b"no workbook")

        [line] = await opened(officer, "/imports")
        problems = await opened(officer, f"/imports/{done['id']}/rows")

        assert (line["导入内容"], line["文件名"]) == ("党员", "表.xlsx")
        assert isinstance(line["上传时刻"], datetime)
        assert set(problems[0]) == {"工作表", "行", "列", "原因"}
        assert problems[0]["原因"]

    async def test_names_its_file_in_chinese_and_stays_on_record(self, registers: Any, filled: Any) -> None:
        _, officer, _ = filled

        answer = await officer.get("/units/export", format="csv", q="鲲鹏")

        assert "UTF-8''%E4%B8%A4%E6%96%B0%E7%BB%84%E7%BB%87.csv" in answer.headers["content-disposition"]
        [told] = registers.events("registry.export.made.v1")
        assert (told["operation"], told["rows"]) == ("export_units", 1)


class TestSearch:
    @pytest.mark.parametrize(
        ("path", "text"),
        [("/members", "知秋"), ("/posts", "欧阳"), ("/units", "鹏电"), ("/instructors", "赵指")],
    )
    async def test_finds_by_part_of_a_name_and_nothing_by_another(self, filled: Any, path: str, text: str) -> None:
        _, officer, _ = filled

        found, none = [(await officer.get(path, q=q, with_total="true")).json() for q in (text, "查无此名")]

        assert (found["total"], none["total"]) == (1, 0)

    async def test_finds_accounts_by_user_name_and_by_the_name_of_the_person(self, registers: Any, filled: Any) -> None:
        district, _, made = filled
        security = await registers.office("security_administrator")
        await security.made("/accounts", username="ouyang.zhiqiu", member_id=made["member"]["id"])
        await security.made("/accounts", username="somebody")

        queries = ({"q": "ZHIQIU"}, {"q": "知秋"}, {"under": district.towns[0]["id"]}, {"username": "Ouyang.Zhiqiu"})
        found = [(await security.get("/accounts", **query)).json()["items"] for query in queries]

        assert [[one["username"] for one in items] for items in found] == [["ouyang.zhiqiu"]] * 4
        assert (await security.get("/accounts", under=district.towns[1]["id"])).json()["items"] == []
