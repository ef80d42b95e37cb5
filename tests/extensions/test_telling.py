"""What is told of a run at its end agrees with the ledger; what can't be told makes it fail."""

from collections.abc import Callable
from pathlib import Path

from scrapy.utils.test import get_crawler

from guancha.extensions.metrics import Metrics
from guancha.extensions.report import Report
from guancha.extensions.telling import tell
from guancha.figures import Figures
from guancha.store.engine import open_engine
from guancha.store.reading import snapshot
from guancha.store.runs import Run as Ledger
from guancha.store.runs import one
from guancha.verdict.reasons import Verdict
from tests.conftest import Run
from tests.extensions.metrics_files import values
from tests.extensions.reporting import REPORTING
from tests.report.reading import read, text

OF_FEW = ("-a", "limit=5", "-a", "sections=CaiJing", "-a", "pages=1")


def ledger(data: Path) -> Ledger:
    with snapshot(open_engine(None, data)) as connection:
        found = one(connection, 1)
    assert found is not None
    return found


def test_page_metrics_and_ledger_agree(replica_run: Callable[..., Run], tmp_path: Path) -> None:
    settings = ("-s", f"METRICS_DIR={tmp_path / 'metrics'}", "-s", "JOB=a job")
    run = replica_run("--articles 40", *OF_FEW, *settings)
    noted = ledger(run.data)
    figures = Figures.read(noted.figures)
    tree = read((run.data / "runs/1.html").read_text("utf-8"))
    found = values((tmp_path / "metrics/guancha_articles_a%20job.prom").read_text("utf-8"))

    assert run.code == 0, run.log
    assert (noted.verdict, noted.job, figures.had) == ("ok", "a job", 5)
    assert f"{figures.had} articles read" in text(tree, "//main")
    assert f"{figures.requests} requests" in text(tree, "//main")
    facts = text(tree, "//header")
    for word in ("✓ ok", "a job", "limit=5", noted.arguments["sections"]):
        assert word in facts
    assert noted.finished is not None
    assert noted.finished[:19].replace("T", " ") in facts
    assert (found["run_read"], found["run_requests"]) == (5, figures.requests)
    assert found["run_verdict/ok"] == 1
    assert (tmp_path / "metrics/guancha-success_articles_a%20job.prom").exists()


def test_a_run_that_can_not_be_told_of_has_failed(
    replica_run: Callable[..., Run], tmp_path: Path
) -> None:
    for name in ("data-0/runs", "metrics"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("in the way")
    run = replica_run("--articles 40", *OF_FEW, "-s", f"METRICS_DIR={tmp_path / 'metrics'}")
    noted = ledger(run.data)

    assert run.code == 1
    assert (noted.verdict, noted.reason) == ("failed", "finished")
    page, metrics = noted.reasons
    assert page == f"the report could not be written: {run.data / 'runs'}: File exists"
    assert metrics.startswith("the metrics could not be written: ")
    assert page in run.log
    assert len(run.lines("articles")) == 5


def test_a_run_without_an_archive_has_metrics(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    data = tmp_path / "data/articles"
    data.mkdir(parents=True)
    (data / "2026-10-05.jsonl").write_text("{}\n")
    run = scrapy("crawl", "articles", "-s", f"METRICS_DIR={tmp_path / 'metrics'}")
    found = values((tmp_path / "metrics/guancha_articles.prom").read_text("utf-8"))

    assert run.code == 1
    assert found["run_verdict/failed"] == 1
    assert found["run_requests"] == 0
    assert not (tmp_path / "metrics/guancha-success_articles.prom").exists()
    assert not (tmp_path / "data/runs").exists()


def test_the_page_tells_of_metrics_that_could_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "metrics").write_text("in the way")
    given = {"DATA_DIR": str(tmp_path), "METRICS_DIR": str(tmp_path / "metrics")}
    extensions = {Report: 1, Metrics: 2}
    crawler = get_crawler(settings_dict={**REPORTING, **given, "EXTENSIONS": extensions})
    run = Ledger(3, "articles", "", "", None, None, {}, None, [], {}, False)
    verdict = tell(crawler, run, [], Verdict())

    assert verdict.words == [
        f"the metrics could not be written: {given['METRICS_DIR']}: File exists"
    ]
    header = text(read((tmp_path / "runs/3.html").read_text("utf-8")), "//header")
    assert verdict.words[0] in header
    assert "✕ failed" in header


def test_nothing_is_told_where_both_are_off(tmp_path: Path) -> None:
    given = {"DATA_DIR": str(tmp_path), "EXTENSIONS": {Report: None, Metrics: None}}
    run = Ledger(3, "articles", "", "", None, None, {}, None, [], {}, False)

    assert tell(get_crawler(settings_dict=given), run, [], Verdict()).words == []
    assert list(tmp_path.iterdir()) == []
