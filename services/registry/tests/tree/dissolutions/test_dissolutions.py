from typing import Any

import pytest

pytestmark = pytest.mark.anyio
BODY = {"dissolved_on": "2025-01-01", "reason": "企业注销"}


class TestDissolution:
    async def test_waits_until_every_member_is_placed(self, registers: Any) -> None:
        district = await registers.district()
        member = await registers.member(district.branches[0])
        officer = await registers.office("district_officer", district.root)
        path = f"/organizations/{district.branches[0]['id']}/dissolution"

        refused = await officer.post(path, BODY, version=1)
        await officer.patch(f"/members/{member['id']}", {"organization_id": district.branches[1]["id"]}, version=1)
        done = await officer.post(path, BODY, version=1)

        assert (refused.status_code, refused.json()["code"]) == (409, "members-not-placed")
        assert (done.status_code, done.json()["is_active"]) == (201, False)

    async def test_waits_for_the_organisations_below(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("district_officer", district.root)

        answer = await officer.post(f"/organizations/{district.towns[0]['id']}/dissolution", BODY, version=1)

        assert (answer.status_code, answer.json()["code"]) == (409, "subordinates-not-placed")

    async def test_of_another_town_answers_like_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.post(f"/organizations/{district.branches[1]['id']}/dissolution", BODY, version=7)

        assert answer.status_code == 404

    async def test_ends_coverage_posts_and_demonstration_point(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("district_officer", district.root)
        branch, other = district.branches
        unit = await registers.unit(district.towns[0])
        link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2020-01-01"}
        await officer.made(f"/units/{unit['id']}/coverage-links", **link)
        member = await registers.member(other)
        post = {"member_id": member["id"], "organization_id": branch["id"], "kind": "secretary"}
        await officer.made("/posts", **post, valid_from="2020-01-01")
        await officer.made("/demonstration-points", organization_id=branch["id"], level="town", valid_from="2020-01-01")

        done = await officer.post(f"/organizations/{branch['id']}/dissolution", BODY, version=1)

        assert done.status_code == 201, done.text
        assert (await officer.get(f"/units/{unit['id']}")).json()["coverage_links"] == []
        assert registers.events("registry.post.changed.v1")[-1]["valid_to"] == "2025-01-01"
        assert registers.events("registry.demonstration_point.changed.v1")[-1]["valid_to"] == "2025-01-01"
        again = await officer.post(f"/organizations/{branch['id']}/dissolution", BODY, version=2)
        assert (again.status_code, again.json()["code"]) == (409, "organization-inactive")
