"""What a superior looks over: a weak branch is rectified and signed off."""

from tests.contracts.plays.playing import Player

ASKED = frozenset[str]()
PLAN = {"cause": "书记长期空缺,组织生活停顿", "measures": "选派书记,补建班子,恢复三会一课", "responsible": "陈光"}
DATED = {"listed_on": "2025-01-10", "due_on": "2025-06-30"}


async def play(player: Player) -> None:
    await rectify(player)


async def rectify(player: Player) -> None:
    """The first report is not accepted; the branch goes on and is signed off the second time."""
    listing = {"organization_id": player.id("organization_id"), "ground": "by_hand", **PLAN, **DATED}
    running = player.id("rectification_id")
    await player.play("void_rectification", {"reason": "重复列入"}, rectification_id=running)
    listed = await player.play("create_rectification", listing)
    player.keep("rectification_id", listed)
    await player.play("correct_rectification", {"responsible": "陈光、孙立"})
    await player.play("note_rectification", {"noted_on": "2025-02-10", "content": "已选派书记人选"})
    report = {"submission": "书记已到任,三会一课恢复"}
    await player.play("submit_rectification", report)
    again = {"is_accepted": False, "opinion": "班子仍缺两人", "due_on": "2025-09-30"}
    await player.play("decide_rectification", again)
    await player.play("submit_rectification", {"submission": "班子已补齐"})
    await player.play("decide_rectification", {"is_accepted": True, "opinion": "整改到位,同意销号"})
