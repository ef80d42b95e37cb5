"""What a plain client is not shown is asked for once in the browser; a site that shows nothing ends the run."""

import subprocess
import sys
from pathlib import Path

from replica.answers import HTML, Answer
from replica.faults import CHALLENGE
from tests.browsers import browse, need
from tests.conftest import PACE, ROOT, TOLD, Run, environment
from tests.extensions.sites import TimedSite, urls
from tests.spiders.test_articles_replica import truth

SITE = "--articles 10 --era 2026"
STUBBORN = Answer(200, CHALLENGE.encode(), {"Content-Type": HTML})


def stats(run: Run) -> dict[str, int]:
    """Those of the browser, as the log of ``-s STATS_DUMP=1`` has them."""
    found = (line.strip(" {,").partition(": ") for line in run.log.splitlines())
    return {
        name.strip("'"): int(value.strip("},")) for name, _, value in found if "'browser/" in name
    }


def test_a_challenge_is_passed_in_the_browser(tmp_path: Path) -> None:
    need()
    site = ("replica", "run", *SITE.split(), "--faults", "challenge=0.6", "--", sys.executable)
    crawl = ("scrapy", "crawl", "articles", *PACE, "-a", "pages=1", "-s", "STATS_DUMP=1")
    done = subprocess.run(
        [sys.executable, "-m", *site, "-m", *crawl],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    run = Run(done.returncode, done.stdout, done.stderr, tmp_path / "data")
    expected = truth(SITE)
    found = {record["article_id"]: record for record in run.lines("articles")}

    assert run.code == 0, run.log
    assert set(found) == set(expected)
    for article_id, record in found.items():
        assert record["content_hash"] == expected[article_id]["content_hash"]
        assert record["is_complete"]
    assert "challenge" not in run.kinds().values()
    counted = stats(run)
    assert counted["browser/challenges"] > 4
    assert counted["browser/passed"] == counted["browser/challenges"]


def test_a_site_that_challenges_for_good_ends_the_run(tmp_path: Path) -> None:
    site = TimedSite(lambda _: STUBBORN)
    command = ("crawl", "articles", "-a", urls(40), *TOLD, "-s", "STATS_DUMP=1")
    run = browse(tmp_path, site, *command)

    assert run.code == 1
    assert "Closing spider (refused_by_site)" in run.log
    assert stats(run)["browser/challenges"] <= 12
