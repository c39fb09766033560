"""`fingerprint.py FOLDER`: what the sources of the pages are, as one word. Standard library only: images run it too."""

import hashlib
import sys
from pathlib import Path

NOT_SOURCES = frozenset(("node_modules", "dist", ".generated", "tests"))


def fingerprint(sources: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(sources.rglob("*")):
        if path.is_file() and not NOT_SOURCES & set(path.relative_to(sources).parts):
            digest.update(f"{path.relative_to(sources)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(fingerprint(Path(sys.argv[1])))
