"""An activity circle of a town: its centre with staff and rooms, its members, bookings and rota."""

from tests.contracts.plays.playing import Player

ASKED = frozenset({"read_circle_access", "read_circle_rota"})
TWICE = {"reason": "重复登记"}


async def play(player: Player) -> None:
    await open_a_circle(player)
    await join_it(player)
    await use_it(player)
    await ask_its_centre(player)


async def open_a_circle(player: Player) -> None:
    centre = {"organization_id": player.id("organization_id", "town"), "area": "680.00", "cost": "700000.00"}
    named = {"name": "城东活动圈", "centre_name": "城东党群活动中心", "address": "园区路 1 号"}
    mistaken = await player.play("create_circle", {**centre, **named, "opened_on": "2025-01-02"})
    await player.play("void_circle", {"reason": "启用日期写错"}, circle_id=mistaken["id"])
    circle = player.keep(
        "circle_id", await player.play("create_circle", {**centre, **named, "opened_on": "2025-01-01"})
    )
    sent = {"circle_id": circle, "kind": "instructor", "person_name": "冯远", "valid_from": "2025-01-10"}
    twice = await player.play("create_centre_staff", sent)
    await player.play("void_centre_staff", TWICE, staff_id=twice["id"])
    player.keep("staff_id", await player.play("create_centre_staff", sent))
    await player.play("end_centre_staff", {"ended_on": "2025-03-31"})
    room = {"circle_id": circle, "name": "报告厅", "capacity": 60, "opening": "周一至周五 9:00–17:00"}
    twice = await player.play("create_circle_room", room)
    await player.play("void_circle_room", TWICE, room_id=twice["id"])
    player.keep("room_id", await player.play("create_circle_room", room))


async def join_it(player: Player) -> None:
    """The whole branch joins, leaves again and comes back; a member was written down by mistake."""
    joining = {"circle_id": player.id("circle_id"), "walking_minutes": 12, "joined_on": "2025-01-10"}
    mistaken = await player.play("create_circle_membership", {**joining, "member_id": player.id("member_id")})
    await player.play("void_circle_membership", {"reason": "选错了人"}, membership_id=mistaken["id"])
    group = {**joining, "organization_id": player.id("organization_id")}
    first = await player.play("create_circle_membership", group)
    await player.play("end_circle_membership", {"ended_on": "2025-02-01"}, membership_id=first["id"])
    player.keep("membership_id", await player.play("create_circle_membership", {**group, "joined_on": "2025-03-01"}))
    await player.play("read_circle_access", circle_id=player.id("circle_id"), member_id=player.id("member_id"))


async def use_it(player: Player) -> None:
    booking = {"room_id": player.id("room_id"), "organization_id": player.id("organization_id"), "people": 30}
    times = {"starts_at": "2025-04-10T09:00:00+08:00", "ends_at": "2025-04-10T11:00:00+08:00"}
    cancelled = await player.play("create_circle_booking", {**booking, **times, "purpose": "主题党日"})
    await player.play("void_circle_booking", {"reason": "改期"}, booking_id=cancelled["id"])
    player.keep("booking_id", await player.play("create_circle_booking", {**booking, **times, "purpose": "主题党日"}))
    turn = {"circle_id": player.id("circle_id"), "organization_id": player.id("organization_id"), "month": "2025-04"}
    swapped = await player.play("create_circle_turn", {**turn, "theme": "志愿服务月"})
    await player.play("void_circle_turn", {"reason": "与他人对调"}, turn_id=swapped["id"])
    player.keep("turn_id", await player.play("create_circle_turn", {**turn, "theme": "志愿服务月"}))
    await player.play("read_circle_rota", circle_id=player.id("circle_id"), year=2025)
    await player.play("end_circle", {"ended_on": "2025-04-02"}, circle_id=(await other_circle(player)))


async def ask_its_centre(player: Player) -> None:
    """A member asks, an officer of the town sees to it, and the member says that it helped."""
    asking = {"circle_id": player.id("circle_id"), "kind": "relations", "topic": "组织关系转出"}
    asking["content"] = "换了工作,组织关系怎样转到新单位"
    twice = await player.play("create_service_request", asking, by="member")
    await player.play("void_service_request", TWICE, service_request_id=twice["id"])
    player.keep("service_request_id", await player.play("create_service_request", asking, by="member"))
    owner = {"owner_member_id": player.id("member_id", "colleague")}
    await player.play("take_service_request", owner, by="town_officer")
    told = {"answer": "请新单位所在支部同意接收后,由原支部开具介绍信"}
    await player.play("answer_service_request", told, by="town_officer")
    await player.play("close_service_request", {"is_solved": True}, by="member")


async def other_circle(player: Player) -> str:
    centre = {"organization_id": player.id("organization_id", "town"), "area": "500.00", "opened_on": "2024-01-01"}
    named = {"name": "城南活动圈", "centre_name": "城南党群活动中心", "address": "南环路 8 号"}
    made: dict[str, str] = await player.play("create_circle", {**centre, **named})
    return made["id"]
