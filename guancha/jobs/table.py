"""Reads ``jobs.toml``: strictly, and with all errors at once."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings
from scrapy.spiderloader import get_spider_loader

from guancha.exceptions import ArgumentError, JobsError
from guancha.jobs.cron import Cron
from guancha.jobs.every import Every, in_words
from guancha.jobs.fields import Fields

MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Job:
    """One job, as it is to be run."""

    name: str
    spider: str
    when: Cron | Every
    time_limit: timedelta
    jitter: timedelta = timedelta()
    """It begins so much later at most, by chance."""
    arguments: dict[str, str] = field(default_factory=dict)
    """What ``-a`` would give."""
    settings: dict[str, str] = field(default_factory=dict)
    """What ``-s`` would give."""


def read(path: Path, settings: BaseSettings | None = None) -> list[Job]:
    """The jobs of a file; given the project's settings, its spiders are asked as well.

    Raises JobsError with a line for each error, which names file, job, key, value and what was expected.
    """
    tables, errors = _tables(path)
    jobs = []
    names = Counter(repr(table.get("name")) for table in tables)
    for number, table in enumerate(tables, 1):
        name = table.get("name")
        fields = Fields(table)
        job = _job(fields)
        if name and names[repr(name)] > 1:
            fields.wrong("name", "a name of its own for each job")
        if settings is not None:
            _ask(fields, job, settings)
        label = repr(name) if isinstance(name, str) else f"number {number}"
        errors += [f"{path}: job {label}: {error}" for error in fields.errors]
        jobs.append(job)
    if errors:
        raise JobsError("\n".join(errors))
    return jobs


def _tables(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """What stands under ``[[jobs]]``, and what is wrong beside it."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            got = "something else" if path.exists() else "nothing"
            raise JobsError(f"{path}: expected a file of at most {MOST_BYTES} bytes, got {got}")
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise JobsError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise JobsError(f"{path}: expected TOML: {error}") from error
    tables = content.pop("jobs", None)
    errors = [f"{path}: unknown key {key!r}: expected [[jobs]] alone" for key in content]
    if not isinstance(tables, list) or not tables or not all(type(t) is dict for t in tables):
        expected = "expected a table [[jobs]] for each job, and one at least"
        raise JobsError("\n".join([*errors, f"{path}: {expected}"]))
    return tables, errors


def _job(fields: Fields) -> Job:
    """The job; of no use where the fields have errors."""
    when, jitter = fields.when(), fields.length("jitter", least=0, default=timedelta())
    if when and jitter and jitter >= when.shortest:
        fields.wrong("jitter", f"less than the {in_words(when.shortest)} between its times")
    return Job(
        name=fields.name(),
        spider=fields.spider(),
        when=when or Every(timedelta(days=1)),
        time_limit=fields.length("time_limit", least=1),
        jitter=jitter,
        arguments=fields.pairs("arguments", int),
        settings=fields.pairs("settings", int, float, bool),
    )


def _ask(fields: Fields, job: Job, settings: BaseSettings) -> None:
    """Asks the project whether it has such settings and such a spider, and the spider for its arguments."""
    for name in job.settings:
        if name not in settings:
            fields.errors.append(
                f"settings: expected one of Scrapy or of this project, got {name!r}"
            )
    if not job.spider:
        return
    loader = get_spider_loader(settings)
    try:
        loader.load(job.spider)(**job.arguments)
    except KeyError:
        fields.wrong("spider", f"one of {', '.join(loader.list())}")
    except (ArgumentError, TypeError) as error:
        fields.wrong("arguments", f"what the spider takes ({error})")
