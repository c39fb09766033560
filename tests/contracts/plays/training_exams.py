"""A branch examines and competes: a bank, an exam that a member sits, results of contests, and a live contest."""

from typing import Any

from tests.contracts.plays.playing import Player

SECRETARY: dict[str, Any] = {"by": "branch_secretary"}
GIFT = "安全生产方针是{=安全第一、预防为主、综合治理 ~先生产后安全}\n\n动火作业须办理审批手续{T}\n"


async def play(player: Player) -> None:
    await fill_the_bank(player)
    await examine(player)
    await record_contests(player)
    await compete(player)


async def fill_the_bank(player: Player) -> None:
    await player.play("void_question", {"reason": "题目有歧义"}, **SECRETARY)
    sent = {"files": {"file": ("安全知识.gift", GIFT.encode())}}
    await player.play("import_questions", sent=sent, topic="安全知识", **SECRETARY)
    question: dict[str, Any] = {"organization_id": player.id("organization_id"), "topic": "安全知识"}
    question |= {"kind": "multiple"}
    question |= {"text": "高处作业必须", "options": ["系安全带", "戴安全帽", "赤脚"], "answers": "AB"}
    player.keep("question_id", await player.play("create_question", question, **SECRETARY))


async def examine(player: Player) -> None:
    await player.play("void_exam_result", {"reason": "他人代答"}, **SECRETARY)
    await player.play("void_exam", {"reason": "重复安排"}, **SECRETARY)
    exam = {"organization_id": player.id("organization_id"), "title": "安全知识测试", "questions": 3, "seed": 7}
    window = {"opens_at": "2025-04-08T08:00:00+08:00", "closes_at": "2025-06-30T18:00:00+08:00"}
    player.keep("exam_id", await player.play("create_exam", {**exam, **window}, **SECRETARY))
    paper = await player.play("start_exam")
    player.keep("exam_attempt_id", paper["attempt"])
    await player.play("answer_exam", {"answers": [{"number": 1, "answer": "A"}, {"number": 2, "answer": "AB"}]})
    await player.play("hand_in_exam")


async def record_contests(player: Player) -> None:
    await player.play("void_contest_result", {"reason": "登记错人"}, **SECRETARY)
    result = {"organization_id": player.id("organization_id"), "member_id": player.id("member_id"), "is_passed": True}
    drill = {**result, "kind": "skill_drill", "contest": "电焊技术练兵", "held_on": "2025-04-08", "place": 3}
    player.keep("contest_result_id", await player.play("create_contest_result", drill, **SECRETARY))
    await player.play("correct_contest_result", {"is_passed": True, "place": 2}, **SECRETARY)


async def compete(player: Player) -> None:
    await player.play("void_live_contest", {"reason": "改期"}, **SECRETARY)
    people = [player.id("member_id"), player.id("member_id", "colleague")]
    teams = [{"name": f"第{number}组", "member_ids": [one]} for number, one in enumerate(people, start=1)]
    contest = {"organization_id": player.id("organization_id"), "title": "安全知识抢答赛", "held_on": "2025-04-09"}
    planned = {**contest, "questions": 3, "seed": 7, "smallest_team": 1, "teams": teams}
    player.keep("live_contest_id", await player.play("create_live_contest", planned, **SECRETARY))
    player.keep("live_round_id", await player.play("open_live_round", **SECRETARY))
    await player.play("buzz")
    await player.play("judge_live_round", {"is_right": True}, **SECRETARY)
    player.keep("live_round_id", await player.play("open_live_round", **SECRETARY))
    await player.play("close_live_round", **SECRETARY)
    await player.play("finish_live_contest", **SECRETARY)
