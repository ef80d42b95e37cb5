"""Has the report and the metrics of a run written; what can't be is one more reason of its verdict."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from scrapy.crawler import Crawler

from guancha.extensions.metrics import Metrics
from guancha.extensions.report import Report
from guancha.figures import Figures
from guancha.store.runs import Run
from guancha.verdict.reasons import FAILED, Reason, Verdict


def tell(crawler: Crawler, run: Run, before: Sequence[Figures], verdict: Verdict) -> Verdict:
    """Returns the verdict, with a reason for whatever could not be written; both tell of the other's."""
    report, metrics = crawler.get_extension(Report), crawler.get_extension(Metrics)

    def write_report(told: Run) -> None:
        if report:
            report.write(told, before)

    def write_metrics(told: Run) -> None:
        if metrics:
            metrics.write(told)

    reported = _try("report", write_report, run, verdict)
    told = _try("metrics", write_metrics, run, reported)
    return told if told is reported else _try("report", write_report, run, told)


def _try(what: str, write: Callable[[Run], None], run: Run, verdict: Verdict) -> Verdict:
    try:
        write(replace(run, verdict=verdict.level, reasons=verdict.words))
    except OSError as error:
        why = f"the {what} could not be written: {error.filename or what}: {error.strerror}"
        # At the second try it fails for the same reason.
        if why not in verdict.words:
            return verdict + Reason(FAILED, why)
    return verdict
