from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, Request
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="REGISTRY_", extra="ignore")

    port: int = 8101

    signing_keys_dir: Path = Path(".local/keys/signing")
    data_keys_file: Path = Path(".local/keys/data.json")
    service_clients_file: Path | None = None
    attachments_url: str = Field(default="", description="file:///… or s3://…; empty: a local directory")
    attachments_directory: Path = Path(".local/registry/files")
    max_file_bytes: int = 20 * 1024 * 1024

    password_profile: Literal["mlps3", "modern"] = "mlps3"  # noqa: S105 - the name of a profile
    argon2_memory_kib: int = 64 * 1024
    argon2_parallel_hashes: int = 2
    argon2_waiting_hashes: int = 64

    access_token_lifetime: timedelta = timedelta(minutes=10)
    idle_lifetime: timedelta = timedelta(hours=12)
    login_lifetime: timedelta = timedelta(days=7)
    refresh_race_window: timedelta = timedelta(seconds=5)
    activation_lifetime: timedelta = timedelta(hours=72)

    lockout_window: timedelta = timedelta(minutes=15)
    lockout_failures_per_account: int = 5
    lockout_failures_per_address: int = 100
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


SettingsOfApp = Annotated[Settings, Depends(_settings)]
