from hosting.migrations import run_env
from training.app import DOMAINS
from training.database import Base

__all__ = ["DOMAINS"]  # imported, they have filled the metadata

run_env(Base.metadata)
