import asyncio
from typing import Any

import pytest

from registry.tree.organizations.kinds import OrganizationKind, SetUpMode
from registry.tree.organizations.rules import LARGEST_SEQUENCE, organization_code

pytestmark = pytest.mark.anyio
MISSING = "01900000-0000-7000-8000-000000000000"


def entry(**fields: Any) -> dict[str, Any]:
    return {"name": "城东支部", "kind": "branch", "founded_on": "2020-07-01", **fields}


class TestOrganization:
    async def test_is_shown_to_no_stranger(self, registers: Any) -> None:
        async with registers.service_client(registers.app) as stranger:
            answer = await stranger.get("/api/v1/registry/organizations")

        assert answer.status_code == 401

    async def test_of_another_town_answers_like_a_missing_one_before_if_match(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        foreign = district.branches[1]["id"]

        for path in (f"/organizations/{foreign}", f"/organizations/{MISSING}"):
            read, corrected = await officer.get(path), await officer.patch(path, {"name": "改名"}, version=99)
            history = await officer.get(path + "/history")
            assert [one.status_code for one in (read, corrected, history)] == [404, 404, 404]
            assert read.json()["code"] == corrected.json()["code"] == "organization-not-found"

    async def test_lists_trees_and_exports_show_one_town_only_to_its_officer(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        own = {district.towns[0]["id"], district.branches[0]["id"]}

        listed = (await officer.get("/organizations")).json()["items"]
        tree = (await officer.get("/organizations/tree")).json()["nodes"]
        exported = (await officer.get("/organizations/export", format="csv")).text

        assert {one["id"] for one in listed} == {one["id"] for one in tree} == own
        assert district.branches[0]["code"] in exported
        assert district.branches[1]["code"] not in exported

    @pytest.mark.parametrize(
        ("fields", "status", "code"),
        [
            ({"kind": "work_committee"}, 422, "wrong-level"),
            ({"kind": "party_group"}, 422, "wrong-level"),
            ({"parent_id": MISSING}, 422, "unknown-parent"),
            ({"parent_id": None, "kind": "district_committee"}, 403, "root-needs-system-administrator"),
            ({"founded_on": "2099-01-01"}, 422, "wrong-dates"),
            ({"code": "9901005000019"}, 422, "wrong-organization-code"),
            ({"level": 4}, 422, "invalid-input"),
        ],
    )
    @pytest.mark.feature("R01")
    async def test_that_does_not_fit_is_refused(
        self, registers: Any, fields: dict[str, Any], status: int, code: str
    ) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.post("/organizations", entry(parent_id=district.towns[0]["id"]) | fields)

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    async def test_below_another_town_is_refused_as_below_a_missing_parent(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.post("/organizations", entry(parent_id=district.towns[1]["id"]))

        assert (answer.status_code, answer.json()["code"]) == (422, "unknown-parent")

    async def test_code_is_taken_once(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        body = entry(parent_id=district.towns[0]["id"], code=district.branches[0]["code"])

        answer = await administrator.post("/organizations", body)

        assert (answer.status_code, answer.json()["code"]) == (409, "organization-code-taken")

    async def test_number_given_by_hand_leaves_the_gaps_to_automatic_numbering(self, registers: Any) -> None:
        """Whoever takes the last number takes only that one."""
        district = await registers.district()
        administrator = await registers.administrator()
        body = entry(parent_id=district.towns[0]["id"], division="990177")
        by_hand = {**body, "code": organization_code("990177", OrganizationKind.BRANCH, LARGEST_SEQUENCE)}

        first = await administrator.made("/organizations", **body)
        last = await administrator.made("/organizations", **by_hand)
        between = await administrator.made("/organizations", **body)

        assert [one["code"][7:12] for one in (first, last, between)] == ["00001", "99999", "00002"]

    @pytest.mark.feature("R01")
    async def test_stands_in_a_tree_of_four_levels(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()

        nodes = (await administrator.get("/organizations/tree")).json()["nodes"]

        assert sorted({node["level"] for node in nodes}) == [1, 2, 3, 4]
        assert [node["path"] for node in nodes] == sorted(node["path"] for node in nodes)
        assert all(node["path"].startswith(district.root["path"]) for node in nodes)

    @pytest.mark.feature("R03")
    async def test_directly_below_the_work_committee_is_found_by_the_filter(self, registers: Any) -> None:
        district = await registers.district()
        direct = [await registers.organization("branch", district.work) for _ in range(3)]
        administrator = await registers.administrator()

        found = (await administrator.get("/organizations", is_directly_managed=True)).json()["items"]

        assert {one["id"] for one in found} == {one["id"] for one in direct}

    @pytest.mark.feature("R12")
    async def test_may_be_set_up_in_every_mode(self, registers: Any) -> None:
        for mode in SetUpMode:
            root = await registers.organization("district_committee", set_up_mode=mode.value)

            assert root["set_up_mode"] == mode.value

    async def test_announces_itself_with_its_whole_state(self, registers: Any) -> None:
        district = await registers.district()

        last = registers.events("registry.organization.changed.v1")[-1]

        assert last == {
            "id": district.branches[1]["id"],
            "code": district.branches[1]["code"],
            "name": district.branches[1]["name"],
            "kind": "branch",
            "level": 4,
            "parent_id": district.towns[1]["id"],
            "path": district.branches[1]["path"],
            "root_id": district.root["id"],
            "is_active": True,
            "host_kind": None,
            "is_directly_managed": False,
            "set_up_mode": None,
            "is_joint": False,
        }

    async def test_is_corrected_on_the_version_that_was_read(self, registers: Any) -> None:
        district = await registers.district()
        administrator, path = await registers.administrator(), f"/organizations/{district.branches[0]['id']}"

        without = await administrator.patch(path, {"name": "新名"})
        first = await administrator.patch(path, {"name": "新名"}, version=1)
        stale = await administrator.patch(path, {"name": "又名"}, version=1)
        emptied = await administrator.patch(path, {"name": None}, version=2)

        assert [one.status_code for one in (without, first, stale, emptied)] == [428, 200, 412, 422]
        assert first.headers["etag"] == '"2"'
        assert emptied.json()["errors"] == [{"pointer": "/body/name", "message": "不能清空"}]
        assert (await administrator.get("/organizations", q="新名")).json()["items"][0]["name"] == "新名"

    async def test_history_names_every_version(self, registers: Any) -> None:
        district = await registers.district()
        administrator, path = await registers.administrator(), f"/organizations/{district.branches[0]['id']}"
        await administrator.patch(path, {"name": "新名"}, version=1)

        history = (await administrator.get(path + "/history")).json()

        assert [one["version"] for one in history["revisions"]] == [1, 2]
        assert history["revisions"][1]["state"]["name"] == "新名"

    @pytest.mark.feature("R52")
    async def test_tree_of_369_is_read_in_one_answer_parents_first(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        copy = """
            INSERT INTO party_organizations (id, code, name, search_keys, kind, level, parent_id, root_id, path,
                                             is_directly_managed, founded_on, is_active, version)
            SELECT gen_random_uuid(), lpad(n::text, 13, '0'), '支部' || n, '{}', 'branch', 4, %s, %s,
                   %s || lpad(n::text, 4, '0') || '/', false, '2020-01-01', true, 1
            FROM generate_series(1000, 1000 + 369 - 7) AS n RETURNING 1"""
        town = district.towns[0]
        registers.rows(copy, town["id"], district.root["id"], town["path"])
        registers.rows("""
            INSERT INTO placements (id, organization_id, organization_no, parent_id, root_id, path, is_directly_managed,
                                    valid_from)
            SELECT gen_random_uuid(), id, organization_no, parent_id, root_id, path, false, founded_on
            FROM party_organizations WHERE starts_with(code, '000000000') RETURNING 1""")

        nodes = (await administrator.get("/organizations/tree", organization_id=district.root["id"])).json()["nodes"]

        assert len(nodes) == 369
        seen: set[str | None] = {None}
        for node in nodes:
            assert node["parent_id"] in seen
            seen.add(node["id"])


class TestMove:
    async def test_needs_the_district(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"parent_id": district.towns[1]["id"], "moved_on": "2024-01-01"}

        answer = await officer.post(f"/organizations/{district.branches[0]['id']}/moves", body, version=1)

        assert answer.status_code == 403

    @pytest.mark.parametrize(
        ("target", "day", "status", "code"),
        [
            ("missing", "2024-01-01", 422, "unknown-parent"),
            ("root", "2024-01-01", 422, "wrong-level"),
            ("here", "2024-01-01", 409, "already-there"),
            ("itself", "2024-01-01", 409, "move-into-itself"),
            ("other", "2099-01-01", 422, "moved-in-future"),
            ("other", "2015-06-30", 409, "moved-before-last-move"),
        ],
    )
    async def test_that_cannot_be_is_refused(
        self, registers: Any, target: str, day: str, status: int, code: str
    ) -> None:
        district = await registers.district()
        administrator, branch = await registers.administrator(), district.branches[0]
        targets = {
            "missing": MISSING,
            "root": district.root["id"],
            "here": district.towns[0]["id"],
            "itself": branch["id"],
            "other": district.towns[1]["id"],
        }

        body = {"parent_id": targets[target], "moved_on": day}
        answer = await administrator.post(f"/organizations/{branch['id']}/moves", body, version=1)

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    async def test_takes_the_subtree_along_with_one_event(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        general = await registers.organization("general_branch", district.towns[0])
        below = await registers.organization("branch", general)
        body = {"parent_id": district.towns[1]["id"], "moved_on": "2024-05-01"}

        moved = await administrator.post(f"/organizations/{general['id']}/moves", body, version=1)

        assert moved.status_code == 201, moved.text
        new = moved.json()
        assert new["path"].startswith(district.towns[1]["path"])
        child = (await administrator.get(f"/organizations/{below['id']}")).json()
        assert (child["path"], child["version"]) == (new["path"] + below["path"][-5:], 1)
        assert registers.events("registry.organization.moved.v1") == [
            {
                "id": general["id"],
                "old_path": general["path"],
                "new_path": new["path"],
                "version": 2,
                "parent_id": district.towns[1]["id"],
            }
        ]
        officer = await registers.office("town_officer", district.towns[0])
        assert (await officer.get(f"/organizations/{below['id']}")).status_code == 404

    async def test_leaves_the_days_before_as_they_were(self, registers: Any) -> None:
        district = await registers.district()
        administrator, branch = await registers.administrator(), district.branches[0]
        body = {"parent_id": district.towns[1]["id"], "moved_on": "2024-05-01"}

        await administrator.post(f"/organizations/{branch['id']}/moves", body, version=1)

        for day, town in (("2024-04-30", 0), ("2024-05-01", 1)):
            nodes = (await administrator.get("/organizations/tree", as_of=day)).json()["nodes"]
            assert next(node for node in nodes if node["id"] == branch["id"])["parent_id"] == district.towns[town]["id"]
        beliefs = "SELECT count(*) FROM placements WHERE organization_id = %s AND recorded_to IS NOT NULL"
        assert registers.rows(beliefs, branch["id"]) == [(1,)]

    async def test_under_the_work_committee_makes_directly_managed(self, registers: Any) -> None:
        district = await registers.district()
        administrator, branch = await registers.administrator(), district.branches[0]
        body = {"parent_id": district.work["id"], "moved_on": "2024-05-01"}

        moved = await administrator.post(f"/organizations/{branch['id']}/moves", body, version=1)

        assert (moved.json()["is_directly_managed"], moved.json()["version"]) == (True, 3)

    async def test_of_two_into_each_other_at_once_makes_no_ring(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        one = await registers.organization("committee", district.towns[0])
        two = await registers.organization("general_branch", one)
        three = await registers.organization("branch", two)
        moves = [
            (two, {"parent_id": district.towns[1]["id"], "moved_on": "2024-05-01"}),
            (three, {"parent_id": one["id"], "moved_on": "2024-05-01"}),
        ]

        answers = await asyncio.gather(
            *(administrator.post(f"/organizations/{what['id']}/moves", body, version=1) for what, body in moves)
        )

        assert [answer.status_code for answer in answers] == [201, 201]
        crooked = """
            SELECT count(*) FROM party_organizations child
            JOIN party_organizations parent ON parent.id = child.parent_id
            WHERE child.path <> parent.path || right(child.path, 5)"""
        assert registers.rows(crooked) == [(0,)]

    async def test_while_children_are_created_below_leaves_none_behind(self, registers: Any) -> None:
        district = await registers.district()
        administrator = await registers.administrator()
        general = await registers.organization("general_branch", district.towns[0])
        body = {"parent_id": district.towns[1]["id"], "moved_on": "2024-05-01"}
        creations = [administrator.post("/organizations", entry(parent_id=general["id"])) for _ in range(4)]

        answers = await asyncio.gather(
            administrator.post(f"/organizations/{general['id']}/moves", body, version=1), *creations
        )

        assert [answer.status_code for answer in answers] == [201] * 5
        inside = "SELECT count(*) FROM party_organizations WHERE starts_with(path, %s)"
        assert registers.rows(inside, answers[0].json()["path"]) == [(5,)]
        placed = (
            "SELECT count(*) FROM placements WHERE recorded_to IS NULL AND valid_to IS NULL AND starts_with(path, %s)"
        )
        assert registers.rows(placed, answers[0].json()["path"]) == [(5,)]
