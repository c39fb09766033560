"""Children that never outlive the process which started them, not even after kill -9."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def ending_with_parent(ending: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`. The kernel watches the *thread* that forks: start children from the main thread."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    parent = os.getpid()

    def ask_kernel() -> None:
        if libc is None:
            return
        libc.prctl(PR_SET_PDEATHSIG, int(ending))
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel
