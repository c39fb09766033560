from hosting.migrations import run_env
from training import tables
from training.database import Base

__all__ = ["tables"]

run_env(Base.metadata)
