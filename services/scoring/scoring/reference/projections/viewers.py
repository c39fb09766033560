"""Who asks: kit's actor."""

from kit.access import CurrentActor as Viewer

__all__ = ["Viewer"]
