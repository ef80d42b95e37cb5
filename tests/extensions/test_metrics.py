"""Metrics of a run as Prometheus reads them."""

from dataclasses import replace
from pathlib import Path

import pytest
from prometheus_client import generate_latest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.extensions.metrics import Metrics
from guancha.figures import Figures, Listing
from guancha.metrics import file_name, latest
from guancha.store.runs import Run
from tests.extensions.metrics_files import values

RUN = Run(
    run_id=12,
    spider="articles",
    started="2026-10-05T08:00:00+08:00",
    finished="2026-10-05T08:01:40+08:00",
    reason="finished",
    job=None,
    arguments={},
    verdict="degraded",
    reasons=[],
    figures={},
    is_accepted=False,
)
FIGURES = Figures(
    started="2026-10-05T08:00:00+08:00",
    seconds=99.5,
    requests=40,
    retries=2,
    bytes=12345,
    statuses={"200": 30, "302": 5, "799": 2, "x\n": 1},
    had=20,
    records=20,
    unchanged=6,
    outcomes={"gone": 4},
    written={"first": 8, "edit": 3, "extraction": 1, "deleted": 2},
    listings={"home": Listing(pages=1, offered=9), "A": Listing(missed=1), "B": Listing(missed=2)},
    fields={"title": 20, "tags": 5},
    sections={f"Section{number}": 1 for number in range(20)},
    faults={"KeyError": 1, "TypeError": 2},
    exports_failed=1,
)
ODD_JOBS = ["../../etc/x", 'a"b\\c\nd', "每天", "\udcff", "..", "a b"]


def metrics(folder: Path | None) -> Metrics:
    given = {"METRICS_DIR": folder and str(folder), "FIELD_FLOORS": {"related.topic": 0.2}}
    return Metrics.from_crawler(get_crawler(settings_dict=given))


def test_they_tell_what_the_run_did(tmp_path: Path) -> None:
    metrics(tmp_path / "new/folder").write(replace(RUN, figures=FIGURES.kept()))
    found = values((tmp_path / "new/folder/guancha_articles.prom").read_text("utf-8"))

    assert found["run_start_time_seconds"] == 1791158400
    assert found["run_end_time_seconds"] == 1791158500
    assert found["run_duration_seconds"] == 99.5
    levels = {"ok": 0, "degraded": 1, "failed": 0}
    assert {level: found[f"run_verdict/{level}"] for level in levels} == levels
    expected = {
        "read": 20,
        "records": 20,
        "new": 8,
        "changed": 4,
        "deleted": 2,
        "unchanged": 6,
        "requests": 40,
        "retries": 2,
        "response_bytes": 12345,
        "faults": 3,
        "exports_failed": 1,
        "outcomes/gone": 4,
        "listings/read": 1,
        "listings/missed": 2,
        "responses/200": 30,
        "responses/302": 5,
        "responses/other": 3,
        "field_ratio/title": 1,
        "field_ratio/tags": 0.25,
        "field_ratio/images": 0,
        "field_ratio/related.topic": 0,
    }
    assert {name: found[f"run_{name}"] for name in expected} == expected
    assert not [name for name in found if "Section" in name]


def test_the_last_success_outlives_a_run_that_failed(tmp_path: Path) -> None:
    writer = metrics(tmp_path)
    failed = replace(RUN, verdict="failed", finished="2026-10-06T08:00:00+08:00")
    success = tmp_path / "guancha-success_articles.prom"

    writer.write(failed)
    assert not success.exists()
    writer.write(RUN)
    writer.write(failed)
    assert values(success.read_text("utf-8")) == {"last_success_time_seconds": 1791158500}
    found = values((tmp_path / "guancha_articles.prom").read_text("utf-8"))
    assert (found["run_verdict/failed"], found["run_verdict/ok"]) == (1, 0)
    assert found["run_end_time_seconds"] > 1791158500
    assert len(list(tmp_path.iterdir())) == 2


def test_a_run_that_failed_at_once_has_metrics() -> None:
    found = values(generate_latest(latest(RUN, ["title"])).decode())

    assert found["run_read"] == 0
    assert found["run_start_time_seconds"] == 1791158400
    assert not [name for name in found if name.startswith("run_field_ratio")]


def test_each_job_has_a_file_below_the_folder(tmp_path: Path) -> None:
    writer = metrics(tmp_path)
    for job in ODD_JOBS:
        writer.write(replace(RUN, job=job))
    files = list(tmp_path.iterdir())

    assert len(files) == 2 * len(ODD_JOBS)
    assert len({file_name(replace(RUN, job=job), "guancha") for job in ODD_JOBS}) == len(ODD_JOBS)
    for path in files:
        assert path.name.isascii()
        assert path.suffix == ".prom"
        assert values(path.read_text("utf-8"))
    assert list(tmp_path.parent.glob("*.prom")) == []


def test_a_name_that_no_folder_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        metrics(tmp_path).write(replace(RUN, job="x" * 300))
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_it_switches_itself_off(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(NotConfigured):
        metrics(None)
    assert "METRICS_DIR is not set" in caplog.text
