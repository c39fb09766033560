"""A setting that nobody reads is a promise that nobody keeps."""

import re

import pytest
from pydantic_settings import BaseSettings

from gateway.settings import Settings as GatewaySettings
from registry.settings import Settings as RegistrySettings
from scoring.settings import Settings as ScoringSettings
from tests.architecture.test_sizes import ROOT, sources
from training.settings import Settings as TrainingSettings


@pytest.mark.parametrize("settings", [GatewaySettings, RegistrySettings, ScoringSettings, TrainingSettings])
def test_every_setting_is_read(settings: type[BaseSettings]) -> None:
    shipped = [path for path in sources() if {"libs", "services", "gateway"} & set(path.relative_to(ROOT).parts)]
    code = "\n".join(path.read_text(encoding="utf-8") for path in shipped if "tests" not in path.parts)

    read = set(re.findall(r"\.(\w+)", code))
    assert [name for name in settings.model_fields if name not in read] == []
