from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.models import PartyOrganization
from roster.queries import member_name_of, name_of
from scoring.contests.acting import OrganizationNotFound, acting_for, require_members, require_past
from scoring.points.suggestions.events import SuggestionChanged
from scoring.points.suggestions.kinds import SuggestionState
from scoring.points.suggestions.models import Suggestion
from scoring.points.suggestions.schemas import SuggestionCreate, SuggestionDecision, SuggestionRead
from scoring.reference.projections.queries import of_seen_organizations, serving_among


class SuggestionNotFound(problems.NotFound):
    code = "suggestion-not-found"
    detail = "没有找到这条建议,或不在您的管理范围内"


class SuggestionAlreadyDecided(problems.Conflict):
    code = "suggestion-already-decided"
    detail = "这条建议已经答复;答复有误的,作废后重新登记"


class OwnSuggestion(problems.Forbidden):
    code = "own-case"
    detail = "不能采纳本人或本组织的建议,请由他人或上级党组织答复"


SUGGESTIONS = Register(
    "献计献策与节能降耗",
    Suggestion,
    SuggestionRead,
    SuggestionNotFound,
    of_seen_organizations(Suggestion.organization_id),
    derived={
        "organization_name": name_of(Suggestion.organization_id),
        "member_name": member_name_of(Suggestion.member_id),
    },
)


async def propose(db: AsyncSession, new: SuggestionCreate, *, today: date, actor: Actor) -> Suggestion:
    """Members speak for themselves; officers write down what was said in their organisation."""
    is_own = new.member_id is not None and new.member_id == actor.person
    organization = await (_own(db, new, actor) if is_own else acting_for(db, actor, new.organization_id))
    if new.member_id is not None:
        await require_members(db, organization.id, {new.member_id})
    require_past(new.proposed_on, today)
    suggestion = Suggestion(**new.model_dump(), root_id=organization.root_id, recorded_by=actor.subject)
    db.add(suggestion)
    await _tell(db, suggestion, actor)
    return suggestion


async def _own(db: AsyncSession, new: SuggestionCreate, actor: Actor) -> PartyOrganization:
    """Another organisation's is as little known to a member as one that does not exist."""
    organization = await db.get(PartyOrganization, new.organization_id)
    seen = organization is not None and organization.path.startswith((*actor.own_paths, *actor.paths))
    if organization is None or not seen or not organization.is_active:
        raise OrganizationNotFound
    return organization


async def decide(
    db: AsyncSession, suggestion: Suggestion, given: SuggestionDecision, *, today: date, actor: Actor
) -> Suggestion:
    await _refuse_own(db, suggestion, actor)
    refuse_void(suggestion)
    if suggestion.state is not SuggestionState.PROPOSED:
        raise SuggestionAlreadyDecided
    suggestion.state = SuggestionState.ADOPTED if given.is_adopted else SuggestionState.DECLINED
    suggestion.decided_on, suggestion.reply, suggestion.effect = today, given.reply, given.effect
    await _tell(db, suggestion, actor)
    return suggestion


async def _refuse_own(db: AsyncSession, suggestion: Suggestion, actor: Actor) -> None:
    if suggestion.member_id is not None:
        is_own = suggestion.member_id == actor.person
    else:
        place = suggestion.organization_id
        is_own = place in actor.office_ids or bool(await serving_among(db, actor.person, [place]))
    if is_own:
        raise OwnSuggestion


async def void(db: AsyncSession, suggestion: Suggestion, reason: str, *, actor: Actor) -> Suggestion:
    void_row(db, suggestion, reason)
    await _tell(db, suggestion, actor)
    return suggestion


async def _tell(db: AsyncSession, suggestion: Suggestion, actor: Actor) -> None:
    await db.flush()
    is_standing = suggestion.state is SuggestionState.ADOPTED and suggestion.void_reason is None
    told = SuggestionChanged(
        id=suggestion.id,
        organization_id=suggestion.organization_id,
        member_id=suggestion.member_id,
        kind=suggestion.kind,
        state=suggestion.state,
        proposed_on=suggestion.proposed_on,
        happened_on=suggestion.decided_on or suggestion.proposed_on,
        is_earning=is_standing and suggestion.member_id is not None,
        revision=suggestion.version,
    )
    await record_event(db, told, subject=told.id, version=suggestion.version, root_id=suggestion.root_id, actor=actor)
