from kit.database import declarative_base

Base = declarative_base()
