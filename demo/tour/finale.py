"""What everybody may see in the end: stars by town, and one star of each kind explained down to its entries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from demo.tour.claims import SCORING
from demo.tour.opinions import Conducted
from demo.tour.stage import Stage
from demo.tour.year import POINTS_YEAR
from deploy.calling import REGISTRY

LEVELS = (5, 4, 3, 2, 1, 0)


async def introduce(stage: Stage) -> None:
    found = await stage.caller("district_officer").get(f"{REGISTRY}/overview")
    rates, points = found["coverage"], found["demonstration_points"]
    stage.console.print(
        f"示范区:基层党组织 {found['primary_organizations']} 个,示范点 {points['total']} 个,党员 {found['members']} 名;"
        f"组织覆盖率 非公 {rates['economic']} %、社会组织 {rates['social']} %,工作覆盖率 {found['work_coverage']} %",
        soft_wrap=True,
    )


async def stars_by_town(stage: Stage) -> None:
    overview = await stage.caller("district_officer").get(f"{SCORING}/overview")
    for kind, title in (("member", "党员星级(按镇街)"), ("organization", "党组织星级(按镇街)")):
        counts: dict[str, Counter[int]] = {}
        for row in overview["stars"]:
            if row["subject_kind"] == kind:
                counts.setdefault(short(row["name"] or "直管"), Counter())[row["level"]] += row["count"]
        table = Table("镇街", title=title, title_justify="left")
        for level in LEVELS:
            table.add_column(f"{level}★" if level else "未评星", justify="right")
        for name, found in sorted(counts.items()):
            table.add_row(name, *(str(found[level] or "") for level in LEVELS))
        table.add_row("合计", *(str(sum(found[level] for found in counts.values())) for level in LEVELS))
        stage.console.print(table)
    plaques = [one async for one in stage.stranger.every(f"{SCORING}/plaques")]
    named = ";".join(f"{one['number']} {short(one['organization_name'])} {one['level']}★" for one in plaques)
    stage.console.print(f"命名挂牌(三星及以上党组织)共 {len(plaques)} 块:{named}", soft_wrap=True)


def short(name: str) -> str:
    return name.removeprefix("中共").removesuffix("委员会").removesuffix("两新组织")


async def explain(stage: Stage, review: Conducted, subject_id: str) -> bool:
    """In one paragraph, then every entry behind the points; True when entries and sum agree everywhere."""
    speaker = stage.person(review.speakers[subject_id])
    found = await speaker.get(f"{SCORING}/reviews/{review.id}/results/{subject_id}")
    verified = await speaker.get(f"{SCORING}/balances/{subject_id}/verification", year=POINTS_YEAR)
    balance = await speaker.get(f"{SCORING}/balances/{subject_id}", year=POINTS_YEAR)
    stage.console.print(f"\n{found['paragraph']}", soft_wrap=True)
    _print_entries(stage.console, found["entries"])
    total = sum((Decimal(entry["granted"]) for entry in found["entries"]), Decimal())
    sums = {total, Decimal(found["entries_sum"]), Decimal(verified["entries_sum"]), Decimal(balance["points_total"])}
    agrees = len(sums) == 1 and bool(verified["is_consistent"]) and verified["entries"] == len(found["entries"])
    stage.console.print(
        f"  流水 {len(found['entries'])} 笔,合计 {total} 分;评定所用 {found['entries_sum']} 分;"
        f"结余 {balance['points_total']} 分:{'一致' if agrees else '不一致'}"
    )
    return agrees


def _print_entries(console: Console, entries: Sequence[Mapping[str, Any]]) -> None:
    earned: dict[str, list[Decimal]] = {}
    for entry in entries:
        earned.setdefault(entry["indicator_code"], []).append(Decimal(entry["granted"]))
    cells = (f"{code}×{len(points)}={sum(points)}" for code, points in sorted(earned.items()))
    console.print("  " + " · ".join(cells), soft_wrap=True)
