"""`python -m demo.tour`: the points year 2025 and the rating of 2026, from pledge to plaque."""

import asyncio
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console

from demo.tour import cast, claims, finale, reviews, year
from demo.tour.cast import Branch
from demo.tour.stage import Stage, set_stage
from deploy.calling import REGISTRY, CallRefusedError
from deploy.launcher.layout import Layout

OPENING = date(year.POINTS_YEAR, 1, 2)


def main(
    towns: Annotated[int, typer.Option(min=3, max=23, help="参加党员评议的镇街数,每镇一个支部")] = 23,
    months: Annotated[int, typer.Option(min=1, max=12, help="演示的月数")] = 12,
) -> None:
    layout, console = Layout.from_environment(), Console()
    if not layout.accounts.exists():
        console.print("没有找到运行中的示范区:请先在另一个终端执行 make run")
        raise typer.Exit(1)
    refusals: list[BaseException] = []
    agrees = False
    try:
        agrees = asyncio.run(play(layout, console, towns, months))
    except* CallRefusedError as refused:
        refusals += refused.exceptions
    for refusal in refusals:
        console.print(f"[red]{refusal}[/red]", *getattr(refusal, "__notes__", ()))
    if not agrees:
        console.print("[red]没有演完:请按上面的说明处理后再执行一次,会从断处继续[/red]")
        raise typer.Exit(1)


async def play(layout: Layout, console: Console, towns: int, months: int) -> bool:
    async with set_stage(layout.address, layout.home, console) as stage:
        district = stage.caller("district_officer")
        await finale.introduce(stage)
        found = [dict(one) async for one in district.every(f"{REGISTRY}/organizations", level=3, kind="committee")]
        return await play_year(stage, found[:towns], months)


async def play_year(stage: Stage, towns: list[dict[str, Any]], months: int) -> bool:
    branches, first_town = await assemble(stage, towns)
    active = [branch for branch in branches if branch.members]
    reviewed = branches[: len(towns)]
    cycles = await opened_cycles(stage)
    members = [await reviews.open_member_review(stage, branch, cycles["member"]) for branch in reviewed]
    own = [branch for branch in branches if branch.town_id == first_town["id"]]
    town_review = await reviews.open_town_review(stage, first_town, own, cycles["organization"])
    everyone = [*members, town_review]
    await once(stage, "pledged", lambda: reviews.pledge_all(stage, everyone))
    for month in range(1, months + 1):
        await once(stage, f"meetings-{month}", lambda month=month: year.hold_meetings(stage, active, month))
        await once(stage, f"claims-{month}", lambda month=month: claims.play_claims(stage, active, month))
    await once(stage, "settled", lambda: year.settle_year(stage, active))
    await once(stage, "reported", lambda: reviews.report_all(stage, everyone))
    await once(stage, "appraised", lambda: reviews.appraise_all(stage, everyone))
    await once(stage, "reopened", lambda: reviews.reopen_one(stage, members[-1]))
    await once(stage, "posted", lambda: reviews.publicise_all(stage, everyone))
    await once(stage, "resolved", lambda: reviews.deliberate_all(stage, everyone))
    await once(stage, "closed", lambda: reviews.close_cycles(stage, cycles))
    await finale.stars_by_town(stage)
    shown = [(members[0], list(members[0].speakers)[1]), (town_review, own[0].id)]
    return all([await finale.explain(stage, review, subject_id) for review, subject_id in shown])


async def assemble(stage: Stage, towns: list[dict[str, Any]]) -> tuple[list[Branch], dict[str, Any]]:
    """The chosen branch of each town first, then the rest of the first town; accounts for all who act."""
    await once(stage, "opened", lambda: stage.move_clock(OPENING))
    for town in towns:
        stage.town_secretaries[town["id"]] = await cast.secretary_of(stage, town["id"])
    chosen = await cast.choose_branches(stage, towns)
    first_town = towns[0]
    rest = [
        branch
        async for branch in cast.described(stage, first_town, "branch", "general_branch")
        if branch.id not in {one.id for one in chosen}
    ]
    first_town["leader_ids"] = await cast.leaders_of(stage, first_town["id"])
    people = {*stage.town_secretaries.values(), *first_town["leader_ids"]}
    people |= {one for branch in chosen for one in branch.member_ids}
    people |= {one for branch in [*chosen, *rest] for one in branch.leader_ids}
    await stage.for_each("开通账号", sorted(people), lambda one: cast.open_account(stage, one))
    return [*chosen, *rest], first_town


async def opened_cycles(stage: Stage) -> dict[str, str]:
    roots = await stage.caller("district_officer").get(f"{REGISTRY}/organizations", level=1)
    return await reviews.open_cycles(stage, roots["items"][0]["id"])


async def once(stage: Stage, name: str, work: Any) -> None:
    await stage.progress.once(name, work)


if __name__ == "__main__":
    typer.run(main)
