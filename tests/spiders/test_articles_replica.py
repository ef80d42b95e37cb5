"""A crawl of the replica gives what is true of it: every article once, field by field."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import ROOT, Run

ADDRESS = {"url", "section", "alternate_urls"}
"""Which of two addresses of an article is met first is chance."""


def truth(options: str, *more: str) -> dict[str, dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "replica", "truth", *options.split(), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    records = map(json.loads, done.stdout.splitlines())
    return {record["article_id"]: record for record in records}


def addresses(record: dict[str, Any]) -> set[str]:
    return {record["url"], *record["alternate_urls"]}


@pytest.mark.parametrize("era", ["2019", "2026", "mixed"])
def test_crawl_equals_truth(replica_run: Callable[..., Run], era: str) -> None:
    options = f"--articles 100 --era {era}"
    run = replica_run(options)
    expected = truth(options)
    found = run.lines("articles")

    assert run.code == 0, run.log
    assert len(found) == len({record["article_id"] for record in found})
    assert {record["article_id"] for record in found} == set(expected)
    for record in found:
        true = expected[record["article_id"]]
        assert addresses(record) <= addresses(true)
        compared = true.keys() - ADDRESS
        assert {k: record[k] for k in compared} == {k: true[k] for k in compared}


@pytest.mark.parametrize("era", ["2019", "2026"])
def test_outcomes_are_those_of_the_site(replica_run: Callable[..., Run], era: str) -> None:
    options = f"--articles 100 --era {era} --day 3"
    run = replica_run(options)
    expected = truth(options, "--outcomes")
    found = {o["article_id"]: o for o in run.lines("outcomes") if o["article_id"]}

    assert found
    for article_id, outcome in found.items():
        assert outcome["kind"] == expected[article_id]["kind"]
        if outcome["kind"] == "stub":
            assert outcome["target_url"] == expected[article_id]["target_url"]


def test_what_does_not_fit_the_memory_waits_in_the_store(replica_run: Callable[..., Run]) -> None:
    run = replica_run("--articles 100", "-s", "MOST_QUEUED=2")

    assert run.code == 0, run.log
    assert {record["article_id"] for record in run.lines("articles")} == set(
        truth("--articles 100")
    )
    assert run.figures().links["left_for_later"] > 0


def test_passing_faults_lose_nothing(replica_run: Callable[..., Run]) -> None:
    options = "--articles 60"
    faults = "--faults errors=0.05,reset=0.05,truncate=0.05,challenge=0.03,garbage=0.03"
    run = replica_run(f"{options} {faults}", "-s", "RETRY_TIMES=9")

    assert run.code == 0, run.log
    expected = truth(options)
    found = {record["article_id"]: record for record in run.lines("articles")}
    assert set(found) == set(expected)
    for article_id, record in found.items():
        assert record["text_hash"] == expected[article_id]["text_hash"]
        assert record["is_complete"]


@pytest.mark.parametrize(
    ("selector", "fault"),
    [
        (".all-txt", "no article/body"),
        (".left-main", "no article/node"),
        ("h3", "title: missing"),
        (".time", "date_published: missing"),
    ],
)
def test_redesign_is_loud(replica_run: Callable[..., Run], selector: str, fault: str) -> None:
    run = replica_run(f"--articles 20 --faults rename={selector}")

    layouts = [o["detail"] for o in run.lines("outcomes") if o["kind"] == "layout"]
    assert run.lines("articles") == []
    assert layouts.count(fault) > 10
    assert run.code == 1
    assert run.figures().rules["article/node/1"] == (0 if selector == ".left-main" else 20)


def test_a_listing_without_links_is_loud(replica_run: Callable[..., Run]) -> None:
    run = replica_run("--articles 20 --faults rename=a", "-a", "sections=mainnews-yw")

    assert [o["detail"] for o in run.lines("outcomes")] == ["no listing/links"]
