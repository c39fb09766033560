"""The table of contents of the registry: which domains it has, lowest first."""

from pathlib import Path

from fastapi import FastAPI
from kit.application import create_service

from registry.settings import Settings


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or Settings()
    return create_service(
        settings,
        name="registry",
        title="两新 · 组织与身份",
        routers=[],
        access=Path(__file__).with_name("access.csv"),
    )
