from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, Update, func, select, update

from training.mutual_aid.menu.models import ServiceItem
from training.mutual_aid.votes.models import ServiceCandidate, ServiceVote, ServiceVoter


def voters() -> ScalarSelect[int]:
    query = select(func.count()).select_from(ServiceVoter).where(ServiceVoter.service_vote_id == ServiceVote.id)
    return query.correlate(ServiceVote).scalar_subquery()


def candidates() -> ScalarSelect[int]:
    query = select(func.count()).select_from(ServiceCandidate)
    return query.where(ServiceCandidate.service_vote_id == ServiceVote.id).correlate(ServiceVote).scalar_subquery()


def title_of_vote(service_vote_id: Any) -> Any:
    return select(ServiceVote.title).where(ServiceVote.id == service_vote_id).scalar_subquery()


def of_vote(service_vote_id: UUID) -> Select[ServiceCandidate]:
    return select(ServiceCandidate).where(ServiceCandidate.service_vote_id == service_vote_id)


def newest_count(organization_id: UUID) -> Select[ServiceVote]:
    counted = (ServiceVote.closed_on.is_not(None), ServiceVote.void_reason.is_(None))
    query = select(ServiceVote).where(ServiceVote.organization_id == organization_id, *counted)
    return query.order_by(ServiceVote.closes_on.desc(), ServiceVote.id.desc()).limit(1)


def raise_tallies(service_vote_id: UUID, service_item_ids: list[UUID]) -> Update:
    chosen = ServiceCandidate.service_item_id.in_(service_item_ids)
    query = update(ServiceCandidate).where(ServiceCandidate.service_vote_id == service_vote_id, chosen)
    return query.values(tally=ServiceCandidate.tally + 1)


def standing_items(organization_id: UUID, service_item_ids: list[UUID] | None) -> Select[UUID]:
    """Of the menu, all or those asked for, without what was taken from it or was a mistake."""
    query = select(ServiceItem.id).where(
        ServiceItem.organization_id == organization_id,
        ServiceItem.void_reason.is_(None),
        ServiceItem.ended_on.is_(None),
    )
    return query if service_item_ids is None else query.where(ServiceItem.id.in_(service_item_ids))
