"""Garbage collection of a server: what its start made lives as long as the process."""

import gc

ALLOCATIONS_BETWEEN = 10_000


def spare_the_collector() -> None:
    """Modules and application are never walked again, and young objects a few times a second instead of a request."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN)
