import scoring.tables  # noqa: F401 - fills the metadata
from hosting.migrations import run_env
from scoring.database import Base

run_env(Base.metadata)
