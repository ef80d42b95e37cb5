"""Processes that work side by side: results in order, and deaths that cost nothing but what they met."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from guancha.exceptions import GuanchaError
from guancha.reparse.pool import Died, Pool
from tests.reparse.archived import alive, children

Numbers = tuple[int, ...]


def squares(at: Callable[[int, int], None]) -> Callable[[Numbers], Iterator[int]]:
    """Numbers below 0 are deadly: -1 raises, any other kills."""

    def do(task: Numbers) -> Iterator[int]:
        for place, number in enumerate(task):
            at(number, place)
            if number < -1:
                os.kill(os.getpid(), signal.SIGKILL)
            if number == -1:
                raise ZeroDivisionError
            time.sleep(0.001 * (number % 3))
            yield number * number

    return do


def rest(task: Numbers, count: int, _: int | None, __: Died) -> Numbers | None:
    return task[count + 1 :] or None


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    pool = Pool(jobs, squares, rest)
    tasks = [(number, number + 1) for number in range(0, 200, 2)]
    try:
        assert list(pool.run(tasks)) == [number * number for number in range(200)]
        assert list(pool.run([])) == []
        assert list(pool.run([(3,)])) == [9]
        mixed = list(pool.run([(number,) for number in range(100)], in_order=False))
        assert sorted(mixed) == [number * number for number in range(100)]
    finally:
        pool.close()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("deadly", "code"), [(-1, 1), (-2, -signal.SIGKILL)])
def test_a_death_is_told_with_its_place_and_the_others_work_on(
    jobs: int, deadly: int, code: int
) -> None:
    pool = Pool(jobs, squares, rest)
    try:
        found = list(pool.run([(1, 2), (3, deadly, 4, deadly), (5, 6), (deadly,), (7,)]))
    finally:
        pool.close()

    died = Died(deadly, 1, code)
    # The second death at the same place is not told again.
    assert found == [1, 4, 9, died, 16, 25, 36, Died(deadly, 0, code), 49]


def test_one_that_is_killed_from_outside_hangs_nobody() -> None:
    pool = Pool(2, squares, rest)
    started = children(os.getpid())
    try:
        for pid in started:
            os.kill(pid, signal.SIGKILL)
        found = list(pool.run([(number,) for number in range(10)]))
    finally:
        pool.close()

    deaths = [each for each in found if isinstance(each, Died)]
    # Both may have died before they looked at anything: at one place.
    assert 0 < len(deaths) <= 2
    assert 9 <= len(found) <= 10


@pytest.mark.parametrize("tasks", [[(-2,) * 1000], [(-2,)] * 1000, [(-2,) * 1000, (1,) * 1000]])
def test_nothing_but_deaths_has_an_end(tasks: list[Numbers]) -> None:
    pool = Pool(2, squares, rest)
    try:
        with pytest.raises(GuanchaError, match=r"20 processes .* code -9, at byte 0 of file -1"):
            list(pool.run(tasks))
    finally:
        pool.close()


def test_closing_ends_all_in_the_middle_of_their_work() -> None:
    pool = Pool(2, squares, rest)
    running = pool.run([tuple(range(100_000))] * 3)
    assert next(running) == 0
    started = children(os.getpid())
    assert len(started) >= 2

    pool.close()
    assert not any(map(alive, started))


def test_no_more_is_begun_than_may_wait() -> None:
    asked: list[int] = []

    def tasks() -> Iterator[Numbers]:
        for number in range(1000):
            asked.append(number)
            yield (number,)

    pool = Pool(2, squares, rest)
    try:
        running = pool.run(tasks())
        assert next(running) == 0
        assert len(asked) < 50
    finally:
        pool.close()
