from collections.abc import AsyncIterator
from typing import Annotated

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, Query

from kit import problems
from kit.edge import Instant, Schema
from kit.parameters import StrictRoute

pytestmark = pytest.mark.anyio
router = APIRouter(route_class=StrictRoute)


class Filters(Schema):
    name: str | None = None
    organization_id: str | None = None


async def paged(limit: int = 50) -> int:
    return limit


@router.get("/things")
async def list_things(
    limit: Annotated[int, Depends(paged)],
    file_format: Annotated[str, Query(alias="format")] = "csv",
    is_active: bool | None = None,
    x_wish: Annotated[str | None, Header()] = None,
) -> dict[str, object]:
    return {"limit": limit, "format": file_format, "is_active": is_active, "wish": x_wish}


@router.get("/filtered")
async def list_filtered(filters: Annotated[Filters, Query()]) -> Filters:
    return filters


@router.get("/bare")
async def read_bare() -> None:
    return None


@router.get("/since")
async def read_since(moment: Instant) -> None:
    return None


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    app = FastAPI()
    problems.install(app)
    app.include_router(router)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://x") as client:
        yield client


class TestQuery:
    @pytest.mark.parametrize(
        "query", ["", "limit=3&format=xlsx&is_active=true", "is_active=true&is_active=false"], ids=str
    )
    async def test_of_declared_parameters_passes(self, client: httpx2.AsyncClient, query: str) -> None:
        assert (await client.get(f"/things?{query}", headers={"X-Wish": "a", "X-Other": "b"})).status_code == 200

    @pytest.mark.parametrize(
        ("path", "pointer", "message"),
        [
            ("/things?limt=3", "/query/limt", "没有这个参数,您是否要用 limit?"),
            ("/things?file_format=csv", "/query/file_format", "没有这个参数,您是否要用 format?"),
            ("/filtered?organisation_id=1", "/query/organisation_id", "没有这个参数,您是否要用 organization_id?"),
            ("/things?zzz=1", "/query/zzz", "没有这个参数,可用的有:format、is_active、limit"),
            ("/bare?limit=1", "/query/limit", "没有这个参数,这里不接受任何查询参数"),
            ("/bare?110101199003070011=1", "/query/?", "没有这个参数,这里不接受任何查询参数"),
        ],
    )
    async def test_names_the_nearest_of_an_unknown_one(
        self, client: httpx2.AsyncClient, path: str, pointer: str, message: str
    ) -> None:
        answer = await client.get(path)

        assert (answer.status_code, answer.json()["code"]) == (422, "unknown-parameter")
        assert answer.json()["errors"] == [{"pointer": pointer, "message": message}]

    async def test_of_a_class_of_filters_passes(self, client: httpx2.AsyncClient) -> None:
        assert (await client.get("/filtered?name=a&organization_id=b")).json() == {"name": "a", "organization_id": "b"}


class TestInstant:
    @pytest.mark.parametrize("moment", ["2026-01-31T09:00:00", "2026-01-31"])
    async def test_without_offset_is_told_how_to_be_written(self, client: httpx2.AsyncClient, moment: str) -> None:
        answer = await client.get("/since", params={"moment": moment})

        assert answer.status_code == 422
        assert [one["message"] for one in answer.json()["errors"]] == ["时间须写到时区,例如 2026-01-31T09:00:00+08:00"]

    async def test_with_offset_passes(self, client: httpx2.AsyncClient) -> None:
        moment = {"moment": "2026-01-31T09:00:00+08:00"}

        assert (await client.get("/since", params=moment)).status_code == 200
