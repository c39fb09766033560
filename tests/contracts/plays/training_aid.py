"""A branch helps each other: a menu, a vote on it with a tie, what was provided, and an essay improved by comments."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}


async def play(player: Player) -> None:
    await keep_a_menu(player)
    await vote_on_it(player)
    await provide(player)
    await write_an_essay(player)


def entry(player: Player, name: str) -> dict[str, Any]:
    providers = [player.id("member_id"), player.id("member_id", "colleague")]
    item = {"organization_id": player.id("organization_id"), "name": name, "provider_ids": providers}
    return {**item, "form": "上门服务", "time": "每周六上午", "notice": "提前一天预约,只收材料费"}


async def keep_a_menu(player: Player) -> None:
    await player.play("void_service_item", {"reason": "重复录入"}, **SECRETARY)
    player.keep("service_item_id", await player.play("create_service_item", entry(player, "电脑维修"), **SECRETARY))
    await player.play("end_service_item", **SECRETARY)
    player.keep("service_item_id", await player.play("create_service_item", entry(player, "义务理发"), **SECRETARY))
    await player.play("correct_service_item", {"is_convenient": True}, **SECRETARY)


async def vote_on_it(player: Player) -> None:
    await player.play("void_service_vote", {"reason": "误发起"}, **SECRETARY)
    vote = {"organization_id": player.id("organization_id"), "title": "最需要的互助项目", "closes_on": "2025-04-08"}
    player.keep("service_vote_id", await player.play("create_service_vote", {**vote, "places": 1}, **SECRETARY))
    items = await player.play("list_service_candidates", service_vote_id=player.id("service_vote_id"))
    chosen = [one["service_item_id"] for one in items["items"]][:2]
    await player.play("cast_service_ballot", {"service_item_ids": chosen})
    await player.world.home.clock("2025-04-09T09:00:00")
    await player.play("close_service_vote", **SECRETARY)
    decided = {"service_item_ids": chosen[:1], "reason": "支部大会议定:需要的人更多"}
    await player.play("decide_service_tie", decided, **SECRETARY)


async def provide(player: Player) -> None:
    await player.play("void_service_provision", {"reason": "重复登记"}, **SECRETARY)
    told = {"service_item_id": player.id("service_item_id"), "member_id": player.id("member_id"), "helped": 6}
    report = {**told, "provided_on": "2025-04-08", "content": "在车间为六名职工理发"}
    made = await player.play("create_service_provision", report, by="member")
    player.keep("service_provision_id", made)
    await player.play("confirm_service_provision", {"rating": "good"}, **SECRETARY)
    await player.play("correct_service_provision", {"helped": 7}, **SECRETARY)


async def write_an_essay(player: Player) -> None:
    await player.play("void_essay_comment", {"reason": "跑题"}, **SECRETARY)
    await player.play("void_essay", {"reason": "误投"}, **SECRETARY)
    essay = {"title": "园区共享食堂", "topic": "创业创意", "text": "利用闲置厂房办食堂。", "is_shared": True}
    player.keep("essay_id", await player.play("create_essay", essay))
    comment = {"essay_id": player.id("essay_id"), "text": "建议补充成本测算"}
    player.keep("essay_comment_id", await player.play("create_essay_comment", comment))
    await player.play("revise_essay", {"text": "利用闲置厂房办食堂,附成本测算。"})
