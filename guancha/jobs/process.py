"""A process that ends with the one that started it: in its time, by a signal, or with SIGKILL."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable
from signal import Signals

from guancha import clock

STOPS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
"""What asks a command to end; a terminal that is closed does."""
_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2), linux/prctl.h
# Not between fork and exec: there nothing may be loaded.
_LIBC = ctypes.CDLL(None)


def following(last: Signals, blocked: Iterable[Signals]) -> Callable[[], None]:
    """What a child does before it becomes its program: it will get ``last`` when this process dies.

    Signals that are ``blocked`` wait until the program asks for them; no others are.
    """
    parent = os.getpid()

    def follow() -> None:
        _LIBC.prctl(_SET_PARENT_DEATH_SIGNAL, int(last), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)  # it has died meanwhile, and told nobody
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)

    return follow


def environment(**more: str) -> dict[str, str]:
    """Ours, and what is added; a clock that was set goes on in the child from where it stands."""
    if clock.start():
        more[clock.VARIABLE] = clock.now().isoformat()
    return os.environ | more


def scrapy(*words: str) -> list[str]:
    """``scrapy WORDS``, by the Python that runs us."""
    return [sys.executable, "-m", "scrapy", *words]
