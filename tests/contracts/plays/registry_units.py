"""Units of a town: what authorities tell, what is found in a round, the ledger, the plan and who heads the union."""

from typing import Any

from tests.contracts.plays.playing import Player

TWICE = {"reason": "重复登记"}


async def play(player: Player) -> None:
    unit = await hear_of_a_unit(player)
    await survey(player, unit)
    await keep_a_ledger(player, unit)
    await plan_for(player, unit)
    await know_the_heads(player)
    await accompany_a_project(player)


async def hear_of_a_unit(player: Player) -> Any:
    """The register of companies tells it; three members of the Party work there."""
    told: dict[str, Any] = {"event_number": "SCJG-2025-000318", "kind": "registration", "name": "晨光精密制造有限公司"}
    told |= {"unit_kind": "non_public_enterprise", "code": player.world.home.unit_code(), "formal_members": 3}
    told |= {"jurisdiction_id": player.id("organization_id", "town"), "occurred_on": "2025-03-18", "staff_count": 66}
    notice = await player.play("create_unit_notice", told)
    player.keep("unit_notice_id", notice)
    return notice["unit_id"]


async def survey(player: Player, unit: str) -> None:
    town = {"organization_id": player.id("organization_id", "town")}
    mistaken = await player.play("create_survey_round", {**town, "title": "一季度排查", "opened_on": "2025-01-06"})
    await player.play("void_survey_round", TWICE, survey_round_id=mistaken["id"])
    opened = await player.play("create_survey_round", {**town, "title": "一季度滚动排查", "opened_on": "2025-01-06"})
    player.keep("survey_round_id", opened)
    found = {"survey_round_id": opened["id"], "unit_id": unit, "checked_on": "2025-03-20", "content": "有正式党员三名"}
    again = await player.play("create_survey_check", found)
    await player.play("void_survey_check", TWICE, survey_check_id=again["id"])
    player.keep("survey_check_id", await player.play("create_survey_check", found))


async def keep_a_ledger(player: Player, unit: str) -> None:
    entry = {"unit_id": unit, "block": "members", "checked_on": "2025-03-20", "content": "正式党员三名,组织关系在外地"}
    twice = await player.play("create_ledger_entry", entry)
    await player.play("void_ledger_entry", TWICE, ledger_entry_id=twice["id"])
    player.keep("ledger_entry_id", await player.play("create_ledger_entry", entry))
    await player.play("read_unit_ledger", unit_id=unit)


async def plan_for(player: Player, unit: str) -> None:
    plan = {"unit_id": unit, "content": "接转三名党员,建立党支部", "responsible": "冯远", "planned_on": "2025-03-21"}
    await hire(player)
    mistaken = await player.play("create_unit_plan", {**plan, "due_on": "2025-04-30"})
    await player.play("void_unit_plan", TWICE, unit_plan_id=mistaken["id"])
    player.keep("unit_plan_id", await player.play("create_unit_plan", {**plan, "due_on": "2025-06-30"}))
    await player.play("end_unit_plan", {"ended_on": "2025-04-01"})


async def know_the_heads(player: Player) -> None:
    town = {"id": player.id("organization_id", "town")}
    unit = await player.world.home.unit(town, mass_organizations=["women"])
    head = {"unit_id": unit["id"], "kind": "women", "name": "周敏", "valid_from": "2024-03-08"}
    mistaken = await player.play("create_mass_organization_head", {**head, "name": "周民"})
    await player.play("void_mass_organization_head", TWICE, mass_organization_head_id=mistaken["id"])
    player.keep("mass_organization_head_id", await player.play("create_mass_organization_head", head))
    await player.play("end_mass_organization_head", {"ended_on": "2025-04-01"})


async def accompany_a_project(player: Player) -> None:
    """The clause came into the contract later."""
    town = {"organization_id": player.id("organization_id", "town"), "signed_on": "2025-02-18"}
    mistaken = await player.play("create_investment_project", {**town, "name": "电池二其"})
    await player.play("void_investment_project", TWICE, investment_project_id=mistaken["id"])
    made = await player.play("create_investment_project", {**town, "name": "电池二期", "checks": ["in_the_talks"]})
    player.keep("investment_project_id", made)
    await player.play("correct_investment_project", {"checks": ["in_the_talks", "in_the_contract"]})


async def hire(player: Player) -> None:
    """Nine of the twelve who were hired have declared what they are."""
    hired = {"unit_id": player.id("unit_id"), "hired_on": "2025-03-03", "people": 12}
    mistaken = await player.play("create_hire_declaration", {**hired, "people": 120})
    await player.play("void_hire_declaration", {"reason": "人数写错"}, hire_declaration_id=mistaken["id"])
    player.keep("hire_declaration_id", await player.play("create_hire_declaration", hired))
    await player.play("declare_hires", {"declared": 9, "members": 2, "declared_on": "2025-03-20"})
