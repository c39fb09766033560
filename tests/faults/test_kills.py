"""What was acknowledged is there, once, whatever was killed meanwhile (architecture Q5)."""

import os
import time

from tests.support.branches import Branch
from tests.support.systems import SERVICES, System
from tests.support.writers import assert_kept, writing

ROUNDS = int(os.environ.get("LIANGXIN_FAULT_ROUNDS", "1"))
VICTIMS = (*SERVICES, "postgres")
BACK_SECONDS = 60.0
UNHARMED_SECONDS = 2.0


class TestKilledProcess:
    """Fails by itself when a killed process is not back within `BACK_SECONDS`."""

    def test_loses_nothing_acknowledged_and_counts_nothing_twice(self, system: System, branch: Branch) -> None:
        absences = {}
        with writing(branch) as writer:
            for number in range(ROUNDS):
                for victim in VICTIMS:
                    time.sleep(UNHARMED_SECONDS)
                    system.kill(victim)
                    system.wait(lambda: not system.is_ready(), BACK_SECONDS)
                    absences[number, victim] = system.wait(system.is_ready, BACK_SECONDS)

        assert_kept(branch, writer)
        assert len(writer.meetings) > len(absences) == ROUNDS * len(VICTIMS)
