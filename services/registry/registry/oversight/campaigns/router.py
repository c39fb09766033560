from typing import Annotated

from fastapi import Depends, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.registers import Register
from records.voiding import VoidCreate
from registry.oversight.campaigns import models, service
from registry.oversight.campaigns.models import Campaign
from registry.oversight.campaigns.schemas import (
    CampaignCheckId,
    CampaignCheckListing,
    CampaignCheckRead,
    CampaignCheckRecord,
    CampaignCreate,
    CampaignId,
    CampaignListing,
    CampaignMeetingCreate,
    CampaignRead,
    CampaignSampleDraw,
    CampaignSampleId,
    CampaignSampleListing,
    CampaignSampleRead,
)
from registry.oversight.campaigns.service import CAMPAIGNS, CHECKS, SAMPLES

router = business_router("/api/v1/registry", ["百日攻坚"])
Wanted = Annotated[CampaignListing, Depends(query_of(CampaignListing))]
WantedSamples = Annotated[CampaignSampleListing, Depends(query_of(CampaignSampleListing))]
WantedChecks = Annotated[CampaignCheckListing, Depends(query_of(CampaignCheckListing))]


async def _campaigns(today: Today) -> Register[Campaign, CampaignRead]:
    return service.campaigns_on(today)


Campaigns = Annotated[Register[Campaign, CampaignRead], Depends(_campaigns)]


@router.get("/campaigns", summary="百日攻坚列表(第几天、还有几天)")
async def list_campaigns(wanted: Wanted, db: Db, actor: CurrentActor, campaigns: Campaigns) -> Page[CampaignRead]:
    return await campaigns.page(db, actor, wanted)


@router.get("/campaigns/export", summary="导出百日攻坚", response_class=Response, responses=FILE_ANSWER)
async def export_campaigns(wanted: Wanted, campaigns: Campaigns, to: ExportTo) -> Response:
    return await campaigns.export(wanted, to)


@router.get("/campaigns/{campaign_id}", summary="百日攻坚详情")
async def read_campaign(
    campaign_id: CampaignId, db: Db, actor: CurrentActor, campaigns: Campaigns, response: Response
) -> CampaignRead:
    return await campaigns.show(db, actor, campaign_id, response)


@router.post("/campaigns", summary="开展百日攻坚(默认 100 天)", status_code=status.HTTP_201_CREATED)
async def create_campaign(
    body: CampaignCreate, db: Db, actor: CurrentActor, campaigns: Campaigns, response: Response
) -> CampaignRead:
    return await campaigns.answer(db, await service.begin(db, body, actor=actor), response)


@router.post("/campaigns/{campaign_id}/meetings", summary="记录一次调度", status_code=status.HTTP_201_CREATED)
async def note_campaign_meeting(
    *,
    campaign_id: CampaignId,
    body: CampaignMeetingCreate,
    db: Db,
    actor: CurrentActor,
    campaigns: Campaigns,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CampaignRead:
    campaign = await CAMPAIGNS.require(db, actor, campaign_id, if_match=if_match)
    return await campaigns.answer(db, await service.meet(db, campaign, body, actor=actor, today=today), response)


@router.post(
    "/campaigns/{campaign_id}/samples",
    summary="随机抽取检查对象(同一种子可重新抽出同样的对象)",
    status_code=status.HTTP_201_CREATED,
)
async def draw_campaign_sample(
    *,
    campaign_id: CampaignId,
    body: CampaignSampleDraw,
    db: Db,
    actor: CurrentActor,
    today: Today,
    response: Response,
) -> CampaignSampleRead:
    campaign = await CAMPAIGNS.require(db, actor, campaign_id, lock=True)
    return await SAMPLES.answer(db, await service.draw(db, campaign, body, actor=actor, today=today), response)


@router.post("/campaigns/{campaign_id}/void", summary="作废登记有误的百日攻坚(视为从未开展,记录保留)")
async def void_campaign(
    *,
    campaign_id: CampaignId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    campaigns: Campaigns,
    if_match: IfMatch,
    response: Response,
) -> CampaignRead:
    campaign = await CAMPAIGNS.require(db, actor, campaign_id, if_match=if_match)
    return await campaigns.answer(db, await service.void(db, campaign, body.reason, actor=actor), response)


@router.get("/campaigns/{campaign_id}/history", summary="百日攻坚的变更历史")
async def read_campaign_history(campaign_id: CampaignId, page: PageOf, db: Db, actor: CurrentActor) -> Page[ChangeRead]:
    return await CAMPAIGNS.history(db, actor, campaign_id, page)


@router.get("/campaign-samples", summary="百日攻坚抽查样本列表")
async def list_campaign_samples(wanted: WantedSamples, db: Db, actor: CurrentActor) -> Page[CampaignSampleRead]:
    return await SAMPLES.page(db, actor, wanted)


@router.get("/campaign-samples/export", summary="导出百日攻坚抽查样本", response_class=Response, responses=FILE_ANSWER)
async def export_campaign_samples(wanted: WantedSamples, to: ExportTo) -> Response:
    return await SAMPLES.export(wanted, to)


@router.get("/campaign-samples/{campaign_sample_id}", summary="抽查样本详情(种子、总数、抽取人)")
async def read_campaign_sample(
    campaign_sample_id: CampaignSampleId, db: Db, actor: CurrentActor, response: Response
) -> CampaignSampleRead:
    return await SAMPLES.show(db, actor, campaign_sample_id, response)


@router.post("/campaign-samples/{campaign_sample_id}/void", summary="作废抽取有误的样本(记录保留)")
async def void_campaign_sample(
    *,
    campaign_sample_id: CampaignSampleId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> CampaignSampleRead:
    sample = await SAMPLES.require(db, actor, campaign_sample_id, if_match=if_match)
    return await SAMPLES.answer(db, await service.void_sample(db, sample, body.reason, actor=actor), response)


@router.get("/campaign-samples/{campaign_sample_id}/history", summary="抽查样本的变更历史")
async def read_campaign_sample_history(
    campaign_sample_id: CampaignSampleId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await SAMPLES.history(db, actor, campaign_sample_id, page)


@router.get("/campaign-checks", summary="抽查对象与结果列表")
async def list_campaign_checks(wanted: WantedChecks, db: Db, actor: CurrentActor) -> Page[CampaignCheckRead]:
    return await CHECKS.page(db, actor, wanted)


@router.get("/campaign-checks/export", summary="导出抽查对象与结果", response_class=Response, responses=FILE_ANSWER)
async def export_campaign_checks(wanted: WantedChecks, to: ExportTo) -> Response:
    return await CHECKS.export(wanted, to)


@router.get("/campaign-checks/{campaign_check_id}", summary="抽查对象详情")
async def read_campaign_check(
    campaign_check_id: CampaignCheckId, db: Db, actor: CurrentActor, response: Response
) -> CampaignCheckRead:
    return await CHECKS.show(db, actor, campaign_check_id, response)


@router.post("/campaign-checks/{campaign_check_id}/result", summary="登记抽查结果", status_code=status.HTTP_201_CREATED)
async def record_campaign_check(
    *,
    campaign_check_id: CampaignCheckId,
    body: CampaignCheckRecord,
    db: Db,
    actor: CurrentActor,
    today: Today,
    if_match: IfMatch,
    response: Response,
) -> CampaignCheckRead:
    check = await CHECKS.require(db, actor, campaign_check_id, if_match=if_match)
    return await CHECKS.answer(db, await service.record(db, check, body, actor=actor, today=today), response)


@router.get("/campaign-checks/{campaign_check_id}/history", summary="抽查对象的变更历史")
async def read_campaign_check_history(
    campaign_check_id: CampaignCheckId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await CHECKS.history(db, actor, campaign_check_id, page)


DOMAIN = Domain(routers=[router], tables=models)
