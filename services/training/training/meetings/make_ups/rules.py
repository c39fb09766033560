from datetime import date, timedelta

from training.kinds import MakeUpState


def due_day(held_on: date, make_up_days: int) -> date:
    return held_on + timedelta(days=make_up_days)


def state_on(due_on: date, made_up_on: date | None, today: date) -> MakeUpState:
    if made_up_on is not None:
        return MakeUpState.DONE
    return MakeUpState.OVERDUE if today > due_on else MakeUpState.DUE


def may_be_made_up(held_on: date, made_up_on: date, today: date) -> bool:
    """Not before the missed meeting, and not in the future."""
    return held_on <= made_up_on <= today
