"""The demonstration district through the public import: the figures everybody knows it by."""

import time
from typing import Any

import pytest

from demo.district.district import build_district
from demo.district.workbooks import write_workbooks

pytestmark = pytest.mark.anyio


class TestDistrict:
    @pytest.mark.feature("R01")
    @pytest.mark.feature("R14")
    @pytest.mark.feature("R15")
    @pytest.mark.feature("R03")
    @pytest.mark.feature("R07")
    async def test_shows_its_known_figures_after_four_imports(self, registers: Any) -> None:
        office = await registers.administrator()
        workbooks = write_workbooks(build_district())
        cpu_seconds = {}
        for kind, content in workbooks.items():
            started = time.process_time()
            done = await registers.imported(office, kind, content)
            cpu_seconds[kind] = time.process_time() - started
            assert done["state"] == "published", await registers.faults(office, done)

        overview = (await office.get("/overview")).json()

        towns = (await office.get("/organizations", kind="committee", host_kind="town", limit=200)).json()["items"]
        assert [one["level"] for one in towns] == [3] * 23
        assert overview["primary_organizations"] == 375
        assert overview["coverage"]["economic"] == "72.52"
        assert overview["coverage"]["social"] == "50.00"
        assert overview["covered_units"] == {"economic": 351, "social": 24, "total": 375}
        assert overview["work_coverage"] == "100.00"
        assert overview["demonstration_points"] == {"city": 12, "district": 57, "town": 138, "total": 207}
        assert overview["directly_managed"] == 12
        assert overview["instructors"] == 290
        assert cpu_seconds["members"] < 10
        codes = ("large_unit_without_member", "organization_above_size", "organization_below_size")
        root = (await office.get("/organizations", level=1)).json()["items"][0]
        officer = await registers.office("district_officer", root)
        found = [await officer.get("/findings", code=one, with_total=True) for one in (*codes, "unit_without_coverage")]
        assert [one.json()["total"] for one in found] == [60, 1, 1, 0]
