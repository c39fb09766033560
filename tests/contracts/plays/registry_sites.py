"""The sites of a district: pictures, checks by six and by ten items, and what the district asks of its model points."""

from tests.contracts.plays.playing import Player
from tests.contracts.worlds import SIX
from tests.support.pictures import picture

ASKED = frozenset({"fetch_site_file"})
MISTAKE = {"reason": "录入有误"}
STANDARDS = [
    *("班子坚强有力", "党员作用突出", "工作机制健全", "活动场所规范", "组织生活经常"),
    *("发展业绩良好", "职工群众满意", "劳动关系和谐", "群团组织活跃", "档案资料齐全"),
]


async def play(player: Player) -> None:
    await check_a_site(player)
    await word_the_standards(player)


async def check_a_site(player: Player) -> None:
    """The flag was not there; a check that was written down twice is void."""
    sent = {"files": {"file": ("活动室.png", picture())}}
    photo = player.keep("file_id", await player.play("upload_site_file", by="town_officer", sent=sent))
    await player.play("fetch_site_file")
    items = [{"item": one, "is_met": True, "photo_id": photo} for one in SIX if one != "flag"]
    check = {"organization_id": player.id("organization_id"), "check_list": "six_haves", "checked_on": "2025-03-20"}
    check |= {"items": [*items, {"item": "flag", "is_met": False}]}
    twice = await player.play("create_site_check", check)
    await player.play("void_site_check", {"reason": "重复登记"}, check_id=twice["id"])
    player.keep("check_id", await player.play("create_site_check", check))


async def word_the_standards(player: Player) -> None:
    body = {"organization_id": player.id("organization_id", "root"), "level": "city", "items": STANDARDS}
    mistaken = await player.play("create_site_standard", {**body, "valid_from": "2025-02-01"})
    await player.play("void_site_standard", MISTAKE, standard_id=mistaken["id"])
    player.keep("standard_id", await player.play("create_site_standard", {**body, "valid_from": "2025-03-01"}))
