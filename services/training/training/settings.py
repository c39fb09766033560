from pydantic_settings import SettingsConfigDict

from hosting.settings import ServiceSettings


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="TRAINING_", extra="ignore", frozen=True)

    port: int = 8103
