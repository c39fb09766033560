from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.calendar import real_now
from kit.domains import Domain
from registry.identity.activations import models
from registry.identity.activations.models import ActivationLink, AdministratorRole
from registry.identity.secret_tokens import new_secret, secret_hash


class ActivationLinkInvalid(problems.NotFound):
    code = "activation-link-invalid"
    detail = "激活链接无效、已使用或已过期,请联系管理员重新生成"


@dataclass(frozen=True, slots=True)
class IssuedLink:
    token: str
    expires_at: datetime


async def issue_for_account(
    db: AsyncSession, account_id: UUID, *, lifetime: timedelta, issued_by: UUID | None
) -> IssuedLink:
    """The new link replaces the older ones of the account."""
    moment = real_now()
    older = ActivationLink.account_id == account_id, ActivationLink.used_at.is_(None)
    await db.execute(update(ActivationLink).where(*older).values(used_at=moment))
    link = ActivationLink(account_id=account_id, issued_at=moment, issued_by=issued_by)
    return _keep(db, link, lifetime)


async def issue_for_administrator(
    db: AsyncSession, role: AdministratorRole, *, lifetime: timedelta
) -> tuple[ActivationLink, IssuedLink]:
    link = ActivationLink(administrator_role=role, issued_at=real_now())
    issued = _keep(db, link, lifetime)
    await db.flush()
    return link, issued


def _keep(db: AsyncSession, link: ActivationLink, lifetime: timedelta) -> IssuedLink:
    token = new_secret()
    link.token_hash, link.expires_at = secret_hash(token), link.issued_at + lifetime
    db.add(link)
    return IssuedLink(token, link.expires_at)


async def take(db: AsyncSession, token: str) -> ActivationLink:
    """Use the link up; of parallel callers one gets it, and a refusal later in the transaction gives it back."""
    moment = real_now()
    usable = ActivationLink.used_at.is_(None), ActivationLink.expires_at > moment
    taken = (
        update(ActivationLink)
        .where(ActivationLink.token_hash == secret_hash(token), *usable)
        .values(used_at=moment)
        .returning(ActivationLink)
    )
    link: ActivationLink | None = (await db.scalars(taken)).first()
    if link is None:
        raise ActivationLinkInvalid
    return link


async def find(db: AsyncSession, token: str) -> ActivationLink:
    """Look without using it up."""
    usable = ActivationLink.used_at.is_(None), ActivationLink.expires_at > real_now()
    link = await db.scalar(select(ActivationLink).where(ActivationLink.token_hash == secret_hash(token), *usable))
    if link is None:
        raise ActivationLinkInvalid
    return link


DOMAIN = Domain(tables=models)
