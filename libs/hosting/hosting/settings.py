"""What every service is told from outside; each adds its own fields and prefix."""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from hosting.refusals import read_secret


class ServiceSettings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    database_url: str = Field(description="application role, postgresql+psycopg://…")
    owner_database_url: str = Field(default="", description="owning role, used by migrations only")
    pool_size: int = 10
    registry_url: str = "http://127.0.0.1:8101"
    scoring_url: str = "http://127.0.0.1:8102"
    training_url: str = "http://127.0.0.1:8103"
    client_id: str = ""
    client_secret_file: Path | None = None
    issuer: str = "liangxin"
    demonstration: bool = False
    log_level: str = "INFO"
    metrics_port: int = Field(default=0, description="/metrics for Prometheus; 0 = none")
    otlp_url: str = Field(default="", description="where traces are sent, http://…:4318; empty = nowhere")
    host: str = "127.0.0.1"
    port: int = 8100
    heartbeat_file: Path = Field(default=Path(os.devnull), description="touched by a worker while it is ready")
    run_consumers: bool = True
    run_worker: bool = True
    max_in_flight: int = Field(default=200, description="requests worked on at once; above it 503")
    max_body_bytes: int = Field(default=32 * 1024 * 1024, description="413 above it")

    def client_secret(self) -> str:
        if self.client_secret_file is None:
            return ""
        return read_secret(self.client_secret_file)
