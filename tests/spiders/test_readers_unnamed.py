"""Whatever is crawled: no output holds a reader's number or name, unless the operator wants them plain."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from replica.readers import TRACE
from replica.site import Site
from replica.timeline import World
from tests.browsers import browse, need
from tests.conftest import Run

WORLD = World(1, 40, 0, "2026")
CRAWLS = (
    ("articles", "-a", "sections=home,CaiJing", "-a", "pages=1"),
    ("comments",),
    ("comments", "-a", "source=page", "-a", "limit=2"),
    ("posts", "-a", "stubs=1", "-a", "order=newest"),
    ("headlines",),
)
EXPORTS = ("comments", "posts")


def traces(text: str) -> list[str]:
    """What tells of a reader; ids of the site's own have other digits."""
    return [found if isinstance(found, str) else found[0] for found in TRACE.findall(text)]


def outputs(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every file, the database too, byte by byte; what is packed, unpacked."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        yield path, content.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Run]]:
    need()
    folder = tmp_path_factory.mktemp("readers")
    runs = [browse(folder, Site(WORLD), "crawl", *crawl) for crawl in CRAWLS]
    for stream in EXPORTS:
        to = ("-o", str(folder / f"{stream}.csv"))
        runs.append(browse(folder, Site(WORLD), "export", stream, *to))
    return folder, runs


def test_the_site_is_full_of_readers() -> None:
    thread = Site(WORLD).answer(
        "user.guancha.cn", "/comment/cmt-list.json?codeId=0&codeType=1&pageNo=1"
    )
    hot = Site(WORLD).answer("user.guancha.cn", "/comment/hot-cmt-list.json?codeId=0&codeType=1")

    assert thread
    assert len(traces(hot.body.decode())) >= 10


def test_no_output_names_a_reader(crawled: tuple[Path, list[Run]]) -> None:
    folder, runs = crawled

    assert [run.code for run in runs] == [0] * len(runs), [run.log[-300:] for run in runs]
    streams = ("comments", "posts", "headlines")
    written = {stream: runs[0].lines(stream) for stream in streams}
    assert all(len(lines) > 10 for lines in written.values())
    assert all(line["reader_name"] for line in written["comments"])
    assert all(line["author_id"] for line in written["posts"])
    assert any(path.suffix == ".gz" and "left-main" in text for path, text in outputs(folder))
    for path, text in outputs(folder):
        assert traces(text) == [], path
    for run in runs:
        assert traces(run.out + run.log) == []
