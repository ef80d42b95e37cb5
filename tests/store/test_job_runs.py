"""What the schedule asks of the ledger and writes to it, while a crawl has the archive open."""

from pathlib import Path

import pytest

from guancha.exceptions import StoreError
from guancha.store import runs
from guancha.store.engine import FILE
from guancha.store.job_runs import NOT_BEGUN, TIME_LIMIT, Fate, last_of_each, newest, settle
from guancha.store.reading import snapshot
from guancha.store.runs import KILLED, Begun, Ended, Run
from guancha.verdict.reasons import FAILED, OK
from tests.store.conftest import NOW, Opened, later

JOB = Begun("articles", {"pages": "1"}, "new")
BY_HAND = Begun("articles", {})
WELL = Fate(NOW, later(hours=1), is_failed=False, last_words="closed")
BADLY = Fate(NOW, later(hours=1), is_failed=True, last_words="no such page")
KILL = Fate(NOW, later(hours=1), True, "…", "killed by signal 9")
LATE = Fate(NOW, later(hours=1), True, "…", "ended after its time limit of 1h", is_overdue=True)


def told(run: Run) -> tuple[str | None, str | None, list[str]]:
    return run.verdict, run.reason, run.reasons


@pytest.mark.parametrize(
    ("ended", "fate", "expected"),
    [
        (Ended("finished", OK), WELL, (OK, "finished", [])),
        (Ended("finished", "degraded", ["few"]), WELL, ("degraded", "finished", ["few"])),
        (Ended("refused", FAILED, ["403"]), BADLY, (FAILED, "refused", ["403"])),
        (
            Ended("finished", OK),
            BADLY,
            (FAILED, "finished", ["it failed behind its verdict: no such page"]),
        ),
        # It had done its work, when it was ended.
        (Ended("finished", OK), KILL, (OK, "finished", [])),
        (Ended("shutdown", FAILED, ["few"]), LATE, (FAILED, TIME_LIMIT, [LATE.ended, "few"])),
        (Ended("shutdown", FAILED), KILL, (FAILED, "shutdown", [KILL.ended])),
        (None, KILL, (FAILED, KILLED, [KILL.ended])),
        (None, LATE, (FAILED, TIME_LIMIT, [LATE.ended])),
        (None, BADLY, (FAILED, KILLED, ["no such page"])),
    ],
)
def test_a_line_is_completed(
    opened: Opened,
    url: str | None,
    tmp_path: Path,
    ended: Ended | None,
    fate: Fate,
    expected: tuple[str, str, list[str]],
) -> None:
    store, data = opened(), tmp_path / "data"
    store.end(store.begin(JOB, NOW), Ended("finished", OK), NOW)
    after = newest(url, data)
    run = store.begin(JOB, NOW)
    if ended:
        store.end(run, ended, NOW)
    settled = settle(url, data, JOB, after, fate)

    assert (settled.run_id, *told(settled)) == (run, *expected)
    assert settled.finished
    assert last_of_each(url, data) == {"new": settled}
    assert newest(url, data) == run


def test_a_line_that_is_missing_is_added(opened: Opened, url: str | None, tmp_path: Path) -> None:
    store, data = opened(), tmp_path / "data"
    ours, theirs = store.begin(JOB, NOW), store.begin(BY_HAND, NOW)
    added = [settle(url, data, JOB, newest(url, data), fate) for fate in (BADLY, KILL, WELL)]

    assert [told(run) for run in added] == [
        (FAILED, NOT_BEGUN, ["no such page"]),
        (FAILED, NOT_BEGUN, ["killed by signal 9"]),
        (FAILED, NOT_BEGUN, ["closed"]),
    ]
    assert [run.run_id for run in added] == [theirs + 1, theirs + 2, theirs + 3]
    assert (added[0].job, added[0].arguments) == ("new", {"pages": "1"})
    with snapshot(store.engine) as connection:
        under_way, before = (runs.one(connection, number) for number in (theirs, ours))
    # The run that is under way is left alone.
    assert under_way
    assert under_way.verdict is None
    assert before
    assert before.reason == KILLED


def test_no_store_is_made(tmp_path: Path) -> None:
    assert newest(None, tmp_path) == 0
    with pytest.raises(StoreError, match="there is no store"):
        settle(None, tmp_path, JOB, 0, BADLY)
    with pytest.raises(StoreError, match="there is no store"):
        last_of_each(None, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / FILE).touch()
    assert newest(None, tmp_path) == 0
    assert (tmp_path / FILE).stat().st_size == 0


def test_a_server_that_is_away_is_told(tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/none?host={tmp_path}"
    with pytest.raises(StoreError, match="the store: connection"):
        newest(nowhere, tmp_path)
