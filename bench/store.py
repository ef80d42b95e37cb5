"""How many answers, links and exported records a second the store takes, on SQLite and on PostgreSQL.

Run as ``python -m bench.store [ROUNDS]``; prints a table and keeps it. Answers are new articles of 600 letters,
committed one by one and in batches; links are those of listing pages, half of them known. A round does
some of each, on an archive that grows; both databases take their turn.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from bench.asking import visits
from bench.timing import Spread, keep
from guancha.export.exporting import Export
from guancha.export.form import Form
from guancha.export.selection import Selection
from guancha.items import Visit
from guancha.store.reading import open_reader
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.targets import Target
from guancha.urls import article
from tests import postgres
from tests.store.conftest import NOW

ROUNDS, SOME, BATCH, LINKS = 7, 200, 20, 40
ADDRESS = "https://www.guancha.cn/CaiJing/2026_10_04_{}.shtml"


class Growing:
    """An archive, and what is put into it."""

    def __init__(self, url: str | None, root: Path) -> None:
        root.mkdir()
        self.url, self.root, self.store = url, root, Store(url, root)
        self.numbers = count(1)

    def links(self) -> list[list[Target]]:
        """Pages of links of which none was seen before."""
        new = (
            [article(ADDRESS.format(next(self.numbers))) for _ in range(LINKS)]
            for _ in range(SOME // LINKS)
        )
        return [[Target(each) for each in page] for page in new]

    def admit(self, pages: list[list[Target]]) -> None:
        """Notes pages of links."""
        for page in pages:
            self.store.admit(page, Scope(), NOW)

    def commit(self, found: list[Visit], size: int) -> None:
        """Takes answers in, so many in a transaction."""
        for start in range(0, len(found), size):
            self.store.commit_all(found[start : start + size], NOW)

    def export(self) -> None:
        """Writes all records."""
        engine = open_reader(self.url, self.root)
        out = self.root / "out.jsonl"
        Export(engine, Selection.parse("articles"), Form.parse(str(out), None, None)).to_file(out)
        engine.dispose()
        out.unlink()

    def round(self) -> Iterator[tuple[str, float]]:
        """What was done, and how many of it a second."""
        pages = [self.links() for _ in range(2)]
        yield "new links", _rate(SOME, lambda: [self.admit(each) for each in pages]) * 2
        yield "known links", _rate(SOME, lambda: self.admit(pages[0]))
        one, other = (visits([t for page in some for t in page], "page") for some in pages)
        yield "answers, one by one", _rate(SOME, lambda: self.commit(one, 1))
        yield f"answers, {BATCH} in one", _rate(SOME, lambda: self.commit(other, BATCH))
        held = sum(1 for path in self.root.glob("articles/*") for _ in path.open("rb"))
        yield "exported records", _rate(held, self.export)


def _rate(number: int, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return number / (time.perf_counter() - began)


def main() -> int:
    """Prints the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    found: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(postgres.server()).url("store")
        archives = {"SQLite": Growing(None, folder / "s"), "PostgreSQL": Growing(url, folder / "p")}
        for _ in range(rounds):
            for name, archive in archives.items():
                for what, rate in archive.round():
                    found.setdefault(what, {}).setdefault(name, []).append(rate)
        for archive in archives.values():
            archive.store.close()
    print(f"{'a second, median and quartiles':32}" + "".join(f"{name:>32}" for name in archives))
    table = {
        what: {name: Spread.of(rates) for name, rates in row.items()} for what, row in found.items()
    }
    for what, row in table.items():
        print(f"{what:32}" + "".join(f"{spread.words(0):>32}" for spread in row.values()))
    keep("store", {"rounds": rounds, **table})
    return 0


if __name__ == "__main__":
    sys.exit(main())
