"""What is left of a task after a death."""

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guancha.reparse.finding import Finder
from guancha.reparse.pool import Died, Pool
from guancha.reparse.serving import At, Do
from guancha.reparse.tally import Tally
from guancha.reparse.tasks import FindIn, Order, Read, Rows, Task, rest
from guancha.reparse.work import Worker
from tests.warc.foreign import answer, packed


def found(offset: int, *, is_last: bool = False) -> Rows:
    return Rows(0, [], [], Tally(), offset, is_last)


@pytest.mark.parametrize(
    ("task", "last", "died", "left"),
    [
        (FindIn(0), None, 700, FindIn(0, 0, 1)),
        (FindIn(0), found(500), 700, FindIn(0, 500, 1)),
        (FindIn(0, 500, 1), None, 500, FindIn(0, 501, is_within=True)),
        # All up to the record that is deadly was looked at.
        (FindIn(0, 501, 1, is_within=True), None, 900, FindIn(0, 901, is_within=True)),
        (FindIn(0, 501, is_within=True), None, 900, FindIn(0, 501, 1, is_within=True)),
        (FindIn(0, 501, is_within=True), found(900), 900, FindIn(0, 900, 1)),
        (FindIn(0), found(5000, is_last=True), 4000, None),
        (FindIn(0, 0, 1), found(5000, is_last=True), 4000, None),
    ],
)
def test_the_rest_begins_where_it_is_not_read(
    task: FindIn, last: Rows | None, died: int, left: Task | None
) -> None:
    assert rest(task, 0, last, Died(0, died, -9)) == left


@pytest.mark.parametrize("pack", [packed, lambda *each: b"".join(each)])
@pytest.mark.parametrize("records", [1, 2])
def test_a_record_that_is_left_out_is_no_fault_of_the_file(
    tmp_path: Path, pack: Callable[..., bytes], records: int
) -> None:
    path = tmp_path / "pages.warc"
    path.write_bytes(pack(*[answer()] * records))
    finder = Finder(
        Order([path], tmp_path, 1000, datetime(2027, 1, 1, tzinfo=UTC)), lambda _, __: None
    )

    (rows,) = finder.find(FindIn(0, 1, is_within=True))

    assert len(rows.captures) == records - 1
    assert not rows.tally.faults
    assert rows.is_last
    assert rows.offset == path.stat().st_size


@pytest.mark.parametrize("pack", [packed, lambda *each: b"".join(each)])
def test_a_deadly_record_costs_itself_and_is_told_once(
    tmp_path: Path, pack: Callable[..., bytes]
) -> None:
    path, deadly = tmp_path / "pages.warc", len(pack(answer()))
    path.write_bytes(pack(*[answer()] * 4))
    order = Order([path], tmp_path, 1000, datetime(2027, 1, 1, tzinfo=UTC))

    def make(at: At) -> Do[Task, Rows | Read]:
        def watch(file: int, offset: int) -> None:
            at(file, offset)
            if offset == deadly:
                os.kill(os.getpid(), signal.SIGKILL)

        return Worker(order, watch).do

    pool = Pool[Task, Rows | Read](1, make, rest)
    try:
        said = list(pool.run([FindIn(0)], in_order=False))
    finally:
        pool.close()

    rows = [each for each in said if isinstance(each, Rows)]
    assert sum(len(each.captures) for each in rows) == 3
    assert not any(each.tally.faults for each in rows)
    assert [each for each in said if isinstance(each, Died)] == [Died(0, deadly, -9)]
