from kit.domains import Domain
from kit.edge import LabelledEnum
from records.vocabulary import vocabulary_router
from training import kinds
from training.branch_sites.sites import kinds as sites
from training.exams.live import kinds as live
from training.exams.questions import kinds as questions
from training.exams.results import kinds as results
from training.messages.messages import kinds as messages
from training.messages.publications import kinds as publications
from training.messages.registrations import kinds as registrations
from training.mutual_aid.provisions import kinds as provisions
from training.mutual_aid.votes import kinds as votes

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
    sites.SiteState,
    sites.MustHave,
    sites.WithdrawalReason,
    sites.ColumnKind,
    sites.PostState,
    sites.SiteOffice,
    votes.VoteOutcome,
    provisions.ProvisionState,
    provisions.AidRating,
    questions.QuestionKind,
    results.ContestKind,
    live.LiveState,
    live.RoundState,
    live.BuzzState,
    registrations.Channel,
    messages.MessageKind,
    messages.MessageState,
    messages.DeliveryState,
    messages.DeliveryFailure,
    publications.PublicationForm,
)
router = vocabulary_router("training", ENUMS)


DOMAIN = Domain(routers=[router])
