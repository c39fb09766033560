"""The figures the overview must show after the import, and codes that are right but nobody's."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import ric, uscc

from demo.district.codes import UNIT_ALPHABET, organization_code
from demo.district.district import build_district
from demo.district.entries import District
from demo.district.joint import build_joint_district
from demo.district.offices import branch_posts
from demo.district.workbooks import WORKBOOKS, save_workbooks, write_workbooks
from sheets import Column, SheetTemplate, read_rows

SOCIAL = {"社会团体", "民办非企业单位", "基金会"}
BRANCH_KINDS = {"党支部", "联合党支部", "项目党支部"}


@pytest.fixture(scope="module")
def district() -> District:
    return build_district()


class TestOrganizations:
    def test_form_the_tree_of_the_district(self, district: District) -> None:
        kinds = Counter(
            (one.kind, one.host_kind if one.kind in {"工委", "党委"} else None) for one in district.organizations
        )
        assert kinds == {
            ("区委", None): 1,
            ("工委", "机关"): 1,
            ("工委", "园区"): 3,
            ("党委", "镇街"): 23,
            ("党委", "行业"): 1,
            ("党总支", None): 5,
            ("党支部", None): 375,
            ("项目党小组", None): 17,
        }

    def test_name_their_parent_before_themselves(self, district: District) -> None:
        known: set[str | None] = {None}
        for one in district.organizations:
            assert one.parent_code in known
            known.add(one.code)
        assert len(known) == len(district.organizations) + 1

    def test_stand_directly_under_the_work_committee_twelve_times(self, district: District) -> None:
        work_committee = district.organizations[1].code
        direct = [one for one in district.organizations if one.is_directly_managed]
        assert len(direct) == 12
        assert {one.parent_code for one in direct} == {work_committee}

    def test_stand_under_the_parks_27_times(self, district: District) -> None:
        parks = {one.code for one in district.organizations if one.kind == "工委" and one.host_kind == "园区"}
        assert sum(one.parent_code in parks for one in district.organizations) == 27

    def test_are_demonstration_points_207_times(self, district: District) -> None:
        branches = [one for one in district.organizations if one.kind in BRANCH_KINDS]
        levels = Counter(one.demonstration_level for one in branches)
        assert levels == {"市级": 12, "区级": 57, "镇街级": 138, None: 168}

    def test_have_codes_with_their_kind_and_check_digit(self) -> None:
        assert organization_code("990100", "党支部", 1) == "9901005000011"


class TestUnits:
    def test_are_532_with_375_covered_by_one_branch_each(self, district: District) -> None:
        covered = [unit for unit in district.units if unit.covering_codes]
        branches = [one.code for one in district.organizations if one.kind in BRANCH_KINDS]
        assert len(district.units) == 532
        assert sorted(code for unit in covered for code in unit.covering_codes) == sorted(branches)

    def test_give_the_coverage_of_both_kinds(self, district: District) -> None:
        counted = Counter((unit.kind in SOCIAL, bool(unit.covering_codes)) for unit in district.units)
        assert counted == {(False, True): 351, (False, False): 133, (True, True): 24, (True, False): 24}
        assert round(351 / 484 * 100, 2) == 72.52

    def test_of_direct_branches_stand_outside_every_town(self, district: District) -> None:
        direct = {one.code for one in district.organizations if one.is_directly_managed}
        towns = {one.code for one in district.organizations if one.kind == "党委"}
        homes = [unit for unit in district.units if direct & set(unit.covering_codes)]
        assert len(homes) == 12
        assert not towns & {unit.jurisdiction_code for unit in homes}

    def test_have_valid_codes_of_no_real_division(self, district: District) -> None:
        for unit in district.units:
            assert uscc.is_valid(unit.code)
            assert unit.code[2:4] == "99"
            assert set(unit.code) <= set(UNIT_ALPHABET)

    def test_have_names_of_their_own(self, district: District) -> None:
        assert len({unit.name for unit in district.units}) == 532


class TestMembers:
    def test_are_six_thousand_in_branches_of_3_to_50(self, district: District) -> None:
        sizes = Counter(member.organization_code for member in district.members)
        assert len(district.members) == 6000
        assert len(sizes) == 375
        assert 3 <= min(sizes.values()) <= max(sizes.values()) <= 50

    def test_are_at_least_three_formal_in_every_branch(self, district: District) -> None:
        formal = Counter(member.organization_code for member in district.members if member.stage == "正式党员")
        assert len(formal) == 375
        assert min(formal.values()) >= 3

    def test_are_mostly_formal_and_at_every_stage(self, district: District) -> None:
        stages = Counter(member.stage for member in district.members)
        assert stages["正式党员"] > 5000
        assert set(stages) == {"正式党员", "预备党员", "发展对象", "入党积极分子", "入党申请人"}

    def test_have_valid_id_numbers_of_no_real_division(self, district: District) -> None:
        numbers = [member.id_number for member in district.members]
        assert len(set(numbers)) == 6000
        for number in numbers:
            assert number.startswith("99")
            assert ric.calc_check_digit(number) == number[-1]

    def test_join_as_adults_and_are_confirmed_a_year_later(self, district: District) -> None:
        for member in district.members:
            if member.joined_on is None:
                assert member.confirmed_on is None
                continue
            assert member.joined_on.year - int(member.id_number[6:10]) >= 18
            assert member.confirmed_on is None or (member.confirmed_on - member.joined_on).days >= 365

    def test_have_phones_no_network_has(self, district: District) -> None:
        assert all(member.phone.startswith("154") and len(member.phone) == 11 for member in district.members)
        assert len({member.phone for member in district.members}) == 6000


class TestPosts:
    def test_give_every_organisation_but_the_groups_one_secretary(self, district: District) -> None:
        secretaries = Counter(post.organization_code for post in district.posts if post.kind == "书记")
        led = {one.code for one in district.organizations if one.kind != "项目党小组"}
        assert set(secretaries) == led
        assert set(secretaries.values()) == {1}

    def test_give_committees_an_organisation_officer(self, district: District) -> None:
        officers = {post.organization_code for post in district.posts if post.kind == "组织委员"}
        assert {
            one.code for one in district.organizations if one.kind in {"区委", "工委", "党委", "党总支"}
        } <= officers

    def test_are_as_many_in_a_branch_as_its_formal_members_ask_for(self, district: District) -> None:
        formal = Counter(member.organization_code for member in district.members if member.stage == "正式党员")
        held: dict[str, list[str]] = defaultdict(list)
        for post in district.posts:
            if post.kind != "党建指导员":
                held[post.organization_code].append(post.kind)
        for code, count in formal.items():
            assert tuple(held[code]) == branch_posts(count)

    def test_are_held_by_formal_members_for_the_whole_played_year(self, district: District) -> None:
        joined = {member.id_number: member.confirmed_on for member in district.members if member.stage == "正式党员"}
        for post in district.posts:
            if post.kind != "党建指导员":
                confirmed_on = joined[post.id_number]
                assert confirmed_on is not None
                assert confirmed_on <= post.begins_on < date(2025, 1, 1)
                assert post.ends_on is None or post.ends_on > date(2026, 12, 31)

    def test_hold_no_person_twice_in_one_organisation(self, district: District) -> None:
        held = Counter((post.id_number, post.organization_code) for post in district.posts)
        assert max(held.values()) == 1


class TestInstructors:
    def test_are_290_different_people(self, district: District) -> None:
        assert len({post.id_number for post in district.posts if post.kind == "党建指导员"}) == 290

    def test_leave_no_unit_without_organisation_or_instructor(self, district: District) -> None:
        served = {code for post in district.posts for code in post.unit_codes}
        reached = [unit for unit in district.units if unit.covering_codes or unit.code in served]
        unbuilt = [unit for unit in district.units if not unit.covering_codes]
        assert len(reached) == 532
        assert len(unbuilt) == 157
        assert {unit.code for unit in unbuilt} < served


class TestWorkbooks:
    def test_are_the_same_bytes_at_every_writing(self) -> None:
        once = write_workbooks(build_district())
        build_district.cache_clear()
        assert write_workbooks(build_district()) == once

    def test_are_read_back_without_loss(self, district: District) -> None:
        for book, data in zip(WORKBOOKS, write_workbooks(district).values(), strict=True):
            kinds = {"职工人数": "integer"}
            columns = tuple(Column(name, name, kind=kinds.get(name, "text")) for name in book.headings)  # type: ignore[arg-type]  # literal from a table
            rows = list(read_rows(data, SheetTemplate(book.title, columns)))
            assert not [problem for row in rows for problem in row.problems]
            assert [tuple(row.cells.values()) for row in rows] == [tuple(row) for row in book.rows(district)]

    def test_are_saved_in_the_order_of_import(self, tmp_path: Path) -> None:
        paths = save_workbooks(build_joint_district(), tmp_path)
        assert [path.name for path in paths] == ["1-组织.xlsx", "2-单位.xlsx", "3-党员.xlsx", "4-职务.xlsx"]


class TestJointDistrict:
    def test_has_42_joint_branches_over_900_units(self) -> None:
        joint = build_joint_district()
        branches = {one.code for one in joint.organizations if one.kind == "联合党支部"}
        assert len(branches) == 42
        assert len(joint.units) == 900
        assert {code for unit in joint.units for code in unit.covering_codes} == branches

    def test_shares_no_code_with_the_district(self, district: District) -> None:
        joint = build_joint_district()
        assert not {one.code for one in joint.organizations} & {one.code for one in district.organizations}
        assert not {one.code for one in joint.units} & {one.code for one in district.units}
        assert not {one.id_number for one in joint.members} & {one.id_number for one in district.members}
        assert all(uscc.is_valid(unit.code) for unit in joint.units)
