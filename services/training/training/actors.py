"""Who asks: kit's actor."""

from kit.access import CurrentActor as Caller

__all__ = ["Caller"]
