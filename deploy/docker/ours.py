"""`ours.py DEPLOYABLE`: the folders of a deployable and of our libraries it needs, one a line, as `./libs/kit`."""

import sys
import tomllib
from pathlib import Path

ROOT = Path.cwd()
FOLDERS = {
    f"liangxin-{folder.name}": folder
    for folder in (*ROOT.glob("libs/*"), *ROOT.glob("services/*"), ROOT / "gateway")
    if (folder / "pyproject.toml").exists()
}


def needed(distribution: str) -> list[str]:
    project = tomllib.loads((FOLDERS[distribution] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [distribution]
    for dependency in project["dependencies"]:
        if dependency in FOLDERS:
            names += [name for name in needed(dependency) if name not in names]
    return names


if __name__ == "__main__":
    sys.stdout.writelines(f"./{FOLDERS[name].relative_to(ROOT)}\n" for name in needed(f"liangxin-{sys.argv[1]}"))
