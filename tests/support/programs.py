"""Programs of the surroundings that a few tests use: where they are missing the test is left out, in CI it fails."""

import os
import shutil

import pytest

REQUIRED = "LIANGXIN_TEST_PROGRAMS"


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None:
        sentence = f"没有 {name}:请先安装(Debian:apt-get install {package})"
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return found
