from functools import cache

from kit.edge import LabelledEnum
from kit.routing import plain_router
from registry.exchange.imports.models import ImportKind, ImportMode, ImportState
from registry.exchange.vocabulary.rules import terms_of
from registry.exchange.vocabulary.schemas import Term, VocabularyRead
from registry.identity.activations.models import AdministratorRole
from registry.identity.grants.models import Role
from registry.identity.refresh_tokens.models import LoginEnd
from registry.members.members.kinds import MemberStage, Sex
from registry.members.members.schemas import DisclosedField
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.tree.organizations.kinds import HostKind, JointReason, OrganizationKind, SetUpMode
from registry.tree.posts.kinds import AppointmentSource, PostKind
from registry.units.units.kinds import MassOrganizationKind, UnitKind, UnitSector

KINDS: tuple[type[LabelledEnum], ...] = (
    OrganizationKind,
    HostKind,
    SetUpMode,
    JointReason,
    DemonstrationLevel,
    UnitKind,
    UnitSector,
    MassOrganizationKind,
    MemberStage,
    Sex,
    DisclosedField,
    PostKind,
    AppointmentSource,
    Role,
    AdministratorRole,
    LoginEnd,
    ImportKind,
    ImportMode,
    ImportState,
)

router = plain_router("/api/v1/registry/vocabulary", ["词汇"])


@cache
def vocabulary() -> VocabularyRead:
    terms = terms_of(KINDS)
    return VocabularyRead(
        terms={name: [Term(value=value, label=label) for value, label in pairs] for name, pairs in terms.items()}
    )


@router.get("", summary="各类取值及其中文名称", response_model=VocabularyRead)
async def read_vocabulary() -> VocabularyRead:
    return vocabulary()
