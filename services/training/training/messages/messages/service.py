"""短信群呼、通知和配送学习资料: a draft goes out once to whoever belongs to its group then, with a receipt for each."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import belonging, member_name_of, name_of
from training.branch_sites.sites.service import tell
from training.meetings.meetings.queries import expected_people
from training.messages.messages import queries
from training.messages.messages.kinds import DeliveryFailure, DeliveryState, MessageState
from training.messages.messages.models import Delivery, Message
from training.messages.messages.notifiers import NOTIFIERS
from training.messages.messages.schemas import (
    DeliveryChanged,
    DeliveryRead,
    MessageChanged,
    MessageCorrect,
    MessageCreate,
    MessageRead,
)
from training.mutual_aid.acting import acting_for

ACCEPTED, FAILED = DeliveryState.ACCEPTED, DeliveryState.FAILED


class MessageNotFound(problems.NotFound):
    code = "message-not-found"
    detail = "没有这条消息,或不在您的管理范围内"


class DeliveryNotFound(problems.NotFound):
    code = "delivery-not-found"
    detail = "没有收到这条消息,或不在您的管理范围内"


class MessageSent(problems.Conflict):
    code = "message-sent"
    detail = "消息已发出,不能再修改或重发"


class NobodyToReach(problems.Unprocessable):
    code = "nobody-to-reach"
    detail = "收件范围内没有党员"


class RecipientElsewhere(problems.Unprocessable):
    code = "recipient-elsewhere"
    detail = "指定人员中有 {count} 人不是本组织及其下级的在册党员"


class NotAccepted(problems.Conflict):
    code = "delivery-not-accepted"
    detail = "这条消息没有送达,或已阅,不能登记退回"


MESSAGES = Register(
    "消息",
    Message,
    MessageRead,
    MessageNotFound,
    belonging(Message.organization_id),
    derived={
        "organization_name": name_of(Message.organization_id),
        "recipients": queries.counted(),
        "accepted": queries.counted(queries.ACCEPTED),
        "failed": queries.counted(Delivery.state == DeliveryState.FAILED),
        "read": queries.counted(Delivery.read_at.is_not(None)),
    },
)
DELIVERIES = Register(
    "消息送达",
    Delivery,
    DeliveryRead,
    DeliveryNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(Delivery.organization_id),
        "message_name": queries.of_message(Message.title),
        **{name: queries.of_message(getattr(Message, name)) for name in ("kind", "channel", "text", "material")},
        "member_name": member_name_of(Delivery.member_id),
        "reference": queries.reference(),
    },
)


async def draft(db: AsyncSession, entry: MessageCreate, *, actor: Actor) -> Message:
    organization = await acting_for(db, actor, entry.organization_id)
    message = Message(
        **entry.model_dump(),
        state=MessageState.DRAFT,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(message)
    return await _tell(db, message, actor)


async def correct(db: AsyncSession, message: Message, change: MessageCorrect, *, actor: Actor) -> Message:
    _refuse_sent(message)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(message, name, value)
    return await _tell(db, message, actor)


async def dispatch(db: AsyncSession, message: Message, *, actor: Actor, now: datetime) -> Message:
    """To those who belong to the group on this day, whoever of them the channel takes."""
    _refuse_sent(message)
    organization = await acting_for(db, actor, message.organization_id)
    found = await expected_people(db, organization, message.audience, day_of(now), message.chosen_ids)
    people = [one for one, _ in found]
    strangers = set(message.chosen_ids) - set(people)
    if strangers:
        raise RecipientElsewhere(count=len(strangers))
    if not people:
        raise NobodyToReach
    failures = await NOTIFIERS[message.channel](db, people)
    message.state, message.sent_at = MessageState.SENT, now
    shared = {
        "message_id": message.id,
        "organization_id": message.organization_id,
        "root_id": message.root_id,
        "recorded_by": actor.subject,
        "recorded_at": now,
    }
    rows = [
        {"member_id": one, "failure": failures.get(one), "state": FAILED if one in failures else ACCEPTED}
        for one in people
    ]
    await db.execute(insert(Delivery), [{**shared, **one} for one in rows])
    return await _tell(db, message, actor)


async def void(db: AsyncSession, message: Message, reason: str, *, actor: Actor) -> Message:
    """Called off before it went out, called back from the inboxes after."""
    void_row(db, message, reason)
    return await _tell(db, message, actor)


async def read(db: AsyncSession, delivery: Delivery, *, actor: Actor, now: datetime) -> Delivery:
    """By whom it reached, who also signs so for a material; the first time stays."""
    if delivery.member_id != actor.person:
        raise DeliveryNotFound
    if delivery.read_at is None:
        delivery.read_at = now
        await _tell_delivery(db, delivery, actor)
    return delivery


async def reject(db: AsyncSession, delivery: Delivery, note: str, *, actor: Actor) -> Delivery:
    """The channel's platform told later that it did not come through."""
    if delivery.state is not DeliveryState.ACCEPTED or delivery.read_at is not None:
        raise NotAccepted
    delivery.state, delivery.failure, delivery.failure_note = DeliveryState.FAILED, DeliveryFailure.REJECTED, note
    await _tell_delivery(db, delivery, actor)
    return delivery


def _refuse_sent(message: Message) -> None:
    refuse_void(message)
    if message.state is MessageState.SENT:
        raise MessageSent


async def _tell(db: AsyncSession, message: Message, actor: Actor) -> Message:
    await db.flush()
    told = MessageChanged(
        id=message.id,
        organization_id=message.organization_id,
        kind=message.kind,
        channel=message.channel,
        audience=message.audience,
        state=message.state,
        is_void=message.void_reason is not None,
    )
    await tell(db, told, message, actor=actor)
    return message


async def _tell_delivery(db: AsyncSession, delivery: Delivery, actor: Actor) -> None:
    await db.flush()
    told = DeliveryChanged(
        id=delivery.id,
        message_id=delivery.message_id,
        member_id=delivery.member_id,
        state=delivery.state,
        is_read=delivery.read_at is not None,
    )
    await tell(db, told, delivery, actor=actor)
