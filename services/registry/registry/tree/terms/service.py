"""Elections of committees: each ends a term and begins the next; who counts terms asks the organisation."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.limits import limits_on
from registry.links import refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations import service as organizations
from registry.tree.organizations.kinds import OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.tree.terms import queries
from registry.tree.terms.events import ElectionChanged
from registry.tree.terms.models import Election
from registry.tree.terms.rules import ELECTION_DATES, Quorum, latest_term_end, term_end
from registry.tree.terms.schemas import ElectionCreate, ElectionRead

ELECTED = (OrganizationLevel.TOWN, OrganizationLevel.PRIMARY)


class ElectionNotFound(problems.NotFound):
    code = "election-not-found"
    detail = "没有这次换届选举,或不在您的管理范围内"


class UnknownElectingOrganization(problems.Unprocessable):
    code = "unknown-electing-organization"
    detail = "党组织不存在、已撤销、不设任期,或不在您的管理范围内"


class ElectionWithoutQuorum(problems.Unprocessable):
    code = "election-without-quorum"
    detail = "应到会 {entitled} 人,实到会 {present} 人:须有五分之四以上到会,选举方为有效"


class WrongTerm(problems.Unprocessable):
    code = "wrong-term"
    detail = "新一届的届满日期须晚于选举日期,不晚于 {latest}(任期经批准最多延长 1 年)"


class NotTheLastElection(problems.Conflict):
    code = "not-the-last-election"
    detail = "这个党组织以后又换过届,请先作废最近的一次"


ELECTIONS = Register(
    "换届选举",
    Election,
    ElectionRead,
    ElectionNotFound,
    organization_queries.belonging(Election.organization_id),
    derived={
        "organization_name": organization_queries.name_of(Election.organization_id),
        "is_on_time": queries.is_on_time(),
    },
)


async def record_election(db: AsyncSession, entry: ElectionCreate, *, actor: Actor, today: date) -> Election:
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id, lock=True)
    if organization is None or not organization.is_active or organization.level not in ELECTED:
        raise UnknownElectingOrganization
    last = await queries.last_election(db, organization.id)
    dates = {"held_on": entry.held_on, "founded_on": organization.founded_on}
    refuse_wrong_dates(ELECTION_DATES, {**dates, "last_held_on": last.held_on if last else None}, today)
    if entry.present > entry.entitled:
        raise problems.Unprocessable(fields=[problems.FieldError("/body/present", "不能多于应到会人数")])
    if not Quorum().is_reached(entry.present, entry.entitled):
        raise ElectionWithoutQuorum(entitled=entry.entitled, present=entry.present)
    election = Election(
        **entry.model_dump(exclude={"term_ends_on"}),
        due_on=organization.term_ends_on,
        term_ends_on=_end_of_term(entry, organization, today),
        root_id=organization.root_id,
        recorded_by=actor.subject,
    )
    db.add(election)
    organization.term_ends_on = election.term_ends_on
    await organizations.announce(db, organization, change="换届", actor=actor, today=today)
    await _tell(db, election, organization, actor=actor)
    return election


def _end_of_term(entry: ElectionCreate, organization: PartyOrganization, today: date) -> date:
    limits, kind = limits_on(today), organization.kind
    latest = latest_term_end(kind, entry.held_on, limits)
    ends_on = entry.term_ends_on or term_end(kind, entry.held_on, limits)
    if not entry.held_on < ends_on <= latest:
        raise WrongTerm(latest=latest)
    return ends_on


async def void_election(db: AsyncSession, election: Election, reason: str, *, actor: Actor, today: date) -> Election:
    """The term before it has never ended; a term that was corrected since stays as it was corrected."""
    organization = await db.get_one(PartyOrganization, election.organization_id, with_for_update=True)
    refuse_void(election)
    if await queries.last_election(db, organization.id) is not election:
        raise NotTheLastElection
    void_row(db, election, reason)
    if organization.term_ends_on == election.term_ends_on:
        organization.term_ends_on = election.due_on
        await organizations.announce(db, organization, change="作废换届", actor=actor, today=today)
    await _tell(db, election, organization, actor=actor)
    return election


async def _tell(db: AsyncSession, election: Election, organization: PartyOrganization, *, actor: Actor) -> None:
    await db.flush()
    told = ElectionChanged(
        id=election.id,
        organization_id=election.organization_id,
        held_on=election.held_on,
        due_on=election.due_on,
        term_ends_on=election.term_ends_on,
        is_void=election.void_reason is not None,
    )
    version, path = election.version, organization.path
    await record_event(db, told, subject=election.id, version=version, root_id=election.root_id, path=path, actor=actor)
