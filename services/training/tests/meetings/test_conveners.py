"""待建党支部召集人: plans training and sees its lists; nobody's hours, attendance or minutes."""

import pytest

from services.training.tests.district import Planned, SignIn, Town

pytestmark = pytest.mark.anyio


class TestConvener:
    @pytest.mark.feature("R55")
    async def test_may_plan_training_and_see_its_lists(
        self, town: Town, other_town: Town, planned: Planned, sign_in: SignIn
    ) -> None:
        convener = await sign_in(("convener", town.branch))

        made = await convener.post("/meetings", planned(town.branch))
        elsewhere = await convener.post("/meetings", planned(other_town.branch))
        listed = (await convener.get("/meetings")).json()["items"]

        assert (made.status_code, elsewhere.status_code) == (201, 404)
        assert [one["id"] for one in listed] == [made.json()["id"]]
        assert (await convener.get("/rotations")).status_code == 200

    @pytest.mark.parametrize("path", ["/study-hours", "/make-ups", "/meetings/export", "/study-hours/{}"])
    async def test_sees_nothing_of_anybody(self, town: Town, sign_in: SignIn, path: str) -> None:
        convener = await sign_in(("convener", town.branch))

        assert (await convener.get(path.format(town.people[1]))).status_code == 403
