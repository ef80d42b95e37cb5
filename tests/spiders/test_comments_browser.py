"""Comments as a real browser shows them: by choice, and where the JSON is of no use."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from replica.site import Answer, Site
from replica.timeline import World
from tests.browsers import need
from tests.conftest import FAST, Run
from tests.spiders.comments_runs import EVER, copied, crawl, truth
from tests.spiders.test_comments_replica import SAME

WORLD = World(1, 40, 0, "2026")
SHOWN = tuple(name for name in SAME if name not in ("is_hot", "is_quoted"))
"""What a page shows of a comment; which ones are hot only of the first."""


@dataclass
class Bent:
    """The replica, whose JSON is of no use when a key is asked for the first time."""

    site: Site
    met: set[str] = field(default_factory=set)
    world: Any = WORLD

    def answer(self, host: str, target: str) -> Answer:
        if "cmt-list.json" in target and target not in self.met:
            self.met.add(target)
            return Answer(200, b"<html><body><p>?</p></body></html>", {"Content-Type": "text/html"})
        return self.site.answer(host, target)


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles of the site."""
    need()
    data = tmp_path_factory.mktemp("stock") / "data"
    assert crawl(data, spider="articles").code == 0
    return data


def check(run: Run) -> None:
    """What is there is as it is on the site, each once, and from the page."""
    true, lines = truth(), run.lines("comments")
    assert len({line["comment_id"] for line in lines}) == len(lines) > 50
    for line in lines:
        expected = true[line["comment_id"]]
        names = [
            name
            for name in SHOWN
            # A page shows no number where there is none, and of a quoted one neither root nor parent.
            if line[name] is not None or not (line["is_quoted"] or name.endswith("_count"))
        ]
        assert {name: line[name] for name in names} == {name: expected[name] for name in names}
        assert line["source"] == "page"


def test_by_choice(stock: Path, tmp_path: Path) -> None:
    run = crawl(copied(stock, tmp_path), *EVER, "-a", "source=page", "-a", "limit=4")

    assert len(run.lines("counts")) == 4
    assert {line["source"] for line in run.lines("counts")} == {"page"}
    assert run.figures().pages["thread"] == 4
    check(run)


def test_where_the_json_is_of_no_use(
    site_run: Callable[..., Run], stock: Path, tmp_path: Path
) -> None:
    copied(stock, tmp_path)
    wanted = (*EVER, "-a", "limit=4", *FAST)
    run = site_run(Bent(Site(WORLD)), *wanted, command=("crawl", "comments"))

    assert len(run.lines("counts")) == 4
    assert run.log.count("asking for the page") == 4
    assert run.lines("outcomes/comments") == []
    check(run)


def test_without_a_browser_the_page_is_refused(stock: Path, tmp_path: Path) -> None:
    run = crawl(copied(stock, tmp_path), "-a", "source=page", "-s", "BROWSER=/nowhere")

    assert run.code == 2
    assert "BROWSER" in run.log
    assert "Traceback" not in run.log
