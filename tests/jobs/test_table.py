"""``jobs.toml``: what it may hold, and that every error in it is told."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.project import get_project_settings

from guancha.exceptions import JobsError
from guancha.jobs.cron import Cron
from guancha.jobs.every import Every
from guancha.jobs.table import MOST_BYTES, Job, read
from tests.conftest import ROOT

GOOD = {"name": '"a"', "spider": '"articles"', "every": '"6h"', "time_limit": '"2h"'}


@pytest.fixture(scope="module")
def project() -> Settings:
    return get_project_settings()


def written(folder: Path, text: str) -> Path:
    path = folder / "jobs.toml"
    path.write_text(text, "utf-8")
    return path


def table(**changes: str) -> str:
    """A good job, with other values; an empty one takes its key away."""
    return "[[jobs]]\n" + "".join(f"{k} = {v}\n" for k, v in (GOOD | changes).items() if v)


def errors(folder: Path, text: str, project: Settings) -> list[str]:
    path = written(folder, text)
    with pytest.raises(JobsError) as caught:
        read(path, project)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def test_all_of_it_is_read(tmp_path: Path, project: Settings) -> None:
    more = table(
        name='"b-2"',
        every="",
        cron='"5 4 * * sun"',
        jitter='"90s"',
        arguments='{ pages = 1, sections = "CaiJing" }',
        settings="{ DOWNLOAD_DELAY = 2.5, LOG_ENABLED = true, MAX_TRIES = 3 }",
    )
    assert read(written(tmp_path, table() + more), project) == [
        Job("a", "articles", Every(timedelta(hours=6)), timedelta(hours=2)),
        Job(
            "b-2",
            "articles",
            Cron.parse("5 4 * * sun"),
            timedelta(hours=2),
            timedelta(seconds=90),
            {"pages": "1", "sections": "CaiJing"},
            {"DOWNLOAD_DELAY": "2.5", "LOG_ENABLED": "True", "MAX_TRIES": "3"},
        ),
    ]


def test_the_example_is_good(project: Settings) -> None:
    jobs = read(ROOT / "jobs.example.toml", project)
    assert {job.name: job.spider for job in jobs} == {
        "articles": "articles",
        "headlines": "headlines",
        "comments": "comments",
        "posts": "posts",
        "recheck": "articles",
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nmae": "1"}, "unknown key 'nmae': known are name,"),
        ({"name": ""}, "name: expected .*, got nothing"),
        ({"name": "7"}, "name: expected .*, got 7"),
        ({"name": '""'}, "name: .*got ''"),
        ({"name": '"../x"'}, "name: .*got '../x'"),
        ({"name": '"a b"'}, "name: .*got 'a b'"),
        ({"name": '".hidden"'}, "name: .*got '.hidden'"),
        ({"name": '"-x"'}, "name: .*got '-x'"),
        ({"name": '"A"'}, "name: .*got 'A'"),
        ({"name": '"新"'}, "name: .*got '新'"),
        ({"name": '"a\\n"'}, r"name: .*got 'a\\n'"),
        ({"name": f'"{"a" * 41}"'}, "name: .*at most 40.*got 'aaa"),
        ({"spider": ""}, "spider: expected the name of a spider, got nothing"),
        ({"spider": "[]"}, r"spider: .*got \[\]"),
        ({"spider": '"nobody"'}, "spider: expected one of articles.*, got 'nobody'"),
        ({"spider": '"--help"'}, "spider: .*got '--help'"),
        ({"every": ""}, "expected cron or every, got neither"),
        ({"cron": '"* * * * *"'}, "expected cron or every, got both"),
        ({"every": '"0s"'}, "every: expected a length of time .*got '0s'"),
        ({"every": '"-1h"'}, "every: .*got '-1h'"),
        ({"every": '"1.5h"'}, "every: .*got '1.5h'"),
        ({"every": '"1 h"'}, "every: .*got '1 h'"),
        ({"every": '"９h"'}, "every: .*got '９h'"),
        ({"every": '"9999999h"'}, "every: .*got '9999999h'"),
        ({"every": "3600"}, "every: .*got 3600"),
        ({"every": "", "cron": '"* * *"'}, "cron: expected the five fields.*got '\\* \\* \\*'"),
        ({"every": "", "cron": '"0 0 31 2 *"'}, "cron: .*a time that comes, got '0 0 31 2 \\*'"),
        ({"every": "", "cron": "5"}, "cron: .*got 5"),
        ({"time_limit": ""}, "time_limit: expected a length of time .*got nothing"),
        ({"time_limit": '"0m"'}, "time_limit: .*got '0m'"),
        ({"time_limit": '"soon"'}, "time_limit: .*got 'soon'"),
        ({"jitter": '"6h"'}, "jitter: expected less than the 6h .*got '6h'"),
        ({"jitter": "1"}, "jitter: expected a length of time .*got 1"),
        (
            {"every": "", "cron": '"0,5 1 * * *"', "jitter": '"10m"'},
            "jitter: expected less than the 5m .*got '10m'",
        ),
        ({"arguments": '"pages=1"'}, r"arguments: expected a table \{ NAME = VALUE \}, got"),
        ({"arguments": "{ pages = [1] }"}, r"arguments: pages: expected .*got \[1\]"),
        ({"arguments": "{ limit = true }"}, "arguments: limit: expected .*got True"),
        ({"arguments": '{ pages = "neu" }'}, "arguments: .*'pages': expected .*got 'neu'"),
        ({"arguments": '{ seiten = "1" }'}, "arguments: .*unknown spider argument 'seiten'"),
        ({"arguments": '{ "a=b" = "1" }'}, "arguments: expected names .*got 'a=b'"),
        ({"arguments": '{ self = "1" }'}, "arguments: expected what the spider takes"),
        ({"arguments": '{ urls = "\\u0000" }'}, "arguments: urls: expected a text in one line"),
        ({"settings": "{ DOWNLOAD_DELAI = 1 }"}, "settings: expected one of .*'DOWNLOAD_DELAI'"),
        ({"settings": "{ DATA_DIR = 'x' }"}, "settings: DATA_DIR is one for all jobs"),
        ({"settings": "{ MAX_TRIES = 2026-10-05 }"}, "settings: MAX_TRIES: expected .*got date"),
    ],
)
def test_each_error_is_told(
    tmp_path: Path, project: Settings, changes: dict[str, str], expected: str
) -> None:
    told = errors(tmp_path, table(**changes), project)

    assert any(re.match(f"job .*: {expected}", line) for line in told), told


def test_all_errors_are_told_at_once(tmp_path: Path, project: Settings) -> None:
    text = (
        "x = 1\n" + table() + table(spider='"nobody"') + table(name='"b"', every='"x"', jitter="1")
    )
    told = errors(tmp_path, text, project)

    starts = ["unknown key 'x'", *["job 'a': name: expected a name of its own"] * 2]
    starts += ["job 'a': spider", "job 'b': every", "job 'b': jitter"]
    assert len(told) == len(starts)
    for start in starts:
        assert any(line.startswith(start) for line in told)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "expected a table [[jobs]] for each job, and one at least"),
        ("jobs = []", "expected a table [[jobs]]"),
        ("jobs = [1]", "expected a table [[jobs]]"),
        ("[jobs.a]\nname = 'a'", "expected a table [[jobs]]"),
        ("[[jobs]", "expected TOML: "),
        ("x = " + "[" * 100_000, "expected TOML: "),
        ("x = " + "9" * 10_000, "expected TOML: "),
        ("#" * (MOST_BYTES + 1), "expected a file of at most"),
    ],
)
def test_what_is_no_table_of_jobs(
    tmp_path: Path, project: Settings, text: str, expected: str
) -> None:
    (told,) = errors(tmp_path, text, project)

    assert told.startswith(expected)


def test_what_is_no_file_of_text(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# \xe9")
    for path, words in ((latin, "TOML"), (tmp_path, "something else"), (tmp_path / "x", "nothing")):
        with pytest.raises(JobsError, match=words):
            read(path)
