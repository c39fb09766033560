"""A day in the registry of a district: organisations, units, people, offices, accounts and an import."""

from typing import Any
from uuid import UUID

from services.registry.tests.conftest import PASSWORD
from services.registry.tests.registers import XLSX
from services.registry.tests.workbooks import person, sheet
from tests.contracts.plays import (
    registry_circles,
    registry_liaison,
    registry_members,
    registry_oversight,
    registry_sites,
    registry_tree,
    registry_units,
)
from tests.contracts.plays.playing import Player
from tests.contracts.plays.recording import claims_in
from tests.support.applications import CLIENT_ID, CLIENT_SECRET

SINCE, YESTERDAY = {"valid_from": "2025-03-01"}, {"ended_on": "2025-04-01"}
MISTAKE = {"reason": "录入有误"}
ASKED = frozenset(
    {
        "read_own_account",
        "read_import_template",
        *registry_liaison.ASKED,
        *registry_sites.ASKED,
        *registry_circles.ASKED,
        *registry_oversight.ASKED,
    }
)


async def play(player: Player) -> None:
    player.values = {"kind": "members"}
    await player.play("move_clock", {"now": "2025-04-02T12:00:00+08:00"})
    await keep_the_tree(player)
    await keep_units(player)
    await registry_liaison.play(player)
    await registry_sites.play(player)
    await registry_circles.play(player)
    await keep_people(player)
    await registry_members.play(player)
    await registry_tree.play(player)
    await registry_units.play(player)
    await registry_oversight.play(player)
    await keep_accounts(player)
    await use_an_account(player)
    await import_members(player)


async def keep_the_tree(player: Player) -> None:
    town, branch = player.id("organization_id", "town"), {"organization_id": player.id("organization_id")}
    other_town = (await player.play("read_organization", organization_id=player.id("organization_id", "sibling")))[
        "parent_id"
    ]
    founded: dict[str, Any] = {
        "name": "创业园联合党支部",
        "kind": "joint_branch",
        "parent_id": town,
        "founded_on": "2024-07-01",
    }
    founded |= {"joint_reasons": ["like_trade", "neighbouring"]}
    new = {"organization_id": (await player.play("create_organization", founded))["id"]}
    await player.play("correct_organization", {"name": "创业园第一联合党支部", "term_ends_on": "2027-06-30"}, **new)
    await player.play("move_organization", {"parent_id": other_town, "moved_on": "2025-04-01"}, **new)
    await player.play("dissolve_organization", {"dissolved_on": "2025-04-02", "reason": "企业外迁"}, **new)
    await player.play("create_coverage_report", {**branch, "title": "一季度两个覆盖情况", "min_staff": 3})
    point = {"organization_id": town, "level": "town", **SINCE}
    player.keep("point_id", await player.play("create_demonstration_point", point))
    await player.play("end_demonstration_point", YESTERDAY)
    higher = {**point, "level": "district", "valid_from": "2025-04-01"}
    mistaken = await player.play("create_demonstration_point", higher)
    await player.play("void_demonstration_point", MISTAKE, point_id=mistaken["id"])


async def keep_units(player: Player) -> None:
    branch = player.id("organization_id")
    founded = {"code": player.world.home.unit_code(), "name": "星火科技有限公司", "kind": "non_public_enterprise"}
    unit = await player.play("create_unit", {**founded, "jurisdiction_id": branch, "counted_from": "2024-01-01"})
    new = {"unit_id": unit["id"]}
    await player.play("correct_unit", {"staff_count": 15, "mass_organizations": ["union"]}, **new)
    covering = {"organization_id": branch, "mode": "single", **SINCE}
    covered = await player.play("cover_unit", covering, **new)
    await player.play("end_coverage_link", YESTERDAY, link_id=covered["coverage_links"][0]["id"], **new)
    mistaken = await player.play("cover_unit", {**covering, "valid_from": "2025-04-01"}, **new)
    link = next(one["id"] for one in mistaken["coverage_links"] if one["valid_from"] == "2025-04-01")
    await player.play("void_coverage_link", MISTAKE, link_id=link, **new)
    right = {"code": player.world.home.unit_code(), "reason": "营业执照核对"}
    await player.play("correct_unit_code", right, **new)
    await player.play("close_unit", {"closed_on": "2025-04-02"}, **new)


async def keep_people(player: Player) -> None:
    branch = {"organization_id": player.id("organization_id")}
    born = {"name": "郑洁", "id_number": player.world.home.id_number(), "phone": "13900000001"}
    joined = {"stage": "formal", "joined_on": "2015-07-01", "confirmed_on": "2016-07-01", "ethnicity": "01"}
    member = {"member_id": (await player.play("create_member", {**born, **joined, **branch}))["id"]}
    await player.play("correct_member", {"phone": "13900000002"}, **member)
    await player.play(
        "disclose_member", {"fields": ["phone"], "purpose": "核对联系方式"}, member_id=player.id("member_id")
    )
    await player.play("void_member", MISTAKE, member_id=await registered_again(player, branch))
    right = {"id_number": player.world.home.id_number(), "reason": "身份证核对", "evidence": "身份证复印件"}
    await player.play("ask_id_number_correction", right, **member)
    approved = {"is_approved": True, "reason": "证件与本人相符"}
    await player.play("decide_id_number_correction", approved, by="town_officer")
    office = {**member, **branch, "kind": "committee_member", "source": "elected", **SINCE}
    player.keep("post_id", await player.play("create_post", office))
    await player.play("end_post", YESTERDAY)
    mistaken = await player.play("create_post", {**office, "kind": "deputy_secretary"})
    await player.play("void_post", MISTAKE, post_id=mistaken["id"])
    guide = {"name": "冯远", "id_number": player.world.home.id_number(), "source": "sent", "engaged_on": "2025-03-01"}
    player.keep("instructor_id", await player.play("create_instructor", {**guide, **branch}))
    task = {"instructor_id": player.id("instructor_id"), "unit_id": player.id("unit_id"), **SINCE}
    player.keep("assignment_id", await player.play("create_instructor_assignment", task))
    await player.play("end_instructor_assignment", YESTERDAY)
    mistaken = await player.play("create_instructor_assignment", {**task, "valid_from": "2025-04-01"})
    await player.play("void_instructor_assignment", MISTAKE, assignment_id=mistaken["id"])
    await player.play("acknowledge_finding", {"reason": "企业正在搬迁,五月起由园区党委覆盖"})


async def registered_again(player: Player, branch: dict[str, str]) -> str:
    twice = {"name": "郑洁", "id_number": player.world.home.id_number(), "stage": "formal", **branch}
    one: dict[str, str] = await player.play("create_member", {**twice, "joined_on": "2015-07-01"})
    return one["id"]


async def opened(player: Player, username: str, place: str) -> Any:
    account = await player.play("open_account", {"username": username, "member_id": player.id("member_id", place)})
    await player.play("activate_account", {"password": PASSWORD}, token=account["activation_token"])
    return account


async def keep_accounts(player: Player) -> None:
    account = player.keep("account_id", await opened(player, "wang.xiaoming", "colleague"))
    office = {"account_id": account, "role": "town_officer", "organization_id": player.id("organization_id", "town")}
    player.keep("grant_id", await player.play("give_grant", {**office, "reason": "分管两新工作"}))
    await player.play("end_grant", {"reason": "岗位调整"})
    other_town = (await player.play("read_organization", organization_id=player.id("organization_id", "sibling")))[
        "parent_id"
    ]
    mistaken = await player.play("give_grant", {**office, "organization_id": other_town, "reason": "分管两新工作"})
    await player.play("void_grant", MISTAKE, grant_id=mistaken["id"])
    await player.play("unlock_account")
    await player.play("disable_account", {"reason": "借调外单位"})
    await player.play("enable_account", {"reason": "借调结束"})
    await player.play("reset_password")
    client = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    await player.play("open_client_token", sent={"data": client})


async def use_an_account(player: Player) -> None:
    """With a token that says what the service's own says, signed with the key that the tests are trusted by."""
    await opened(player, "zhao.min", "branch")
    login = await player.play("open_login", {"username": "zhao.min", "password": PASSWORD})
    await player.play("refresh_login", {"refresh_token": login["refresh_token"]})
    claims = claims_in(login["access_token"])
    own = {"subject": UUID(claims["sub"]), "person": UUID(claims["person"]), "sid": claims["sid"]}
    token = player.world.issue_token(grants=claims["grants"], **own)
    player.clients["account", "", ""] = await player.signed_in(token)
    await player.play("read_own_account", by="account")
    chosen = {"current_password": PASSWORD, "new_password": f"{PASSWORD}-9"}
    await player.play("change_password", chosen, by="account")
    await player.play("close_login", by="account")


async def import_members(player: Player) -> None:
    """Two rows of one person: the report says what is wrong with the second."""
    await player.play("read_import_template")
    branch = await player.play("read_organization")
    content = sheet("members", person(branch), person(branch))
    kept = player.keep(
        "import_id", await player.play("open_import", sent={"files": {"file": ("党员.xlsx", content, XLSX)}})
    )
    await player.world.home.finish(kept)
