"""Whatever day the business clock tells, no operation fails: where nothing is known of that day, it says so."""

from datetime import datetime

import pytest

from kit.calendar import real_now
from kit.clock import set_offset
from kit.database import app_transaction
from tests.contracts.attackers import Attacker
from tests.contracts.bodies import body_of

NEEDS_AN_ACCOUNT = {"read_own_account"}


async def tell(attacker: Attacker, moment: str) -> None:
    offset = datetime.fromisoformat(moment) - real_now()
    async with app_transaction(attacker.service.app) as db:
        await set_offset(db, round(offset.total_seconds()))


class TestBusinessClock:
    @pytest.mark.parametrize(
        "moment",
        ["1900-01-02T00:00:00+08:00", "1999-12-31T23:59:59+08:00", "2019-12-31T12:00:00+08:00", "2100-12-30T00:00:00Z"],
    )
    def test_may_tell_any_day_of_ours(self, attacker: Attacker, moment: str) -> None:
        attacker.portal.call(tell, attacker, moment)
        failed = {}
        for operation in attacker.service.operations:
            if operation.name in NEEDS_AN_ACCOUNT or "wait" in {one["name"] for one in operation.parameters("query")}:
                continue
            body = body_of(operation, attacker.service.document, attacker.known)
            content = {} if body is None else {"json": body}
            answer = attacker.send(operation, attacker.address(operation), **content)
            if answer.status_code >= 500:
                failed[str(operation)] = answer.text

        assert failed == {}
