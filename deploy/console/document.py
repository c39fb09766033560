"""The merged document as a front end gets it, from the committed ones: types are made from it."""

import json
from pathlib import Path
from typing import Any

from deploy.launcher.layout import ROOT
from deploy.launcher.provision import SERVICES
from gateway.merging import merge


def write_document(target: Path) -> None:
    def read(folder: str) -> dict[str, Any]:
        return dict(json.loads((ROOT / folder / "openapi.json").read_text(encoding="utf-8")))

    merged = merge(read("gateway"), {name: read(f"services/{name}") for name in SERVICES})
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(merged, ensure_ascii=False), encoding="utf-8")
