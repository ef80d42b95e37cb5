"""kill -9 in the midst of comments: nothing is lost, nothing is there twice, the next run finishes it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.spiders.comments_runs import EVER, truth
from tests.store.crawls import ERA, FAULTS, KILLED, PATIENT, SEED, Archive, serving
from tests.store.samples import files

ARTICLES = 12
SITE = f"--articles {ARTICLES} --seed {SEED} --era {ERA}"


@pytest.fixture(scope="module")
def site() -> Iterator[dict[str, str]]:
    with serving(ARTICLES, faults=FAULTS) as running:
        yield running


def test_killed_again_and_again(site: dict[str, str], tmp_path: Path, url: str | None) -> None:
    archive = Archive(tmp_path / "data", url)
    assert archive.ended(archive.start(site, *PATIENT)) == 0
    for point in ("before_commit", "after_commit", "mid_line", "after_fsync"):
        kill = ("tests.store.kills", point, "3")
        crawl = archive.start(site, *PATIENT, *EVER, module=kill, spider="comments")
        assert archive.ended(crawl) == KILLED, point
    assert archive.ended(archive.start(site, *PATIENT, *EVER, spider="comments")) == 0

    assert files(archive.data) == archive.stored()
    found = archive.records("comments")
    assert set(Counter(line["comment_id"] for line in found).values()) == {1}
    assert {line["comment_id"] for line in found} == set(truth(SITE))
