from hosting.migrations import run_env
from registry import tables
from registry.database import Base

__all__ = ["tables"]

run_env(Base.metadata)
