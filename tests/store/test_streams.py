"""One writer a stream: spiders of different kinds write one archive side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from guancha.clock import stamp
from guancha.exceptions import DataDirectoryError
from guancha.items import Headline, Outcome, Snapshot
from guancha.store.found import NEARBY
from guancha.store.rebuild import rebuild
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.streams import FOLDERS, WRITERS
from tests.store.conftest import NOW, later
from tests.store.records import target, visit

SCOPE = Scope(None, None, 1, None)


def files(root: Path) -> dict[Path, bytes]:
    return {path.relative_to(root): path.read_bytes() for path in root.rglob("*.jsonl")}


@contextmanager
def writer(url: str | None, root: Path, spider: str) -> Iterator[Store]:
    store = Store(url, root, folders=WRITERS[spider])
    try:
        yield store
    finally:
        store.close()


def snapshot(number: int) -> Snapshot:
    when = stamp(later(minutes=number))
    entries = [
        Headline(
            date_crawled=when, box="hot", rank=rank, title=f"第{rank}", url="https://a.example"
        )
        for rank in range(1, 6)
    ]
    return Snapshot(when, entries)


def test_every_spider_writes_beside_every_other(url: str | None, tmp_path: Path) -> None:
    with ExitStack() as stack:
        for spider in WRITERS:
            stack.enter_context(writer(url, tmp_path, spider))
        for spider in WRITERS:
            with pytest.raises(DataDirectoryError, match="another run is writing"):
                Store(url, tmp_path, folders=WRITERS[spider])
        with pytest.raises(DataDirectoryError, match="another run is writing"):
            list(rebuild(url, tmp_path))


def test_what_is_written_side_by_side_is_whole(url: str | None, tmp_path: Path) -> None:
    def crawl(store: Store) -> None:
        for number in range(1, 41):
            store.admit([target(number)], SCOPE, NOW, NEARBY)
            store.commit(visit(number), NOW)

    def look(store: Store) -> None:
        for number in range(40):
            store.commit(snapshot(number), later(minutes=number))
            gone = Outcome(stream="headlines", url=f"https://a.example/{number}", kind="error")
            gone.date_crawled = stamp(NOW)
            store.commit(gone, NOW)

    with (
        writer(url, tmp_path, "articles") as one,
        writer(url, tmp_path, "headlines") as other,
        ThreadPoolExecutor(2) as threads,
    ):
        for done in (threads.submit(crawl, one), threads.submit(look, other)):
            done.result()

    before = files(tmp_path)
    lengths = {str(path.parent): text.count(b"\n") for path, text in before.items()}
    assert lengths == {"articles": 40, "headlines": 200, "outcomes/headlines": 40}
    assert sorted(rebuild(url, tmp_path)) == sorted(map(str, before))
    assert files(tmp_path) == before


def test_a_torn_line_of_another_stream_is_left_to_its_own_writer(
    url: str | None, tmp_path: Path
) -> None:
    with writer(url, tmp_path, "headlines") as store:
        store.commit(snapshot(1), later(minutes=1))
    (path,) = (tmp_path / "headlines").glob("*.jsonl")
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])

    with writer(url, tmp_path, "articles"):
        assert path.read_bytes() == whole[:-7]
    with writer(url, tmp_path, "headlines"):
        assert path.read_bytes() == whole


def test_no_two_spiders_share_a_folder() -> None:
    assert len(FOLDERS) == len(set(FOLDERS))
