"""A service takes the routes of its domains once, and only such as ask who comes."""

import pytest
from fastapi import APIRouter, FastAPI

from hosting.application import take_routes
from kit.routing import plain_router


async def show() -> dict[str, bool]:
    return {"shown": True}


class TestRoutes:
    def test_are_taken_as_they_are(self) -> None:
        app, router = FastAPI(openapi_url=None), plain_router("/things", ["things"])
        router.get("/{thing_id}")(show)
        take_routes(app, router)

        assert app.routes == router.routes

    def test_of_another_class_are_refused(self) -> None:
        router = APIRouter()
        router.get("/open")(show)

        with pytest.raises(TypeError, match="open to everybody"):
            take_routes(FastAPI(), router)
