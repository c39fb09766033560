from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from roster.models import Affiliation, Member, PartyOrganization
from roster.queries import member_name_of, name_of, party_members
from training.branch_sites.sites.service import tell
from training.messages.registrations import queries
from training.messages.registrations.kinds import Channel
from training.messages.registrations.models import ChannelRegistration
from training.messages.registrations.schemas import (
    ChannelRegistrationChanged,
    ChannelRegistrationCreate,
    ChannelRegistrationRead,
)


class ChannelRegistrationNotFound(problems.NotFound):
    code = "channel-registration-not-found"
    detail = "没有这条渠道登记,或不在您的管理范围内"


class UnknownRecipient(problems.Unprocessable):
    code = "unknown-recipient"
    detail = "没有这名在册党员,或不在您的管理范围内"


class InboxNeedsNone(problems.Unprocessable):
    code = "inbox-needs-none"
    detail = "站内信人人都有,不用登记"


class AlreadyRegistered(problems.Conflict):
    code = "channel-already-registered"
    detail = "这名党员已登记这个渠道,有变更的先停用"


class RegistrationEnded(problems.Conflict):
    code = "channel-registration-ended"
    detail = "这条渠道登记已停用"


REGISTRATIONS = Register(
    "渠道登记",
    ChannelRegistration,
    ChannelRegistrationRead,
    ChannelRegistrationNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(ChannelRegistration.organization_id),
        "member_name": member_name_of(ChannelRegistration.member_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_channel_registrations_member_id": AlreadyRegistered}


async def register(
    db: AsyncSession, entry: ChannelRegistrationCreate, *, actor: Actor, today: date
) -> ChannelRegistration:
    if entry.channel is Channel.INBOX:
        raise InboxNeedsNone
    organization = await _where(db, entry, actor, today)
    registration = ChannelRegistration(
        **entry.model_dump(),
        valid_from=today,
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(registration)
    return await _tell(db, registration, actor)


async def _where(db: AsyncSession, entry: ChannelRegistrationCreate, actor: Actor, today: date) -> PartyOrganization:
    """Where the member belongs, if the actor's offices reach it or it is the actor in person."""
    of_member = party_members(today).where(Member.id == entry.member_id)
    query = select(PartyOrganization).where(
        PartyOrganization.id.in_(of_member.with_only_columns(Affiliation.organization_id))
    )
    if entry.member_id != actor.person:
        query = query.where(actor.reaches(PartyOrganization.path))
    found = await db.scalar(query.limit(1))
    if found is None:
        raise UnknownRecipient
    return found


async def end(db: AsyncSession, registration: ChannelRegistration, *, actor: Actor, today: date) -> ChannelRegistration:
    if registration.ended_on is not None:
        raise RegistrationEnded
    registration.ended_on = today
    return await _tell(db, registration, actor)


async def _tell(db: AsyncSession, registration: ChannelRegistration, actor: Actor) -> ChannelRegistration:
    await db.flush()
    told = ChannelRegistrationChanged(
        id=registration.id,
        organization_id=registration.organization_id,
        member_id=registration.member_id,
        channel=registration.channel,
        ended_on=registration.ended_on,
    )
    await tell(db, told, registration, actor=actor)
    return registration
