from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router, plain_router
from registry.exports import LARGEST_EXPORT, FileFormat, as_file
from registry.members.members import queries, service
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.members.members.schemas import DisclosureCreate, DisclosureRead, MemberCorrect, MemberCreate, MemberRead
from registry.seals import CurrentSeals, Seals
from registry.tree.organizations.schemas import SearchText

router = business_router("/api/v1/registry/members", ["党员"])
disclosures = plain_router("/api/v1/registry/members", ["党员"])
HEADINGS = ("姓名", "公民身份号码", "性别", "民族", "学历", "党员类别", "入党日期", "转正日期", "手机号", "是否在册")


async def _filter(
    *,
    stage: Annotated[list[MemberStage], Query(max_length=5)] = [],  # noqa: B006 - FastAPI copies it
    organization_id: UUID | None = None,
    under: Annotated[UUID | None, Query(description="该组织及其全部下级")] = None,
    unit_id: UUID | None = None,
    is_active: bool | None = True,
    q: SearchText | None = None,
) -> queries.MemberFilter:
    return queries.MemberFilter(
        stage=stage, organization_id=organization_id, under=under, unit_id=unit_id, is_active=is_active, q=q
    )


Wanted = Annotated[queries.MemberFilter, Depends(_filter)]


@router.get("", summary="党员列表")
async def list_members(
    db: Db, actor: CurrentActor, seals: CurrentSeals, page: PageOf, wanted: Wanted
) -> Page[MemberRead]:
    found = await paginate(db, queries.listed_for(actor, wanted), page)
    return Page(items=[service.describe(member, seals) for member in found.items], next=found.next)


@router.get("/export", summary="导出党员(部分隐藏)", response_class=Response)
async def export_members(
    db: Db, actor: CurrentActor, seals: CurrentSeals, wanted: Wanted, file_format: FileFormat = "xlsx"
) -> Response:
    rows = await db.scalars(queries.listed_for(actor, wanted).limit(LARGEST_EXPORT))
    return as_file("党员", HEADINGS, (_export_row(one, seals) for one in rows), file_format)


def _export_row(one: Member, seals: Seals) -> Sequence[object]:
    return (
        one.name,
        seals.masked_id_number(one.id_number_sealed),
        one.sex.label,
        one.ethnicity,
        one.education,
        one.stage.label,
        one.joined_on,
        one.confirmed_on,
        seals.masked_phone(one.phone_sealed),
        "是" if one.is_active else "否",
    )


@router.post("", summary="登记党员", status_code=status.HTTP_201_CREATED)
async def create_member(
    *, entry: MemberCreate, db: Db, actor: CurrentActor, today: Today, seals: CurrentSeals, response: Response
) -> MemberRead:
    made = await service.create_member(db, entry, actor=actor, today=today, seals=seals)
    tag(response, made)
    return service.describe(made, seals)


@router.get("/{member_id}", summary="党员详情(部分隐藏)")
async def read_member(
    member_id: UUID, db: Db, actor: CurrentActor, seals: CurrentSeals, response: Response
) -> MemberRead:
    found = await service.require(db, actor, member_id)
    tag(response, found)
    return service.describe(found, seals)


@router.patch("/{member_id}", summary="更正党员")
async def correct_member(
    *,
    member_id: UUID,
    correction: MemberCorrect,
    db: Db,
    actor: CurrentActor,
    today: Today,
    seals: CurrentSeals,
    if_match: IfMatch,
    response: Response,
) -> MemberRead:
    changed = await service.correct_member(
        db, member_id, correction, if_match=if_match, actor=actor, today=today, seals=seals
    )
    tag(response, changed)
    return service.describe(changed, seals)


@disclosures.post("/{member_id}/disclosures", summary="查看完整个人信息(须说明目的,记入审计)")
async def disclose_member(
    *,
    member_id: UUID,
    wanted: DisclosureCreate,
    db: Db,
    actor: CurrentActor,
    seals: CurrentSeals,
    response: Response,
) -> DisclosureRead:
    """No Idempotency-Key: a kept answer would be a clear copy of what is sealed."""
    response.headers["Cache-Control"] = "no-store"
    return await service.disclose(db, member_id, wanted, actor=actor, seals=seals)
