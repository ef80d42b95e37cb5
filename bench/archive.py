"""What a store costs that knows a million articles: sizes, times, and plans without a scan.

Run as ``python -m bench.archive``; prints a table, and exits 1 where a database would read a whole table to
answer, or where a million articles that wait cost a crawl memory. Takes some minutes and gigabytes.
"""

import argparse
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select, text

from bench.asking import CHANCE, pages, seen_at, visits
from bench.filled import SLUG, fill, fill_waiting
from bench.plans import scans, sorts, watched
from bench.running import memory, timed
from bench.timing import keep
from guancha.store.found import Source
from guancha.store.known import Sample
from guancha.store.listings import Page, Validators
from guancha.store.runs import Begun
from guancha.store.schema import lines
from guancha.store.scope import Scope
from guancha.store.store import Store
from replica.__main__ import whole
from tests import postgres
from tests.conftest import FAST
from tests.store.conftest import NOW
from tests.store.crawls import Archive, serving
from tests.store.records import sighting

COUNT, CONTENT, KEYS, PAGES, LINKS = 1_000_000, 200, 32, 200, 30
MOST = 1.1
"""Memory of a crawl with many articles that wait, against one with none."""


def measure(store: Store, count: int) -> None:
    """Prints the rows of what a crawl asks."""
    source = Source(Page(SLUG, "https://www.guancha.cn/column/CaiJing", False, Validators()))
    crawled = pages(count, PAGES, LINKS)
    for name, some in crawled.items():
        timed(f"admit {LINKS} links, {name}", lambda p: store.admit(p, Scope(), NOW, source), some)
    new = [page[0] for page in crawled["unknown"]]
    first, edited = visits(new, "page"), visits(new, "another")
    for name, answers in {"new": first, "same page": first, "edited": edited}.items():
        timed(f"commit, {name}", lambda each: store.commit(each, NOW), answers)
    seen = [sighting(n) for n in CHANCE.sample(range(1, count + 1), PAGES)]
    timed("commit, unchanged (304)", lambda each: store.commit(each, NOW), seen)
    days = timedelta(days=3)
    timed("due, 3 days, 500", lambda _: store.due(Scope(), days, 500, NOW), range(5))
    timed("due, suspects", lambda _: store.due(Scope(), None, 10_000, NOW), range(5))
    timed("begin", lambda _: store.begin(Begun("bench", {}), NOW), range(5))


def sizes(engine: Engine, count: int) -> None:
    """Prints how many bytes an article takes, and what of them."""
    queries = {
        "sqlite": (
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            "SELECT sum(pgsize) FROM dbstat WHERE name = 'near_keys' AND aggregate = TRUE",
        ),
        "postgresql": (
            "SELECT pg_database_size(current_database())",
            "SELECT pg_total_relation_size('near_keys')",
        ),
    }[engine.dialect.name]
    with engine.connect() as connection:
        whole, keys = (connection.execute(text(query)).scalar_one() for query in queries)
        content = connection.scalar(select(func.sum(func.length(lines.c.content)))) or 0
    named = {"all": whole, "contents": content, "near-duplicates": keys}
    print(", ".join(f"{name} {size / count:.0f}" for name, size in named.items()), end=" ")
    print(f"bytes an article, all others {(whole - content - keys) / count:.0f}; {whole:,} bytes")


def opened(url: str | None, root: Path) -> Store:
    """The store, with the time that it took to open it."""
    began = time.perf_counter()
    store = Store(url, root)
    print(f"{'open':44}{(time.perf_counter() - began) * 1000:12.2f} ms", flush=True)
    return store


def settle(engine: Engine) -> None:
    """Has a server do at once what it does by itself in the minutes after so many inserts."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def known(url: str | None, root: Path, options: argparse.Namespace) -> set[str]:
    """Measures an archive of known articles; returns the scans."""
    Store(url, root).close()
    store = Store(url, root)
    began = time.monotonic()
    with store.engine.begin() as connection:
        fill(connection, options.articles, options.content, options.keys)
    settle(store.engine)
    store.close()
    print(f"{options.articles:,} known articles, filled in {time.monotonic() - began:.0f} s")
    for _ in range(2):
        store.close()
        store = opened(url, root)
    sizes(store.engine, options.articles)
    with watched(store.engine) as statements:
        measure(store, options.articles)
    found = scans(store.engine, statements)
    # It takes its choice from all, and has to look at all of them.
    days, some = timedelta(days=3), Sample(0.01, 500)
    timed("sample, 500", lambda _: store.sample(Scope(), days, some, NOW), range(3))
    places = seen_at(options.articles, PAGES)
    with watched(store.engine) as statements:
        timed("all_known, 100", lambda at: store.all_known(Scope(), at, NOW, 100), places)
    found |= scans(store.engine, statements) | sorts(store.engine, statements)
    store.close()
    return found


def waiting(url: str | None, root: Path, options: argparse.Namespace) -> set[str]:
    """Measures an archive of articles that wait; returns the scans."""
    store = Store(url, root)
    with store.engine.begin() as connection:
        fill_waiting(connection, options.articles)
    settle(store.engine)
    print(f"{options.articles:,} articles that wait")
    store.close()
    store = opened(url, root)
    with watched(store.engine) as statements:
        first = [(-1, "")] * 20
        timed("pending, the first 100", lambda at: store.pending(Scope(), at, 100, NOW), first)
        after = [(CHANCE.randint(0, 1), str(CHANCE.randint(1, 10**6))) for _ in range(PAGES)]
        timed("pending, 100 further on", lambda at: store.pending(Scope(), at, 100, NOW), after)
    found = scans(store.engine, statements) | sorts(store.engine, statements)
    store.close()
    return found


def crawled(archive: Archive) -> int:
    """The most bytes in memory of a small crawl."""
    began, most = time.monotonic(), 0
    with serving(60) as site:
        arguments = ("-a", f"sections={SLUG}", "-a", "pages=1", "-a", "limit=200")
        crawl = archive.start(site, *FAST, *arguments)
        while crawl.poll() is None:
            most = max(most, memory(crawl.pid, "VmHWM"))
            time.sleep(0.05)
        archive.ended(crawl)
    spent = time.monotonic() - began
    print(f"{'a crawl of up to 200 articles':44}{spent:12.1f} s {most / 2**20:12.0f} MB")
    return most


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    add = parser.add_argument
    add(
        "--articles",
        type=whole(1_000, 10**8),
        default=COUNT,
        help=f"known, and that wait (default {COUNT:,})",
    )
    add(
        "--content",
        type=whole(60, 10**6),
        default=CONTENT,
        help=f"bytes of a line (default {CONTENT})",
    )
    add(
        "--keys",
        type=whole(0, 32),
        default=KEYS,
        help=f"of near-duplicates of each (default {KEYS})",
    )
    add("--postgres", action="store_true", help="a server of its own in place of SQLite")
    return parser.parse_args()


def main() -> int:
    """Prints the table."""
    options = _options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(postgres.server()) if options.postgres else None
        urls = {name: server.url(name) if server else None for name in ("known", "waiting", "none")}
        for name in urls:
            (folder / name).mkdir()
        found = known(urls["known"], folder / "known", options)
        found |= waiting(urls["waiting"], folder / "waiting", options)
        some, none = (crawled(Archive(folder / n, urls[n])) for n in ("waiting", "none"))
    print(f"memory of a crawl, against an empty archive: {some / none:.2f}")
    for step in sorted(found):
        print(f"reads a whole table: {step}")
    keep("archive", {"articles": options.articles, "memory": some / none, "scans": sorted(found)})
    return int(bool(found) or some / none > MOST)


if __name__ == "__main__":
    sys.exit(main())
