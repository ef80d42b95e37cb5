"""Waits for a child and ends it: cleanly at first, then quickly, then in any case."""

import os
import signal
from dataclasses import dataclass
from signal import Signals
from subprocess import Popen

from guancha.jobs.process import STOPS

STEPS = (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL)
"""To a crawl the first is a clean stop, the second a quick one."""
_HEARD = STOPS | {signal.SIGCHLD, signal.SIGALRM}


def listen() -> None:
    """Has signals wait until they are asked for, so that none comes between two steps."""
    # Whoever ignores it does not learn how a child has ended.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, _HEARD)


def asked_to_stop(seconds: float) -> Signals | None:
    """Waits so long for a signal to stop."""
    heard = signal.sigtimedwait(STOPS, seconds)
    return Signals(heard.si_signo) if heard else None


@dataclass(frozen=True)
class End:
    """How a child ended."""

    code: int
    """Its exit code; negative for a signal."""
    by: Signals | None = None
    """What we were told that made us end it; SIGALRM for its time limit; None for nothing."""


def watch(child: "Popen[bytes]", limit: float, grace: float) -> End:
    """Waits until a child has ended, or for ``limit`` seconds until it is told to.

    From one step to the next it has ``grace`` seconds; each signal that we get is the next step as well.
    With it goes whatever it has left in its group.
    """
    by, steps = None, iter(STEPS)
    signal.setitimer(signal.ITIMER_REAL, limit)
    while not os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        heard = Signals(signal.sigwait(_HEARD))
        if heard != signal.SIGCHLD:
            by = by or heard
            os.killpg(child.pid, next(steps, signal.SIGKILL))
            signal.setitimer(signal.ITIMER_REAL, grace)
    signal.setitimer(signal.ITIMER_REAL, 0)
    # Before it is reaped: its number is still its own.
    os.killpg(child.pid, signal.SIGKILL)
    return End(child.wait(), by)
