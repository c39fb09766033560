"""Nobody keeps a connection until the process at its other end may close it: a request on its way would be lost."""

import re

from deploy.launcher.layout import ROOT
from gateway.upstreams import KEPT_IDLE_SECONDS
from hosting.serving import LEAVING_SECONDS

CADDYFILE = (ROOT / "deploy" / "edge" / "Caddyfile").read_text(encoding="utf-8")


class TestIdleConnection:
    def test_is_given_up_long_before_a_leaving_process_closes_it(self) -> None:
        of_the_edge = [int(milliseconds) / 1000 for milliseconds in re.findall(r"keepalive (\d+)ms", CADDYFILE)]

        assert len(of_the_edge) == 1
        assert max(*of_the_edge, KEPT_IDLE_SECONDS) <= LEAVING_SECONDS / 3
