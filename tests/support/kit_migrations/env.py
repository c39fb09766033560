from sqlalchemy import MetaData

from hosting.migrations import run_env

run_env(MetaData())
