"""Who plays: branches from every town, their members, and accounts for all of them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from demo.tour.stage import Stage
from deploy.calling import REGISTRY

FEWEST_MEMBERS, MOST_MEMBERS = 6, 12


@dataclass(frozen=True, slots=True)
class Branch:
    id: str
    name: str
    town_id: str
    town: str
    secretary_id: str
    leader_ids: tuple[str, ...]
    members: tuple[Mapping[str, str], ...]
    is_reviewed: bool = False

    @property
    def member_ids(self) -> list[str]:
        return [member["id"] for member in self.members]

    @property
    def voter_ids(self) -> list[str]:
        return [member["id"] for member in self.members if member["stage"] == "formal"]


async def choose_branches(stage: Stage, towns: Sequence[Mapping[str, Any]]) -> list[Branch]:
    """One branch of middling size in every town."""
    chosen = []
    for town in towns:
        async for branch in described(stage, town):
            if FEWEST_MEMBERS <= len(branch.members) <= MOST_MEMBERS:
                chosen.append(replace(branch, is_reviewed=True))
                break
    return chosen


async def described(stage: Stage, town: Mapping[str, Any], *kinds: str) -> AsyncIterator[Branch]:
    """Organisations directly under the town committee, in the order of the register."""
    district = stage.caller("district_officer")
    for kind in kinds or ("branch",):
        async for node in district.every(f"{REGISTRY}/organizations", parent_id=town["id"], kind=kind):
            yield await describe(stage, town, node)


async def describe(stage: Stage, town: Mapping[str, Any], node: Mapping[str, Any]) -> Branch:
    district = stage.caller("district_officer")
    posts = [post async for post in district.every(f"{REGISTRY}/posts", organization_id=node["id"])]
    members = [
        {"id": member["id"], "name": member["name"], "stage": member["stage"]}
        async for member in district.every(f"{REGISTRY}/members", organization_id=node["id"])
        if member["stage"] in ("formal", "probationary")
    ]
    secretary = next(post["member_id"] for post in posts if post["kind"] == "secretary")
    leaders = tuple(dict.fromkeys(post["member_id"] for post in posts))
    return Branch(
        node["id"], node["name"], town["id"], town["name"], secretary, leaders, tuple(sorted(members, key=_by_id))
    )


def _by_id(member: Mapping[str, str]) -> str:
    return member["id"]


async def leaders_of(stage: Stage, organization_id: str) -> list[str]:
    district = stage.caller("district_officer")
    posts = [post async for post in district.every(f"{REGISTRY}/posts", organization_id=organization_id)]
    return list(dict.fromkeys(str(post["member_id"]) for post in posts))


async def secretary_of(stage: Stage, organization_id: str) -> str:
    district = stage.caller("district_officer")
    posts = await district.get(f"{REGISTRY}/posts", organization_id=organization_id, kind="secretary")
    return str(posts["items"][0]["member_id"])


async def open_account(stage: Stage, member_id: str) -> None:
    """The member's own account: a demonstration account is used as it is, others are opened and activated."""
    security = stage.caller("security_administrator")
    existing = (await security.get(f"{REGISTRY}/accounts", member_id=member_id))["items"]
    username = stage.username(member_id)
    if existing and existing[0]["username"] != username:
        stage.adopt(member_id, existing[0]["username"])
        return
    if existing and existing[0]["is_activated"]:
        return
    if existing:
        opened = await security.post(f"{REGISTRY}/accounts/{existing[0]['id']}/password-resets", {})
    else:
        opened = await security.post(f"{REGISTRY}/accounts", {"username": username, "member_id": member_id})
    choice = {"username": username, "password": stage.progress.password(username)}
    await stage.stranger.post(f"{REGISTRY}/bootstrap/{opened['activation_token']}", choice)
