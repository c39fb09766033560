from typing import Any

import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
ORGANIZATIONS = "/api/v1/registry/organizations"
POSTS = "/api/v1/registry/posts"


class TestAnAdministratorOfTheWholeInstallation:
    @pytest.mark.parametrize("role", list(AdministratorRole))
    async def test_sees_every_organisation_and_post(self, registry: Any, role: AdministratorRole) -> None:
        headers = await registry.administrator(role)
        district = await registry.organization(1)
        branch = await registry.organization(4, district)
        post = await registry.post(await registry.member(branch), branch)

        listed = (await registry.http.get(ORGANIZATIONS, headers=headers)).json()["items"]
        posts = (await registry.http.get(POSTS, headers=headers)).json()["items"]

        assert {item["id"] for item in listed} == {str(district.id), str(branch.id)}
        assert [item["id"] for item in posts] == [str(post.id)]


class TestAnInstructorWhoseUnitNobodyCovers:
    async def test_sees_no_organisation(self, registers: Any) -> None:
        await registers.district()

        answer = await (await registers.office("instructor")).get("/organizations/tree")

        assert answer.status_code == 200, answer.text
        assert answer.json()["nodes"] == []
