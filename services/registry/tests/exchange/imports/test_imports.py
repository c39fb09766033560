import asyncio
from typing import Any
from uuid import UUID

import pytest

from demo.district.codes import organization_code, unit_code
from registry.exchange.imports.models import ImportKind
from registry.exchange.imports.workbooks import TEMPLATES
from registry.kinds import known
from services.registry.tests.workbooks import NUMBERS, TOWN_CODE, Values, branch, company, person, sheet, with_cell
from sheets import read_rows

pytestmark = pytest.mark.anyio


class TestImport:
    async def test_is_for_the_district_and_the_system_administrator(self, registers: Any) -> None:
        district = await registers.district()

        for role in ("town_officer", "branch_secretary", "member", "security_administrator"):
            office = await registers.office(role, district.root)
            assert (await office.upload("members", b"x")).status_code == 403

    @pytest.mark.parametrize("kind", [kind.value for kind in ImportKind])
    async def test_template_has_the_headings_it_asks_for(self, registers: Any, kind: str) -> None:
        office = await registers.administrator()

        answer = await office.get(f"/imports/{kind}/template")

        template = TEMPLATES[known(ImportKind, kind)]
        with pytest.raises(StopIteration):
            next(await asyncio.to_thread(read_rows, answer.content, template))

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"not a workbook", "不是 XLSX 工作簿"),
            (sheet("units"), "缺少名为“党员”的工作表"),
            (sheet("members", title="别的"), "缺少名为“党员”的工作表"),
        ],
    )
    async def test_of_what_is_no_such_workbook_is_refused_as_a_whole(
        self, registers: Any, content: bytes, reason: str
    ) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)

        done = await registers.imported(office, "members", content)

        assert done["state"] == "refused"
        assert [(one["row"], one["reason"]) for one in await registers.faults(office, done)] == [(0, reason)]

    @pytest.mark.parametrize("written", ["number", "formula"])
    async def test_id_number_that_is_no_text_is_refused_by_row_and_column(self, registers: Any, written: str) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)

        def write(page: Any, place: int) -> None:
            if written == "number":
                page.write_number(1, place, int(NUMBERS[0][:17] + "0"))
            else:
                page.write_formula(1, place, f'="{NUMBERS[0]}"')

        content = with_cell("members", "公民身份号码", write, person(district.branches[0]))
        done = await registers.imported(office, "members", content)

        (fault,) = await registers.faults(office, done)
        assert (done["state"], fault["sheet"], fault["row"]) == ("refused", "党员", 2)
        assert fault["column"] in {"公民身份号码", "B"}
        assert NUMBERS[0][:15] not in str(fault)

    async def test_names_every_wrong_row_and_writes_none(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        here = district.branches[0]
        known = await registers.member(here, id_number=NUMBERS[9])
        rows = [
            person(here, 1),
            person(here, 1),
            person(here, 9),
            person({"code": "9901005999999"}, 2),
            person(here, 3, 公民身份号码=NUMBERS[3][:-1] + ("1" if NUMBERS[3][-1] != "1" else "2")),
            person(here, 4, 手机号="123"),
            person(here, 5, 党员类别="群众"),
            person(here, 6, 转正日期="2009-07-01"),
            person(here, 7, 工作单位代码=unit_code("990100", "非公企业", 77)),
            person(here, 8, 入党日期="2010-02-30", 姓名=None),
        ]

        done = await registers.imported(office, "members", sheet("members", *rows))

        found = {(one["row"], one["column"]) for one in await registers.faults(office, done)}
        assert (done["state"], done["row_count"], done["wrong_count"], done["published_count"]) == ("refused", 10, 9, 0)
        assert found == {
            (3, "公民身份号码"),
            (4, "公民身份号码"),
            (5, "所在组织代码"),
            (6, "公民身份号码"),
            (7, "手机号"),
            (8, "党员类别"),
            (9, "转正日期"),
            (10, "工作单位代码"),
            (11, "入党日期"),
            (11, "姓名"),
        }
        assert registers.rows("SELECT id::text FROM members") == [(known["id"],)]
        assert registers.rows("SELECT count(*) FROM import_rows") == [(0,)]

    async def test_of_valid_rows_writes_the_right_ones_only(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        rows = [
            person(district.branches[0], 1),
            person(district.branches[0], 2, 手机号="1"),
            person(district.branches[1], 3),
        ]

        done = await registers.imported(office, "members", sheet("members", *rows), mode="valid_rows")

        assert (done["state"], done["published_count"], done["wrong_count"]) == ("published", 2, 1)
        members = (await office.get("/members")).json()["items"]
        assert {one["organization_id"] for one in members} == {one["id"] for one in district.branches}
        assert len(registers.events("registry.member.changed.v2")) == 2

    async def test_as_a_trial_writes_nothing(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        content = sheet("members", person(district.branches[0]))

        trial = await registers.imported(office, "members", content, dry_run=True)
        real = await registers.imported(office, "members", content)

        assert (trial["state"], trial["published_count"], trial["checked_count"]) == ("checked", 0, 1)
        assert (real["state"], real["published_count"]) == ("published", 1)

    async def test_of_the_same_file_twice_is_recognised(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        content = sheet("members", person(district.branches[0]))

        answers = await asyncio.gather(*(office.upload("members", content) for _ in range(3)))

        assert sorted(one.status_code for one in answers) == [202, 409, 409]
        assert {one.json()["code"] for one in answers if one.status_code == 409} == {"workbook-already-imported"}

    async def test_run_twice_writes_once(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        done = await registers.imported(office, "members", sheet("members", person(district.branches[0])))

        await registers.finish(done["id"])

        assert registers.rows("SELECT count(*) FROM members") == [(1,)]

    async def test_keeps_no_clear_copy_of_the_file(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        content = sheet("members", person(district.branches[0]))

        opened = await office.upload("members", content)

        stored = registers.rows("SELECT file_sealed FROM imports")[0][0]
        assert content[:64] not in stored
        await registers.finish(opened.json()["id"])
        assert registers.rows("SELECT file_sealed FROM imports") == [(None,)]

    async def test_reaches_no_further_than_its_officer(self, registers: Any) -> None:
        district, other = await registers.district(), await registers.district()
        office = await registers.office("district_officer", district.root)
        colleague = await registers.office("district_officer", other.root)

        members = await registers.imported(office, "members", sheet("members", person(other.branches[0])))
        units = await registers.imported(office, "units", sheet("units", company(other.towns[0])))
        branches = await registers.imported(office, "organizations", sheet("organizations", branch(other.towns[0])))

        for done, column in ((members, "所在组织代码"), (units, "属地组织代码"), (branches, "上级组织代码")):
            assert [one["column"] for one in await registers.faults(office, done)] == [column]
            assert (await colleague.get(f"/imports/{done['id']}")).status_code == 404
            assert (await colleague.get(f"/imports/{done['id']}/rows/export")).status_code == 404


class TestOrganizationsImport:
    async def test_refuses_what_cannot_stand_and_all_below_it(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        town, ring = district.towns[0], [branch(district.towns[0], number) for number in (1, 2)]
        ring[0]["上级组织代码"], ring[1]["上级组织代码"] = ring[1]["组织代码"], ring[0]["组织代码"]
        wrong = branch(district.root, 3)
        rows = [
            *ring,
            wrong,
            branch(
                {"code": wrong["组织代码"]}, 4, 组织类型="党小组", 组织代码=organization_code("990100", "党小组", 4)
            ),
            branch(town, 5, 直管="是"),
            branch(town, 6, 组织代码=district.branches[0]["code"]),
            branch(town, 7, 上级组织代码=None),
            branch(town, 8, 成立日期="2099-01-01"),
            branch(town, 9, 组织代码="9901005000019"),
            branch(town, 10),
        ]

        done = await registers.imported(office, "organizations", sheet("organizations", *rows))

        found = {(one["row"], one["column"]) for one in await registers.faults(office, done)}
        assert done["state"] == "refused"
        assert found == {
            (2, "上级组织代码"),
            (3, "上级组织代码"),
            (4, "组织类型"),
            (5, "上级组织代码"),
            (6, "直管"),
            (7, "组织代码"),
            (8, "上级组织代码"),
            (9, "成立日期"),
            (10, "组织代码"),
        }

    async def test_takes_parents_from_below_in_the_same_sheet(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        town = branch(district.work, 1, 组织代码=TOWN_CODE, 组织类型="党委", 依托="镇街")
        rows = [branch({"code": TOWN_CODE}, 2, 示范点级别="市级"), town]

        done = await registers.imported(office, "organizations", sheet("organizations", *rows))

        assert done["state"] == "published", await registers.faults(office, done)
        listed = (await office.get("/organizations", q="新支部")).json()["items"]
        assert [(one["level"], one["kind"]) for one in listed] == [(3, "committee"), (4, "branch")]
        assert listed[1]["path"].startswith(listed[0]["path"])
        again = await registers.organization("branch", listed[0])
        assert again["path"] != listed[1]["path"]


class TestPostsImport:
    async def test_names_what_does_not_fit(self, registers: Any) -> None:
        district = await registers.district()
        office = await registers.office("district_officer", district.root)
        here = district.branches[0]
        await registers.member(here, id_number=NUMBERS[1], name="李明")
        await registers.member(here, id_number=NUMBERS[2], name="李明", stage="applicant")
        await registers.member(here, id_number=NUMBERS[3], name="李明")
        post: Values = {"姓名": "李明", "职务": "书记", "组织代码": here["code"], "任职日期": "2022-01-01"}
        rows = [
            post | {"公民身份号码": NUMBERS[1]},
            post | {"公民身份号码": NUMBERS[3]},
            post | {"公民身份号码": NUMBERS[2], "职务": "委员"},
            post | {"公民身份号码": NUMBERS[4], "职务": "委员"},
            post | {"公民身份号码": NUMBERS[1], "职务": "委员", "姓名": "王明"},
            post | {"公民身份号码": NUMBERS[1], "职务": "委员", "组织代码": "9901005999999"},
            post | {"公民身份号码": NUMBERS[1], "职务": "委员", "届满日期": "2021-01-01"},
            post | {"公民身份号码": NUMBERS[5], "职务": "党建指导员", "服务单位代码": "91990100MA99000012"},
        ]

        done = await registers.imported(office, "posts", sheet("posts", *rows), mode="valid_rows")

        found = {(one["row"], one["column"]) for one in await registers.faults(office, done)}
        assert (done["state"], done["published_count"]) == ("published", 1)
        assert found == {
            (3, "职务"),
            (4, "公民身份号码"),
            (5, "公民身份号码"),
            (6, "公民身份号码"),
            (7, "组织代码"),
            (8, "届满日期"),
            (9, "服务单位代码"),
        }
        assert [one["kind"] for one in registers.events("registry.post.changed.v1")] == ["secretary"]

    async def test_knows_nobody_of_another_district_and_no_post_of_ones_own(self, registers: Any) -> None:
        home, abroad = await registers.district(), await registers.district()
        here, person_id = home.branches[0], (await registers.member(home.branches[0], id_number=NUMBERS[1]))["id"]
        await registers.member(abroad.branches[0], id_number=NUMBERS[2], name="李明", stage="applicant")
        stranger = await registers.office("district_officer", abroad.root)
        body = {"name": "李明", "id_number": NUMBERS[3], "engaged_on": "2022-01-01"}
        await stranger.made("/instructors", **body, organization_id=abroad.towns[0]["id"])
        unit = await registers.unit(home.towns[0])
        security = await registers.office("security_administrator")
        opened = await security.made("/accounts", username="officer", member_id=person_id)
        account = UUID(opened["id"])
        office = await registers.office("district_officer", home.root, person=person_id, account=account)
        post: Values = {"姓名": "李明", "职务": "委员", "组织代码": here["code"], "任职日期": "2022-01-01"}
        instructor = post | {"职务": "党建指导员", "服务单位代码": unit["code"]}
        rows = [
            post | {"公民身份号码": NUMBERS[1], "姓名": "王小明"},
            post | {"公民身份号码": NUMBERS[2]},
            instructor | {"公民身份号码": NUMBERS[3]},
            instructor | {"公民身份号码": NUMBERS[2]},
        ]

        done = await registers.imported(office, "posts", sheet("posts", *rows), mode="valid_rows")

        found = [(one["row"], one["reason"]) for one in await registers.faults(office, done)]
        assert found == [
            (2, "不能办理与本人有关的事项,请由他人或上级党组织办理"),
            (3, "没有这名党员,或姓名与登记不符"),
            (4, "这名党建指导员已由别的组织登记"),
        ]
        engaged = "SELECT member_id FROM instructors WHERE organization_id <> %s"
        assert registers.rows(engaged, abroad.towns[0]["id"]) == [(None,)]
