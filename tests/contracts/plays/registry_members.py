"""Members of a district on their way: transfers, requests by ID number, and the integrity card that travels."""

from tests.contracts.plays.playing import Player


async def play(player: Player) -> None:
    await keep_a_card(player)
    await transfer_members(player)
    await develop_a_member(player)


async def keep_a_card(player: Player) -> None:
    line = {"kind": "trustworthy", "happened_on": "2025-03-20", "content": "被评为区诚信经营示范岗"}
    wrong = await player.play("create_integrity_entry", {**line, "content": "同名同姓,记错了人"})
    await player.play("void_integrity_entry", {"reason": "同名同姓"}, entry_id=wrong["id"])
    player.keep("entry_id", await player.play("create_integrity_entry", line))


async def transfer_members(player: Player) -> None:
    """A letter that is received, one that is sent back, and one that was a mistake; a number that is asked about."""
    home, town = player.world.home, player.id("organization_id", "town")
    branch = {"id": player.id("organization_id")}
    to_town = {"to_organization_id": town, "reason": "工作调动到镇机关"}
    numbers = [home.id_number() for _ in range(5)]
    people = [await home.member(branch, id_number=number) for number in numbers]
    opened = []
    for one, person in enumerate(people[:3], start=1):
        letter = {"letter_number": f"转〔2025〕{one:04d}号", **to_town}
        opened.append(await player.play("open_transfer", letter, member_id=person["id"]))
    received, returned, mistaken = opened
    await player.play("receive_transfer", {"received_on": "2025-04-02"}, transfer_id=received["id"])
    await player.play("refuse_transfer", {"reason": "名单有误"}, transfer_id=returned["id"])
    await player.play("void_transfer", {"reason": "选错了人"}, transfer_id=mistaken["id"])
    asked = [await player.play("ask_transfer", {"id_number": number, **to_town}) for number in numbers[3:]]
    player.keep("transfer_id", received)
    letter = {"letter_number": "转〔2025〕0009号", "valid_until": "2025-06-30"}
    player.keep("request_id", await player.play("issue_transfer_letter", letter, transfer_id=asked[0]["id"]))
    await player.play("withdraw_transfer_request", {"reason": "本人改变主意"}, request_id=asked[1]["id"])


async def develop_a_member(player: Player) -> None:
    """The application, a talk that is written down and one that is not meant; one who changes their mind; a plan."""
    branch = {"id": player.id("organization_id")}
    people = [await player.world.home.member(branch, name=name, stage="applicant") for name in ("周进", "吴退", "孙错")]
    applied = {"applied_on": "2025-03-03", "tag": "two_pushes", "is_backbone": True}
    going, ending, wrong = [await player.play("open_development", applied, member_id=one["id"]) for one in people]
    player.keep("development_id", going)
    await player.play("correct_development", {"tag": "one_helps_one"})
    await player.play("take_development_step", {"step": "application", "done_on": "2025-03-03"})
    talk = {"stage": "apply", "kind": "talk", "happened_on": "2025-03-20", "content": "入党动机端正,表现良好"}
    unmeant = await player.play("create_development_paper", talk)
    await player.play("void_development_paper", {"reason": "重复登记"}, paper_id=unmeant["id"])
    player.keep("paper_id", await player.play("create_development_paper", talk))
    await player.play("take_development_step", {"step": "first_talk", "done_on": "2025-03-20"})
    left = {"ended_on": "2025-04-01", "reason": "本人离开本区"}
    await player.play("end_development", left, development_id=ending["id"])
    await player.play("void_development", {"reason": "选错了人"}, development_id=wrong["id"])
    plan = {"organization_id": player.id("organization_id", "town"), "year": 2025, "planned": 6}
    player.keep("plan_id", await player.play("create_development_plan", plan))
    await player.play("correct_development_plan", {"planned": 9, "note": "新建园区,申请人较多"})
