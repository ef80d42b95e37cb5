"""The ledger: runs that end, are killed, are measured against others, and are accepted."""

import pytest
from sqlalchemy import update

from guancha.store import runs
from guancha.store.reading import snapshot
from guancha.store.runs import KILLED, Begun, Ended, Run
from guancha.store.schema import runs as runs_table
from guancha.store.store import Store
from guancha.verdict.reasons import FAILED, OK
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
    degraded = ran(store, ALL, "degraded")
    ran(store, ALL, FAILED)
    ran(store, ONE)
    ran(store, Begun("comments", {}))
    later_one = ran(store, ALL, day=1)

    assert alike(store, ALL) == [later_one, degraded, good]
    assert [run.is_good for run in store.runs_alike(ALL, NOW, 10)] == [True, False, True]
    assert [run.run_id for run in store.runs_alike(ALL, NOW, 1)] == [later_one]
    assert store.runs_alike(ALL, NOW, 0) == []


def test_the_last_good_run_is_never_forgotten(opened: Opened) -> None:
    store = opened()
    good = [ran(store, ALL), ran(store, ALL)][-1]
    degraded = [ran(store, ALL, "degraded", day=day) for day in (1, 2)]

    def found(days: int, limit: int) -> list[int]:
        return [run.run_id for run in store.runs_alike(ALL, later(days=days), limit)]

    assert found(99, 10) == [good]
    assert found(2, 10) == [degraded[1], good]
    assert found(0, 1) == [degraded[1], good]


def test_what_bounds_a_run_makes_no_other_kind_of_it(opened: Opened) -> None:
    store = opened()
    of = {"sections": "CaiJing", "since": "2026-10-01", "limit": "5"}
    bounded = ran(store, Begun("articles", of))

    assert alike(store, ONE) == [bounded]
    assert alike(store, ALL) == []


@pytest.mark.parametrize("text", ["[", "null", "[1]", "7", '"x"'])
def test_a_ledger_that_was_meddled_with_is_read(opened: Opened, text: str) -> None:
    store = opened()
    ran(store, ALL)
    with store.engine.begin() as connection:
        values = dict.fromkeys(("arguments", "figures"), text)
        connection.execute(update(runs_table).values(reasons="{", **values))

    (run,) = ledger(store)
    assert (run.arguments, run.figures, run.reasons) == ({}, {}, [])
    assert alike(store, ALL) == [run.run_id]


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
