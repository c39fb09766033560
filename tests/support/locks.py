import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Between the workers of one run."""
    with path.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
