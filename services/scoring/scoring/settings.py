"""What scoring is told from outside, all with the prefix SCORING_."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(extra="ignore", frozen=True, env_prefix="SCORING_")

    port: int = 8102
    attachments_url: str = Field(default="", description="file:///… or s3://…; empty: a local directory")
    attachments_directory: Path = Path(".local/scoring/files")
    attachments_key_file: Path = Field(
        default=Path(".local/keys/scoring-links"), description="key of download links; made when missing"
    )
    max_file_bytes: int = 20 * 1024 * 1024
