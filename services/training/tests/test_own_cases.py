"""Nobody decides on themselves: every operation that `self_cases.csv` refuses, tried on oneself."""

import pytest

from services.training.tests.district import Hold, SignIn, Town
from services.training.tests.meetings.test_make_ups import made_up
from tests.support.self_cases import refused_in

pytestmark = pytest.mark.anyio


class TestNobody:
    async def test_decides_on_themselves_in_any_operation_that_decides(
        self, town: Town, hold: Hold, sign_in: SignIn
    ) -> None:
        """Also through an office elsewhere: the town's officer is a member of the branch."""
        meeting = await hold(town.secretary, town.branch, town.people[1:])
        second = await sign_in(("town_officer", town.id), person=town.people[0])
        body, answers = made_up(meeting, town.people[0]), {}

        for caller in (town.secretary, second):
            answer = await caller.make_up(body)
            answers["record_make_up"] = (answer.status_code, answer.json()["code"])
            assert answers["record_make_up"] == (403, "own-case")

        assert (await town.officer.make_up(body)).status_code == 201
        entry = {"organization_id": str(town.branch), "name": "维修", "provider_ids": [str(town.people[0])]}
        entry |= {"form": "上门", "time": "周六", "notice": "预约"}
        item = (await town.secretary.post("/service-items", entry)).json()["id"]
        told = {"service_item_id": item, "member_id": str(town.people[0]), "provided_on": "2025-03-10", "helped": 1}
        made = await town.secretary.post("/service-provisions", {**told, "content": "维修"})
        path, good = f"/service-provisions/{made.json()['id']}", {"rating": "good"}
        for caller in (town.secretary, second):
            confirmed = await caller.post(f"{path}/confirmation", good, If_Match='"1"')
            corrected = await caller.patch(path, {"helped": 9}, If_Match='"1"')
            for name, answer in (("confirm", confirmed), ("correct", corrected)):
                answers[f"{name}_service_provision"] = (answer.status_code, answer.json()["code"])
                assert answers[f"{name}_service_provision"] == (403, "own-case")
        assert (await town.officer.post(f"{path}/confirmation", good, If_Match='"1"')).status_code == 201
        assert answers.keys() == refused_in("training")
