"""Children that do not want to end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from signal import Signals

import pytest

from guancha.jobs.process import following
from guancha.jobs.watch import End, listen, watch

LONG, SHORT = 60.0, 0.3


@pytest.fixture(autouse=True)
def mask() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


@pytest.fixture
def shell() -> Callable[[str], "subprocess.Popen[bytes]"]:
    def start(script: str) -> "subprocess.Popen[bytes]":
        listen()
        child = subprocess.Popen(
            ["sh", "-c", f"{script}\necho ready; read line; exit 9"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
            preexec_fn=following(signal.SIGKILL, blocked=()),
        )
        assert child.stdout
        assert child.stdout.readline() == b"ready\n"
        return child

    return start


Shell = Callable[[str], "subprocess.Popen[bytes]"]


def test_one_that_ends_by_itself(shell: Shell) -> None:
    child = shell("")
    assert child.stdin
    child.stdin.close()

    assert watch(child, LONG, LONG) == End(9)


def test_the_first_word_is_enough(shell: Shell) -> None:
    assert watch(shell("trap 'exit 5' TERM"), SHORT, LONG) == End(5, Signals.SIGALRM)


def test_the_second_word_is_enough(shell: Shell) -> None:
    stubborn = "trap 'trap \"exit 6\" TERM; read line' TERM"
    assert watch(shell(stubborn), SHORT, SHORT) == End(6, Signals.SIGALRM)


def test_one_that_hears_nothing_is_killed(shell: Shell) -> None:
    assert watch(shell("trap '' TERM"), SHORT, SHORT) == End(-signal.SIGKILL, Signals.SIGALRM)


def test_each_signal_is_the_next_step(shell: Shell) -> None:
    child = shell("trap '' TERM")
    # Each is another: two of one kind that wait are one.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.raise_signal(number)

    end = watch(child, LONG, LONG)
    assert end.code == -signal.SIGKILL
    assert end.by in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def test_what_it_leaves_in_its_group_goes_with_it(shell: Shell) -> None:
    child = shell("sleep 60 & sleep 60 & trap 'exit 5' TERM")

    assert watch(child, SHORT, LONG) == End(5, Signals.SIGALRM)
    # Until whoever inherits them has noticed.
    while is_there(child.pid):
        time.sleep(0.01)


def is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
