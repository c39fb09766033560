"""Members of a district on their way: transfers, requests by ID number, and the integrity card that travels."""

from tests.contracts.plays.playing import Player


async def play(player: Player) -> None:
    await keep_a_card(player)
    await transfer_members(player)
    await develop_a_member(player)
    await look_for_members(player)
    await check_the_ledger(player)


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


async def look_for_members(player: Player) -> None:
    """A round up to its ledger, a member found and shown; a round, a unit and a member that were written down twice."""
    town, unit = player.id("organization_id", "town"), player.id("unit_id")
    about = {"title": "2025 年上半年党员排查", "division_of_work": "镇街干部每人包 20 家单位"}
    start = {**about, "organization_id": town, "started_on": "2025-03-05"}
    wrong = await player.play("start_screening", start)
    await player.play("void_screening", {"reason": "重复登记"}, screening_id=wrong["id"])
    screening_id = player.keep("screening_id", await player.play("start_screening", start))
    for to in ("queried", "verified"):
        await player.play("advance_screening", {"to": to, "done_on": "2025-03-10"})
    verified = {"unit_id": unit, "verified_on": "2025-03-12", "is_target": True, "note": "有三名正式党员,未建组织"}
    await player.play("verify_screened_units", {"units": [verified]})
    [listed] = (await player.play("list_screened_units", screening_id=screening_id))["items"]
    await player.play("void_screened_unit", {"reason": "核实有误"}, screened_unit_id=listed["id"])
    await player.play("verify_screened_units", {"units": [verified]})
    player.keep("screened_unit_id", (await player.play("list_screened_units", screening_id=screening_id))["items"][0])
    found = {"organization_id": town, "kind": "hidden", "found_by": "organization", "found_on": "2025-03-12"}
    twice = await player.play("create_found_member", {**found, "name": "周隐"})
    await player.play("void_found_member", {"reason": "重复登记"}, found_member_id=twice["id"])
    player.keep("found_member_id", await player.play("create_found_member", {**found, "name": "周隐"}))
    shown = {"shown_on": "2025-03-20", "evidence": "原党组织开具的党员身份证明"}
    await player.play("show_found_member", shown)


async def check_the_ledger(player: Player) -> None:
    """A quarter's check that was counted wrongly is void, the next one stands."""
    quarter = {
        "quarter_ends_on": "2025-03-31",
        "checked_on": "2025-04-02",
        "organization_id": player.id("organization_id"),
    }
    told = {"stated": 12, "note": "两名党员的转入手续正在办理"}
    wrong = await player.play("create_ledger_check", {**quarter, **told})
    await player.play("void_ledger_check", {"reason": "漏数一名"}, ledger_check_id=wrong["id"])
    player.keep("ledger_check_id", await player.play("create_ledger_check", {**quarter, **told, "stated": 13}))
