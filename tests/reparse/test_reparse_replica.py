"""A reparse of what a crawl has kept gives what the crawl gave: into files, and into an archive."""

import shutil
from pathlib import Path

import pytest

from tests.reparse.archived import alike, crawl, pages, records, reparse
from tests.store.samples import files

LAST = 3


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four days in both eras' mark-up, with edits, deletions, stubs and split pieces."""
    data = tmp_path_factory.mktemp("crawled") / "data"
    for day in range(LAST + 1):
        crawl(data, day)
    # Deletions take two answers.
    crawl(data, LAST)
    return data


def test_what_was_crawled_is_worth_it(crawled: Path) -> None:
    found = records(crawled)

    assert {each.get("revision_cause") for each in found} >= {"first", "edit"}
    assert {each.get("kind") for each in found} >= {"stub", "gone", "deleted"}
    assert max(each.get("page_count", 1) for each in found) > 1
    assert len(pages(crawled)) == LAST + 1


def test_into_a_directory(crawled: Path, tmp_path: Path) -> None:
    before = files(crawled)
    done = reparse(crawled, *pages(crawled), "--into", tmp_path / "out", "--jobs", "2")

    assert alike(records(tmp_path / "out"), records(crawled))
    assert files(crawled) == before
    assert done.stdout.startswith("ok\n")
    assert "reading: 100%" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_the_same_bytes_in_any_order_on_any_number_of_processes(
    crawled: Path, tmp_path: Path
) -> None:
    mixed = [*reversed(pages(crawled))]
    for jobs, order in ((1, pages(crawled)), (2, mixed), (3, [*mixed[1:], mixed[0]])):
        into = ("--into", tmp_path / str(jobs), "--jobs", str(jobs), "-q")
        done = reparse(crawled, *order, *into)
        assert done.stdout + done.stderr == ""

    assert files(tmp_path / "1") == files(tmp_path / "2") == files(tmp_path / "3")


def test_into_an_archive_that_has_it_all_nothing_changes(crawled: Path, tmp_path: Path) -> None:
    shutil.copytree(crawled, tmp_path / "data")
    reparse(tmp_path / "data", crawled / "warc")

    assert files(tmp_path / "data") == files(crawled)


def test_into_new_archives_the_later_days_first_or_last(crawled: Path, tmp_path: Path) -> None:
    early, late = pages(crawled)[:2], pages(crawled)[2:]
    for name, order in (("forth", (early, late)), ("back", (late, early))):
        for some in order:
            reparse(tmp_path / name, *some)

    assert alike(records(tmp_path / "forth"), records(crawled))
    assert alike(records(tmp_path / "back"), records(crawled))
    again = files(tmp_path / "back")
    reparse(tmp_path / "back", crawled / "warc")
    assert files(tmp_path / "back") == again


def test_days(crawled: Path, tmp_path: Path) -> None:
    reparse(crawled, crawled / "warc", "--into", tmp_path / "days", "--until", "2026-10-06")
    reparse(crawled, *pages(crawled)[:2], "--into", tmp_path / "files")
    reparse(crawled, crawled / "warc", "--into", tmp_path / "one", "--since", "2026-10-08")

    assert files(tmp_path / "days") == files(tmp_path / "files")
    assert {name.rpartition("/")[2] for name in files(tmp_path / "one")} == {"2026-10-08.jsonl"}
