"""The figures of a run as Prometheus has them; each name and label is bounded, whatever the site says.

All are gauges: a run counts from 0, and the file tells of the latest one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus
from math import nan
from urllib.parse import quote

from prometheus_client import CollectorRegistry, Gauge

from guancha.figures import Figures
from guancha.store.runs import Run
from guancha.verdict.reasons import LEVELS

LABELS = ("spider", "scheduled_job")
"""Of every metric. Prometheus itself gives a label ``job`` to what it scrapes."""
STATUSES = frozenset(str(status.value) for status in HTTPStatus)
OTHER = "other"


class _Family:
    """Metrics of one run in one registry."""

    def __init__(self, run: Run) -> None:
        self.registry = CollectorRegistry()
        # A name comes from the environment and may hold bytes that are no text.
        self.own = [_text(run.spider), _text(run.job or "")]

    def add(self, name: str, about: str, value: float) -> None:
        Gauge(name, about, LABELS, registry=self.registry).labels(*self.own).set(value)

    def add_each(self, name: str, about: str, label: str, values: Mapping[str, float]) -> None:
        gauge = Gauge(name, about, (*LABELS, label), registry=self.registry)
        for key, value in values.items():
            gauge.labels(*self.own, key).set(value)


def latest(run: Run, fields: Iterable[str]) -> CollectorRegistry:
    """What a run did; ``fields`` are told even where no article has them."""
    family, figures = _Family(run), Figures.read(run.figures)
    started, finished = _unix(figures.started or run.started), _unix(run.finished)
    family.add("guancha_run_start_time_seconds", "When the latest run began.", started)
    family.add("guancha_run_end_time_seconds", "When the latest run ended.", finished)
    family.add("guancha_run_duration_seconds", "How long it took.", figures.seconds)
    verdict = {level: float(level == run.verdict) for level in LEVELS}
    family.add_each("guancha_run_verdict", "1 for what is thought of it, else 0.", "level", verdict)
    _add_counts(family, figures)
    if figures.records:
        names = sorted({*figures.fields, *fields})
        shares = {name: figures.fields.get(name, 0) / figures.records for name in names}
        family.add_each(
            "guancha_run_field_ratio", "Part of its records with a field.", "field", shares
        )
    return family.registry


def last_success(run: Run) -> CollectorRegistry:
    """When a run last ended that had not failed."""
    family, about = _Family(run), "When a run last ended that had not failed."
    family.add("guancha_last_success_time_seconds", about, _unix(run.finished))
    return family.registry


def file_name(run: Run, kind: str) -> str:
    """``guancha_articles_JOB.prom``: one for each spider and job; ``kind`` is what it begins with.

    A name so long that no folder takes it stays so: the error then says which it is.
    """
    names = [quote(_text(name), safe="") for name in (run.spider, run.job) if name]
    return "_".join([kind, *names]) + ".prom"


def _add_counts(family: _Family, figures: Figures) -> None:
    for name, about, value in (
        ("read", "Answers that held what was asked for.", figures.had),
        ("records", "Records read in them.", figures.records),
        ("new", "Records had for the first time.", figures.new),
        ("changed", "Records with a later revision.", figures.changed),
        ("deleted", "Articles found to be there no more.", figures.deleted),
        ("unchanged", "Answers that nothing had changed.", figures.unchanged),
        ("requests", "Requests sent, retries included.", figures.requests),
        ("retries", "Requests sent once more.", figures.retries),
        ("response_bytes", "Bytes of all answers.", figures.bytes),
        ("faults", "Exceptions that reached the log.", sum(figures.faults.values())),
        ("exports_failed", "Feeds that could not be written.", figures.exports_failed),
    ):
        family.add(f"guancha_run_{name}", about, value)
    family.add_each(
        "guancha_run_outcomes",
        "Answers that held something else.",
        "kind",
        figures.outcomes,
    )
    states = Counter(listing.state for listing in figures.listings.values())
    family.add_each(
        "guancha_run_listings", "Listings by what they answered.", "state", dict(states)
    )
    statuses: Counter[str] = Counter()
    for status, number in figures.statuses.items():
        statuses[status if status in STATUSES else OTHER] += number
    family.add_each("guancha_run_responses", "Answers by their status.", "status", statuses)


def _unix(stamp: str | None) -> float:
    return datetime.fromisoformat(stamp).timestamp() if stamp else nan


def _text(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
