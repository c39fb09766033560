"""The events that can earn points and what they tell: a copy, shipped with scoring, of the producers' `events.json`."""

import json
from importlib.resources import files

from scoring.points.indicators import rules
from scoring.points.indicators.rules import Told, Trigger

TOLD = {
    event: Told(**one)
    for event, one in json.loads(
        (files("scoring") / "data" / "earning_events.json").read_text(encoding="utf-8")
    ).items()
}


def fault_of(trigger: Trigger) -> str | None:
    told = TOLD.get(trigger.event)
    return rules.fault_of(trigger, told) if told else f"没有可以计分的事件“{trigger.event}”"
