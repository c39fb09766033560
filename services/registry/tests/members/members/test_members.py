import asyncio
from datetime import date
from typing import Any

import pytest

from demo.district.codes import id_number
from kit.calendar import day_of, real_now

pytestmark = pytest.mark.anyio
MISSING = "01900000-0000-7000-8000-000000000000"
NUMBER = id_number("990100", date(1980, 2, 3), 77)
PHONE = "15400012345"


class TestMember:
    @pytest.mark.feature("G08")
    async def test_of_another_town_answers_like_a_missing_one_before_if_match(self, registers: Any) -> None:
        district = await registers.district()
        foreign = await registers.member(district.branches[1])
        officer = await registers.office("town_officer", district.towns[0])

        for member_id in (foreign["id"], MISSING):
            path = f"/members/{member_id}"
            read = await officer.get(path)
            corrected = await officer.patch(path, {"name": "改"}, version=99)
            disclosed = await officer.post(path + "/disclosures", {"purpose": "核对", "fields": ["phone"]})
            assert [one.status_code for one in (read, corrected, disclosed)] == [404, 404, 404]
            assert {one.json()["code"] for one in (read, corrected, disclosed)} == {"member-not-found"}

    @pytest.mark.feature("G08")
    async def test_of_another_town_is_in_no_list_filter_or_export(self, registers: Any) -> None:
        district = await registers.district()
        foreign = await registers.member(district.branches[1], name="外镇人")
        own = await registers.member(district.branches[0], name="本镇人")
        officer = await registers.office("town_officer", district.towns[0])

        for query in ({}, {"q": "镇人"}):
            assert [one["id"] for one in (await officer.get("/members", **query)).json()["items"]] == [own["id"]]
        for query in ({"under": district.towns[1]["id"]}, {"organization_id": district.branches[1]["id"]}):
            assert (await officer.get("/members", **query)).json()["items"] == []
        assert foreign["name"] not in (await officer.get("/members/export", format="csv")).text

    async def test_sees_oneself_and_nobody_else(self, registers: Any) -> None:
        district = await registers.district()
        own, other = [await registers.member(district.branches[0]) for _ in range(2)]
        person = await registers.office("member", district.branches[0], own["id"])

        assert [one["id"] for one in (await person.get("/members")).json()["items"]] == [own["id"]]
        assert (await person.get(f"/members/{other['id']}")).status_code == 404
        assert (await person.patch(f"/members/{own['id']}", {"name": "改"}, version=1)).status_code == 403

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"id_number": NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")}, "wrong-id-number"),
            ({"id_number": int(NUMBER[:-1] + "0")}, "invalid-input"),
            ({"phone": "123"}, "invalid-input"),
            ({"organization_id": MISSING}, "unknown-organization"),
            ({"unit_id": MISSING}, "unknown-workplace"),
            ({"joined_on": "2020-01-02", "confirmed_on": "2020-01-01"}, "wrong-dates"),
            ({"birth_on": "1980-02-03"}, "invalid-input"),
        ],
    )
    async def test_that_does_not_fit_is_refused_without_echo(
        self, registers: Any, fields: dict[str, Any], code: str
    ) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"name": "张三", "id_number": NUMBER, "stage": "formal", "organization_id": district.branches[0]["id"]}

        answer = await officer.post("/members", body | fields)

        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
        assert NUMBER[:17] not in answer.text

    async def test_id_number_stands_once_whoever_is_first(self, registers: Any) -> None:
        district = await registers.district()
        offices = [await registers.office("town_officer", town) for town in district.towns]
        body = {"name": "张三", "id_number": NUMBER, "stage": "formal"}

        answers = await asyncio.gather(
            *(
                office.post("/members", {**body, "organization_id": branch["id"]})
                for office, branch in zip(offices * 3, district.branches * 3, strict=True)
            )
        )

        refused = [one for one in answers if one.status_code != 201]
        assert len(refused) == 5
        assert {(one.status_code, one.json()["code"]) for one in refused} == {(409, "id-number-taken")}
        assert not any(NUMBER in one.text for one in answers)

    async def test_is_masked_everywhere_and_sealed_at_rest(self, registers: Any) -> None:
        district = await registers.district()
        made = await registers.member(district.branches[0], id_number=NUMBER, phone=PHONE)
        officer = await registers.office("town_officer", district.towns[0])

        assert (made["id_number_masked"], made["phone_masked"]) == ("990*************" + NUMBER[-2:], "154****2345")
        answers = [
            await officer.get(f"/members/{made['id']}"),
            await officer.get("/members"),
            await officer.get("/members/export", format="csv"),
        ]
        for answer in answers:
            assert not {NUMBER, PHONE, "1980-02-03"} & set(answer.text.replace('"', ",").split(","))
        dump = str(registers.rows("SELECT m::text FROM members m")) + str(
            registers.rows("SELECT e::text FROM event_log e")
        )
        assert NUMBER not in dump
        assert PHONE not in dump
        assert str(registers.rows("SELECT k.body FROM idempotency_keys k")).count(NUMBER) == 0

    async def test_is_disclosed_for_a_purpose_and_the_log_says_to_whom(self, registers: Any) -> None:
        district = await registers.district()
        made = await registers.member(district.branches[0], id_number=NUMBER, phone=PHONE)
        officer = await registers.office("town_officer", district.towns[0])
        secretary = await registers.office("branch_secretary", district.branches[0])
        path, body = (
            f"/members/{made['id']}/disclosures",
            {"purpose": "补办党费证", "fields": ["id_number", "birth_on"]},
        )

        without = await officer.post(path, {"fields": ["phone"]})
        forbidden = await secretary.post(path, body)
        clear = await officer.post(path, body)

        assert [one.status_code for one in (without, forbidden, clear)] == [422, 403, 200]
        assert clear.json() == {
            "member_id": made["id"],
            "member_name": made["name"],
            "id_number": NUMBER,
            "phone": None,
            "birth_on": "1980-02-03",
        }
        assert clear.headers["cache-control"] == "no-store"
        assert registers.events("registry.member.disclosed.v1") == [
            {"member_id": made["id"], "purpose": "补办党费证", "fields": ["birth_on", "id_number"]}
        ]
        assert registers.rows(
            "SELECT count(*) FROM idempotency_keys WHERE position(%s in body) > 0", NUMBER.encode()
        ) == [(0,)]

    async def test_is_told_without_id_number_phone_and_birth_date(self, registers: Any) -> None:
        district = await registers.district()
        made = await registers.member(district.branches[0], id_number=NUMBER, phone=PHONE)

        assert registers.events("registry.member.changed.v2") == [
            {
                "id": made["id"],
                "name": made["name"],
                "organization_id": district.branches[0]["id"],
                "path": district.branches[0]["path"],
                "root_id": district.root["id"],
                "stage": "formal",
                "is_active": True,
                "joined_on": made["joined_on"],
                "arrived_on": None,
                "left_on": None,
                "changed_on": str(day_of(real_now())),
            }
        ]

    async def test_arrives_on_the_day_told_else_today_and_stays_since_then(self, registers: Any) -> None:
        district = await registers.district()
        here, there = district.branches
        made = await registers.member(here, arrived_on="2024-05-06")
        officer, path = await registers.office("district_officer", district.root), f"/members/{made['id']}"

        stays = await officer.patch(path, {"organization_id": here["id"]}, version=1)
        moved = await officer.patch(path, {"organization_id": there["id"]}, version=1)
        earlier = await officer.patch(path, {"arrived_on": "2025-03-04"}, version=2)
        back = await officer.patch(path, {"organization_id": here["id"], "arrived_on": "2025-06-07"}, version=3)
        ahead = await officer.patch(path, {"arrived_on": "2099-01-01"}, version=4)

        told = [one["arrived_on"] for one in registers.events("registry.member.changed.v2")]
        assert [one.json()["arrived_on"] for one in (stays, moved, earlier, back)] == told[1:]
        assert told == ["2024-05-06", "2024-05-06", str(day_of(real_now())), "2025-03-04", "2025-06-07"]
        assert (ahead.status_code, ahead.json()["code"]) == (422, "wrong-dates")

    async def test_leaves_and_returns_by_date(self, registers: Any) -> None:
        district = await registers.district()
        made = await registers.member(district.branches[0])
        officer, path = await registers.office("town_officer", district.towns[0]), f"/members/{made['id']}"

        future = await officer.patch(path, {"left_on": "2099-01-01"}, version=1)
        left = await officer.patch(path, {"left_on": "2025-01-01"}, version=1)
        stale = await officer.patch(path, {"name": "李四"}, version=1)
        back = await officer.patch(path, {"left_on": None}, version=2)

        assert [one.status_code for one in (future, left, stale, back)] == [422, 200, 412, 200]
        assert (left.json()["is_active"], back.json()["is_active"]) == (False, True)

    async def test_pages_go_through_all_of_the_same_name(self, registers: Any) -> None:
        district = await registers.district()
        made = {(await registers.member(district.branches[0]))["id"] for _ in range(7)}
        officer = await registers.office("town_officer", district.towns[0])
        seen: list[str] = []
        after = None

        while after is not None or not seen:
            page = (await officer.get("/members", limit=3, **({"after": after} if after else {}))).json()
            seen += [one["id"] for one in page["items"]]
            after = page["next"]

        assert (len(seen), set(seen)) == (7, made)
