"""What the gateway is told from outside; every name is prefixed GATEWAY_."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEBIBYTE = 1024 * 1024


def _apart_by_blanks(value: object) -> object:
    return value.split() if isinstance(value, str) else value


APART_BY_BLANKS = BeforeValidator(_apart_by_blanks)
HostName = Annotated[str, StringConstraints(to_lower=True, pattern=r"^(?i:[a-z0-9.\-]+|\[[0-9a-f:.]+\])$")]
Origin = Annotated[str, StringConstraints(pattern=r"^https?://[a-z0-9.\-]+(:[0-9]+)?$")]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GATEWAY_", extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = 8000
    log_level: str = "INFO"
    metrics_port: int = Field(default=0, description="/metrics for Prometheus; 0 = none")
    otlp_url: str = Field(default="", description="where traces are sent, http://…:4318; empty = nowhere")
    issuer: str = "liangxin"
    registry_url: str = "http://127.0.0.1:8101"
    scoring_url: str = "http://127.0.0.1:8102"
    training_url: str = "http://127.0.0.1:8103"
    client_id: str = ""
    client_secret_file: str = ""

    connect_seconds: float = 1.0
    read_seconds: float = Field(default=20.0, description="silence of a service, before and within its answer")
    total_seconds: float = Field(default=60.0, description="one answer from first to last byte")
    head_seconds: float = Field(default=10.0, description="a caller's request line and headers")
    body_seconds: float = Field(default=30.0, description="a caller's whole body")
    compose_seconds: float = Field(default=3.0, description="a composed view, all its parts together")
    health_seconds: float = 1.0
    documentation_seconds: float = Field(default=60.0, description="age at which the merged OpenAPI is renewed")

    max_head_bytes: int = 32 * 1024
    max_body_bytes: int = 32 * MEBIBYTE
    max_in_flight: int = Field(default=512, description="requests worked on at once; above it 503")
    max_in_flight_per_service: int = 128

    breaker_failures: int = Field(default=5, description="failures in a row that suspend a service")
    breaker_seconds: float = Field(default=5.0, description="pause before it is asked again whether it is alive")
    doubt_seconds: float = Field(default=4.0, description="silence after which a service is asked whether it is alive")
    pulse_seconds: float = Field(default=3.0, description="how long it may take to say so")

    subject_rate: str = Field(default="300/second", description="signed-in callers; empty = unlimited")
    address_rate: str = Field(default="50/second", description="anonymous callers by address; empty = unlimited")
    rate_storage: str = Field(default="async+bounded://", description="or async+valkey://host for several replicas")
    trusted_hops: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(), description="who may stand directly before us, and whose X-Forwarded-For is believed"
    )
    front_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], APART_BY_BLANKS, NoDecode] = Field(
        default=(), description="proxies before those: believed as far as they reach"
    )
    allowed_hosts: Annotated[tuple[HostName, ...], APART_BY_BLANKS, NoDecode] = Field(
        default=(), description="names we are reached by, without port; empty = any well-formed one"
    )
    cors_origins: Annotated[tuple[Origin, ...], APART_BY_BLANKS, NoDecode] = Field(
        default=(), description="web pages from elsewhere that may call us, https://…; empty = none"
    )
    console_folder: Path | None = Field(default=None, description="the built console; empty = the address says so")
    maintenance_file: Path | None = Field(default=None, description="while it exists, writes are answered with 503")

    def service_urls(self) -> dict[str, str]:
        return {"registry": self.registry_url, "scoring": self.scoring_url, "training": self.training_url}
