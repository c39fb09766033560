from kit.domains import Domain
from kit.edge import LabelledEnum
from records.findings import FindingStatus, Severity
from records.vocabulary import vocabulary_router
from registry.circles.service_requests.kinds import ServiceKind, ServiceState
from registry.circles.staffing.kinds import CentreStaffKind
from registry.exchange.imports.models import ImportKind, ImportMode, ImportState
from registry.identity.activations.models import AdministratorRole
from registry.identity.authorities.readings import ReadingKind
from registry.identity.authorities.rules import Basis
from registry.identity.grants.models import Role
from registry.identity.refresh_tokens.models import LoginEnd
from registry.liaison.contact_logs.kinds import ContactKind
from registry.liaison.council_meetings.kinds import CouncilBody
from registry.liaison.pairings.kinds import PairingKind, PartnerKind
from registry.liaison.talks.models import TalkWay
from registry.members.corrections.kinds import CorrectionState
from registry.members.development_plans.kinds import PlanLight
from registry.members.developments.kinds import DevelopmentStage, DevelopmentStep, DevelopmentTag, PaperKind
from registry.members.dues.kinds import DuesStanding
from registry.members.integrity_cards.kinds import IntegrityKind
from registry.members.members.kinds import Degree, Education, Ethnicity, MemberStage, Sex
from registry.members.members.schemas import DisclosedField
from registry.members.screenings.kinds import FoundBy, FoundKind, ScreeningStage
from registry.members.transfers.kinds import TransferOrigin, TransferState
from registry.oversight.campaigns.kinds import CampaignState, SampledKind
from registry.oversight.findings.kinds import FindingCode, FindingSubject
from registry.oversight.quality.kinds import LookalikeKind
from registry.oversight.rectifications.kinds import RectificationGround, RectificationStage
from registry.oversight.statistics.kinds import StatisticGroup
from registry.sites.archives.kinds import ArchiveCategory
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.sites.funds.kinds import FundKind
from registry.sites.site_checks.kinds import CheckList, SiteItem
from registry.tree.organizations.kinds import GuidedScope, HostKind, JointReason, OrganizationKind, SetUpMode
from registry.tree.posts.kinds import AppointmentSource, Background, PostKind
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.notices.kinds import NoticeKind
from registry.units.projects.kinds import ProjectCheck
from registry.units.units.kinds import MassOrganizationKind, UnitKind, UnitSector, UnitSize

KINDS: tuple[type[LabelledEnum], ...] = (
    OrganizationKind,
    HostKind,
    SetUpMode,
    JointReason,
    GuidedScope,
    DemonstrationLevel,
    CheckList,
    SiteItem,
    ArchiveCategory,
    FundKind,
    UnitKind,
    UnitSector,
    UnitSize,
    LedgerBlock,
    NoticeKind,
    ProjectCheck,
    MassOrganizationKind,
    MemberStage,
    Sex,
    Ethnicity,
    Education,
    Degree,
    CorrectionState,
    TransferState,
    TransferOrigin,
    IntegrityKind,
    DuesStanding,
    DevelopmentStage,
    DevelopmentStep,
    DevelopmentTag,
    PaperKind,
    PlanLight,
    ScreeningStage,
    FoundKind,
    FoundBy,
    DisclosedField,
    PostKind,
    AppointmentSource,
    Background,
    ContactKind,
    PairingKind,
    PartnerKind,
    TalkWay,
    CentreStaffKind,
    ServiceKind,
    ServiceState,
    CouncilBody,
    Basis,
    ReadingKind,
    Role,
    AdministratorRole,
    LoginEnd,
    ImportKind,
    ImportMode,
    ImportState,
    StatisticGroup,
    RectificationGround,
    RectificationStage,
    LookalikeKind,
    CampaignState,
    SampledKind,
    FindingCode,
    FindingSubject,
    FindingStatus,
    Severity,
)

router = vocabulary_router("registry", KINDS)


DOMAIN = Domain(routers=[router])
