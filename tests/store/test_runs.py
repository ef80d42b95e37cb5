"""The ledger: runs that end, are killed, are measured against others, and are accepted."""

from datetime import timedelta

import pytest

from guancha.store import runs
from guancha.store.reading import snapshot
from guancha.store.runs import FAILED, KILLED, OK, Begun, Ended, Run
from guancha.store.store import Store
from tests.store.conftest import NOW, Opened, later

ALL, ONE = Begun("articles", {}), Begun("articles", {"sections": "CaiJing"}, "money")


def ran(store: Store, begun: Begun, verdict: str = OK, day: int = 0) -> int:
    run = store.begin(begun, later(days=day))
    store.end(run, Ended("finished", verdict, ["因为"], {"articles": day}), later(days=day))
    return run


def ledger(store: Store, limit: int = 100, spider: str | None = None) -> list[Run]:
    with snapshot(store.engine) as connection:
        return runs.latest(connection, limit, spider)


def alike(store: Store, begun: Begun) -> list[int]:
    return [run.run_id for run in store.runs_alike(begun, NOW, 10)]


def test_a_run_is_told_as_it_was(opened: Opened) -> None:
    store = opened()
    number = ran(store, ONE, day=1)

    (run,) = ledger(store)
    assert (run.run_id, run.spider, run.job) == (number, "articles", "money")
    assert (run.arguments, run.verdict, run.reasons) == ({"sections": "CaiJing"}, OK, ["因为"])
    assert (run.figures, run.reason, run.is_accepted) == ({"articles": 1}, "finished", False)
    with snapshot(store.engine) as connection:
        assert runs.one(connection, number) == run
        assert runs.one(connection, number + 1) is None


def test_a_run_that_was_killed_is_told_by_the_next_of_its_spider(opened: Opened) -> None:
    store = opened()
    killed, other = store.begin(ALL, NOW), store.begin(Begun("comments", {}), NOW)
    assert {run.verdict for run in ledger(store)} == {None}

    opened().begin(ONE, later(hours=1))
    told = {run.run_id: run for run in ledger(opened())}
    assert (told[killed].verdict, told[killed].reason) == (FAILED, KILLED)
    assert "killed" in told[killed].reasons[0]
    assert told[killed].finished is None
    assert told[other].verdict is None


def test_the_latest_come_first_and_by_spider(opened: Opened) -> None:
    store = opened()
    numbers = [ran(store, begun) for begun in (ALL, ONE, Begun("comments", {}))]

    assert [run.run_id for run in ledger(store)] == numbers[::-1]
    assert [run.run_id for run in ledger(store, 1)] == numbers[2:]
    assert [run.run_id for run in ledger(store, spider="articles")] == numbers[1::-1]


def test_a_run_is_measured_against_good_ones_of_its_like(opened: Opened) -> None:
    store = opened()
    good = ran(store, ALL)
    ran(store, ALL, "degraded")
    ran(store, ALL, FAILED)
    ran(store, ONE)
    ran(store, Begun("comments", {}))
    later_one = ran(store, ALL, day=1)

    assert alike(store, ALL) == [later_one, good]
    assert [run.run_id for run in store.runs_alike(ALL, NOW, 1)] == [later_one]
    assert store.runs_alike(ALL, NOW + timedelta(days=2), 10) == []


@pytest.mark.parametrize("verdict", [OK, "degraded"])
def test_nothing_before_an_accepted_run_counts(opened: Opened, verdict: str) -> None:
    store = opened()
    ran(store, ALL)
    accepted = ran(store, ALL, verdict)
    with store.engine.begin() as connection:
        assert runs.accept(connection, accepted)
        assert not runs.accept(connection, 999)
    newest = ran(store, ALL)

    assert alike(store, ALL) == [newest, accepted]
