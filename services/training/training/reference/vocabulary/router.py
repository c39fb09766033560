from kit.domains import Domain
from kit.edge import LabelledEnum
from records.vocabulary import vocabulary_router
from training import kinds

ENUMS: tuple[type[LabelledEnum], ...] = (
    kinds.MeetingKind,
    kinds.ClassKind,
    kinds.Direction,
    kinds.Audience,
    kinds.Duration,
    kinds.MeetingState,
    kinds.MakeUpState,
    kinds.CadencePeriod,
    kinds.RequirementGroup,
)
router = vocabulary_router("training", ENUMS)


DOMAIN = Domain(routers=[router])
