"""The sites of a district: pictures, checks, what is asked of model points; archives and dues."""

from tests.contracts.places import SIX
from tests.contracts.plays.playing import Player
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
    await file_a_paper(player)
    await pay_dues(player)
    await spend_on_the_party(player)


async def check_a_site(player: Player) -> None:
    """The flag was not there; a check that was written down twice is void."""
    sent = {"files": {"file": ("活动室.png", picture())}}
    photo = player.keep("file_id", await player.play("upload_site_file", by="town_officer", sent=sent))
    await player.play("fetch_site_file")
    items = [{"item": one, "is_met": True, "photo_id": photo} for one in SIX if one != "flag"]
    about = {"organization_id": player.id("organization_id"), "check_list": "six_haves", "checked_on": "2025-03-20"}
    check = {**about, "items": [*items, {"item": "flag", "is_met": False}]}
    twice = await player.play("create_site_check", check)
    await player.play("void_site_check", {"reason": "重复登记"}, check_id=twice["id"])
    player.keep("check_id", await player.play("create_site_check", check))


async def word_the_standards(player: Player) -> None:
    body = {"organization_id": player.id("organization_id", "root"), "level": "city", "items": STANDARDS}
    mistaken = await player.play("create_site_standard", {**body, "valid_from": "2025-02-01"})
    await player.play("void_site_standard", MISTAKE, standard_id=mistaken["id"])
    player.keep("standard_id", await player.play("create_site_standard", {**body, "valid_from": "2025-03-01"}))


async def file_a_paper(player: Player) -> None:
    paper = {"organization_id": player.id("organization_id"), "category": "record_book", "dated_on": "2025-03-12"}
    paper |= {"title": "支部工作专用记录本(一季度)", "file_id": player.id("file_id")}
    twice = await player.play("create_archive_entry", paper)
    await player.play("void_archive_entry", MISTAKE, archive_entry_id=twice["id"])
    player.keep("archive_entry_id", await player.play("create_archive_entry", paper))


async def pay_dues(player: Player) -> None:
    """What was written down for the wrong member is void."""
    month = {"month": "2025-03", "income": "6000.00", "paid": "90.00", "paid_on": "2025-03-12"}
    mistaken = await player.play("create_dues_payment", {**month, "member_id": player.id("member_id", "colleague")})
    await player.play("void_dues_payment", {"reason": "登记错人"}, payment_id=mistaken["id"])
    made = await player.play("create_dues_payment", {**month, "member_id": player.id("member_id")})
    player.keep("payment_id", made)


async def spend_on_the_party(player: Player) -> None:
    """A budget above one per cent of the payroll, which is explained; dues that are returned, once too often."""
    money = {"year": 2025, "payroll": "1000000.00", "budget": "10000.00", "spent": "10000.01"}
    twice = await player.play("create_fund_budget", {**money, "unit_id": player.id("unit_id")})
    await player.play("void_fund_budget", MISTAKE, fund_budget_id=twice["id"])
    player.keep("fund_budget_id", await player.play("create_fund_budget", {**money, "unit_id": player.id("unit_id")}))
    await player.play("correct_fund_budget", {"explanation": "超出部分由企业自有资金列支"})
    paid = {"organization_id": player.id("organization_id"), "kind": "dues_return", "year": 2025, "amount": "45.00"}
    paid |= {"paid_on": "2025-03-28", "purpose": "支部教育活动"}
    twice = await player.play("create_fund_payment", paid)
    await player.play("void_fund_payment", MISTAKE, fund_payment_id=twice["id"])
    player.keep("fund_payment_id", await player.play("create_fund_payment", paid))
