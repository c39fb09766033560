from hosting.migrations import run_env
from scoring.app import DOMAINS
from scoring.database import Base

__all__ = ["DOMAINS"]  # imported, they have filled the metadata

run_env(Base.metadata)
