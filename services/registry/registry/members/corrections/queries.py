from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.bitemporal import believed
from registry.liaison.instructors.models import Instructor
from registry.members.corrections.models import IdNumberCorrection
from registry.members.members.models import Member
from registry.tree.organizations.queries import belonging
from registry.tree.posts.models import Post


def seen(actor: Actor) -> ColumnElement[bool]:
    """Corrections about the members of one's organisations, wherever they belong by now."""
    members = select(Member.id).where(belonging(Member.organization_id)(actor))
    return IdNumberCorrection.member_id.in_(members)


async def instructors_of(db: AsyncSession, member_id: UUID, id_number_index: bytes) -> Sequence[Instructor]:
    """Whoever is registered as instructor as this member, or from outside under this number."""
    is_same_person = or_(
        Instructor.member_id == member_id,
        Instructor.member_id.is_(None) & (Instructor.id_number_index == id_number_index),
    )
    return (await db.scalars(select(Instructor).where(is_same_person).with_for_update())).all()


async def is_in_use(db: AsyncSession, member_id: UUID) -> bool:
    """Whether a post or an engagement as instructor is believed of the member."""
    post = select(Post.id).where(Post.member_id == member_id, believed(Post))
    instructor = select(Instructor.id).where(Instructor.member_id == member_id)
    return await db.scalar(post.union_all(instructor).limit(1)) is not None
