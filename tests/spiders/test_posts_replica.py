"""A crawl of the replica gives what is true of its posts: each once, field by field, whatever happens."""

import json
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FAST, ROOT, Run, environment
from tests.store.crawls import PATIENT, Archive
from tests.store.samples import files

SITE = "--articles 120 --seed 3 --era 2026"
PLAIN = ("-s", "READERS_PLAIN=1")
BAD_DAY = ("--faults", "errors=0.05,reset=0.05,truncate=0.05,garbage=0.05,challenge=0.02")
ALL = ("-a", "pages=all")
COMPARED = (
    "post_id url stub_ids title author_id author_name date_published_raw topics text paragraphs images "
    "links view_count comment_count praise_count collect_count"
).split()
KILLED = 128 + 9


def truth(day: int = 0) -> dict[str, dict[str, Any]]:
    options = [*SITE.split(), "--day", str(day), "--stream", "posts"]
    command = [sys.executable, "-m", "replica", "truth", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {record["post_id"]: record for record in map(json.loads, done.stdout.splitlines())}


def crawl(
    data: Path,
    *arguments: str,
    spider: str = "posts",
    day: int = 0,
    faults: tuple[str, ...] = (),
    module: tuple[str, ...] = ("scrapy",),
) -> Run:
    """Runs a crawl on a day of the replica."""
    site = [*SITE.split(), "--day", str(day), *faults]
    command = [sys.executable, "-m", *module, "crawl", spider, *arguments]
    done = subprocess.run(
        [sys.executable, "-m", "replica", "run", *site, "--", *command],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr, data)


def shown(record: dict[str, Any]) -> str:
    """What makes a revision: not the counts, nor how the time is printed on a day."""
    return json.dumps([record[name] for name in ("post_id", "title", "paragraphs", "stub_ids")])


def check_whole(data: Path) -> list[dict[str, Any]]:
    """The posts of an archive: whole lines, as the store has them, each revision once."""
    assert files(data) == Archive(data).stored()
    found = Archive(data).records("posts")
    assert set(Counter((r["post_id"], r["revision"]) for r in found).values()) == {1}
    return found


def test_crawl_equals_truth(tmp_path: Path) -> None:
    first = crawl(tmp_path, *FAST, *ALL, spider="articles")
    assert first.code == 0, first.log
    run = crawl(tmp_path, *FAST, *PLAIN, *ALL, "-a", "stubs=1", "-a", "order=newest")
    assert run.code == 0, run.log

    expected, found = truth(), run.lines("posts")
    assert len(found) == len(expected)
    for record in found:
        true = expected[record["post_id"]]
        assert {name: record[name] for name in COMPARED} == {name: true[name] for name in COMPARED}
        told, real = (datetime.fromisoformat(r["date_published"]) for r in (record, true))
        assert abs(told - real) < timedelta(hours=1)
    assert any(record["stub_ids"] for record in found)
    stubs = {o["article_id"]: o["post_id"] for o in run.lines("outcomes") if o["kind"] == "stub"}
    assert all(stubs[each] == r["post_id"] for r in found for each in r["stub_ids"])


def test_lists_of_topics_and_authors(tmp_path: Path) -> None:
    expected = truth().values()
    topic = next(post["topics"][0]["topic_id"] for post in expected if post["topics"])
    writer = next(iter(expected))["author_id"]
    run = crawl(tmp_path, *FAST, "-a", f"topics={topic}", "-a", f"authors={writer}")
    found = {record["post_id"] for record in run.lines("posts")}

    assert run.code == 0, run.log
    assert found == {
        post["post_id"]
        for post in expected
        if post["author_id"] == writer or topic in [each["topic_id"] for each in post["topics"]]
    }


@pytest.mark.parametrize(("renamed", "code"), [(".article-txt-content", 1), (".user-main", 3)])
def test_a_page_in_another_dress_is_told(tmp_path: Path, renamed: str, code: int) -> None:
    run = crawl(tmp_path, *FAST, faults=("--faults", f"rename={renamed}"))

    assert run.code == code, run.log


def test_bad_days_and_kills_lose_nothing(tmp_path: Path) -> None:
    for point, count in (("before_commit", "9"), ("mid_line", "7"), ("after_commit", "5")):
        module = ("tests.store.kills", point, count)
        run = crawl(tmp_path, *PATIENT, *ALL, faults=BAD_DAY, module=module)
        assert run.code == KILLED, run.log
    run = crawl(tmp_path, *PATIENT, *ALL, faults=BAD_DAY)

    assert run.code == 0, run.log
    found = check_whole(tmp_path)
    assert Counter(r["post_id"] for r in found) == dict.fromkeys(truth(), 1)
    assert {r["post_id"]: r["paragraphs"] for r in found} == {
        post_id: true["paragraphs"] for post_id, true in truth().items()
    }


def test_day_by_day_every_edit_and_every_deletion(tmp_path: Path) -> None:
    days = (0, 4, 5)
    for day in days:
        run = crawl(tmp_path, *FAST, "-a", "recheck=90d", day=day)
        assert run.code in (0, 3), run.log
    found = check_whole(tmp_path)
    seen = {shown({**r, "stub_ids": []}) for day in days for r in truth(day).values()}

    assert {shown(r) for r in found} == seen
    assert {r["revision_cause"] for r in found} == {"first", "edit"}
    gone = set(truth(0)) | set(truth(4))
    told = Counter(o["post_id"] for o in run.lines("outcomes/posts") if o["kind"] == "deleted")
    missing = {p for p in gone if p not in truth(5)}
    assert set(told) == {p for p in missing if p not in truth(4)}
    assert set(told.values()) == {1}
