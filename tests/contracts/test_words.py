"""Words of one service that others write as text are words of that service, and no list is shorter than its choices."""

import pytest

from registry.identity.authorities.rules import LEADING_POSTS, ROLE_AT_LEVEL
from registry.identity.grants.models import Role
from registry.members.members.kinds import MemberStage
from registry.tree.organizations.kinds import OrganizationKind
from registry.tree.posts.kinds import PostKind
from roster import rules as roster
from tests.contracts import documents
from training import kinds as training

POSTS = {*LEADING_POSTS, roster.SECRETARY, *training.COMMITTEE_POSTS}
STAGES = {roster.FORMAL, *roster.PARTY_MEMBER_STAGES}
KINDS = {*roster.GROUP_KINDS, *training.BRANCH_KINDS, *training.PRIMARY_KINDS, *training.SUPERIOR_KINDS}


class TestWords:
    @pytest.mark.parametrize(
        ("used", "known"),
        [(POSTS, PostKind), (STAGES, MemberStage), (KINDS, OrganizationKind), ({*ROLE_AT_LEVEL.values()}, Role)],
        ids=["posts", "stages", "kinds", "roles"],
    )
    def test_of_registry_are_written_as_registry_writes_them(self, used: set[str], known: type[str]) -> None:
        assert used - {one.value for one in known} == set()  # type: ignore[attr-defined] # an enum, iterated


class TestChoices:
    def test_can_all_be_named_at_once(self) -> None:
        """A filter of several values takes as many as there are, also when one is added."""
        enums = {
            name: len(one["enum"]) for name, one in documents.merged()["components"]["schemas"].items() if "enum" in one
        }
        asked = {
            node.where: (enums[name], node.schema.get("maxItems", 0))
            for node in documents.shapes()
            if (name := str(node.schema.get("items", {}).get("$ref", "")).rpartition("/")[2]) in enums
        }

        assert {where: counts for where, counts in asked.items() if counts[1] < counts[0] and counts[1]} == {}
        assert len(asked) > 20
