"""待建党支部召集人: given by the security administrator, and no file of a member opens."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestConvener:
    @pytest.mark.feature("R55")
    @pytest.mark.parametrize(
        "path",
        [
            "/members",
            "/members/{member}",
            "/members/export",
            "/posts",
            "/integrity-entries",
            "/developments",
            "/findings",
        ],
    )
    async def test_sees_no_member_file(self, registers: Any, path: str) -> None:
        district = await registers.district()
        member = await registers.member(district.branches[0])
        convener = await registers.office("convener", district.branches[0])
        secretary = await registers.office("branch_secretary", district.branches[0])

        answer = await convener.get(path.format(member=member["id"]))

        assert answer.status_code == 403
        assert (await secretary.get(f"/members/{member['id']}")).status_code == 200
