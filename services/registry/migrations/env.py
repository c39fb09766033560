from hosting.migrations import run_env
from registry.app import DOMAINS
from registry.database import Base

__all__ = ["DOMAINS"]  # imported, they have filled the metadata

run_env(Base.metadata)
