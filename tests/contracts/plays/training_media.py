"""What members learn and hear from afar: remote classes, messages with their receipts, and the paper's issues."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}


async def play(player: Player) -> None:
    await learn_from_afar(player)
    await reach_people(player)
    await print_a_paper(player)


async def learn_from_afar(player: Player) -> None:
    lesson = {"organization_id": player.id("organization_id"), "title": "安全生产法", "minutes": 120, "daily_cap": 60}
    opened = {"opens_on": "2025-04-01", "closes_on": "2025-06-30"}
    await player.play("void_class_viewing", {"reason": "挂机"}, **SECRETARY)
    await player.play("void_remote_class", {"reason": "重复开设"}, **SECRETARY)
    made = await player.play("create_remote_class", {**lesson, **opened}, **SECRETARY)
    player.keep("remote_class_id", made)
    await player.play("correct_remote_class", {"lecturer": "区应急管理局"}, **SECRETARY)
    await player.world.home.clock("2025-05-06T21:00:00")
    piece = {"started_at": "2025-05-06T19:00:00+08:00", "from_minute": 0, "to_minute": 90}
    player.keep("class_viewing_id", await player.play("create_class_viewing", piece))


async def reach_people(player: Player) -> None:
    """By SMS whoever is known to its platform; a material is signed for by whom it reached."""
    member, colleague = player.id("member_id"), player.id("member_id", "colleague")
    await player.play("end_channel_registration", **SECRETARY)
    known = {"member_id": member, "channel": "qq_group", "reference": "先锋一号"}
    made = await player.play("create_channel_registration", known, by="member")
    player.keep("channel_registration_id", made)
    await player.play("void_message", {"reason": "改用站内信"}, **SECRETARY)
    text = {"organization_id": player.id("organization_id"), "audience": "chosen", "chosen_ids": [member, colleague]}
    call = {"channel": "sms", "title": "防汛通知", "text": "今晚有暴雨,请值班党员到岗。"}
    player.keep("message_id", await player.play("create_message", {**text, **call}, **SECRETARY))
    await player.play("correct_message", {"title": "防汛紧急通知"}, **SECRETARY)
    await player.play("dispatch_message", **SECRETARY)
    found = await player.play("list_deliveries", state="accepted", message_id=player.id("message_id"), **SECRETARY)
    rejected = found["items"][0]["id"]
    await player.play("reject_delivery", {"note": "空号"}, delivery_id=rejected, **SECRETARY)
    book = {"kind": "material", "material": "《党章》", "title": "配送党章", "text": "每人一册,收到请签收。"}
    player.keep("message_id", await player.play("create_message", {**text, **book}, **SECRETARY))
    await player.play("dispatch_message", **SECRETARY)
    found = await player.play("list_deliveries", message_id=player.id("message_id"), member_id=member, **SECRETARY)
    player.keep("delivery_id", found["items"][0])
    await player.play("sign_delivery")


async def print_a_paper(player: Player) -> None:
    await player.play("void_publication_issue", {"reason": "期号录错"}, **SECRETARY)
    await player.play("void_publication", {"reason": "重复登记"}, **SECRETARY)
    paper = {"organization_id": player.id("organization_id"), "name": "车间先锋", "form": "bulletin"}
    made = await player.play("create_publication", {**paper, "founded_on": "2016-07-01"}, **SECRETARY)
    player.keep("publication_id", made)
    await player.play("correct_publication", {"form": "newspaper"}, **SECRETARY)
    issue = {"publication_id": made["id"], "number": 117, "published_on": "2025-05-01", "headline": "劳动者之歌"}
    player.keep("publication_issue_id", await player.play("create_publication_issue", issue, **SECRETARY))
    await player.play("correct_publication_issue", {"copies": 500}, **SECRETARY)
