"""Near-duplicates: how many are found and wrongly found, and what a look-up costs in a growing archive.

Run as ``python -m bench.near [ARTICLES]``; prints two tables, and exits 1 where fewer than 95 % are found
with 10 % of the characters changed, or more than 1 % of what is found is wrong. Takes some minutes.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bench.timing import keep
from guancha.items import Article
from guancha.store import near
from guancha.store.engine import open_engine
from guancha.store.upgrade import upgrade
from tests.store.near_records import CHANCE, add, alike_in_part, at, invented, read
from tests.test_likeness import CHANGES, mixed, real_texts

SHARES = (0.0, 0.05, 0.1, 0.15, 0.2)
LENGTH, ROUNDS, BATCH = 600, 100, 1000


@contextmanager
def archive() -> Iterator[Connection]:
    """A new one on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(None, Path(folder))
        with engine.begin() as connection:
            upgrade(connection)
            yield connection
        engine.dispose()


def in_one_boilerplate() -> tuple[int, int]:
    """How many articles that share 30 to 50 % of their text with others were looked up, and found."""
    asked, found = 0, 0
    for share in (0.3, 0.4, 0.5):
        for opening in (0, 0.5, 1):
            records = alike_in_part(share, opening)
            with archive() as connection:
                add(connection, *records[::2])
                answers = [near.earliest(connection, record) for record in records[1::2]]
            asked, found = asked + len(answers), found + len(answers) - answers.count(None)
    return asked, found


def changed(share: float) -> tuple[list[int], int]:
    """How many of the real articles were found with each kind of change, and how many wrong ones."""
    texts = dict(enumerate(real_texts(), 1))
    right, wrong = [], 0
    with archive() as connection:
        add(connection, *(read(number, text, **at(9)) for number, text in texts.items()))
        for change in CHANGES:
            answers = {
                number: near.earliest(connection, read(100, change(text, share, CHANCE), **at(10)))
                for number, text in texts.items()
            }
            right.append(sum(answer == str(number) for number, answer in answers.items()))
            wrong += len(answers) - list(answers.values()).count(None) - right[-1]
    return right, wrong


def quality() -> bool:
    """Prints the first table; whether it is good enough."""
    asked, all_wrong = in_one_boilerplate()
    print(f"articles that share 30 to 50 % of their text with others: {asked}, found: {all_wrong}")
    names = "".join(f"{change.__name__:>13}" for change in CHANGES)
    print(f"\n{'changed':>8}{names}{'recall':>9}{'precision':>11}")
    all_right, known, enough = 0, len(real_texts()), True
    for share in SHARES:
        right, wrong = changed(share)
        all_right, all_wrong = all_right + sum(right), all_wrong + wrong
        recall = sum(right) / (known * len(CHANGES))
        each = "".join(f"{found / known:13.3f}" for found in right)
        print(f"{share:8.0%}{each}{recall:9.3f}{sum(right) / (sum(right) + wrong):11.3f}")
        enough &= share > 0.1 or recall >= 0.95
    precision = all_right / (all_right + all_wrong)
    print(f"precision over all of them: {precision:.4f}\n")
    return enough and precision >= 0.99


def cost(size: int, shared: int) -> dict[str, float]:
    """Prints a row of the second table, for articles whose first ``shared`` letters are the same."""
    same = invented(shared)
    with archive() as connection:
        for start in range(0, size, BATCH):
            some = range(start, min(start + BATCH, size))
            new = (read(n, same + invented(LENGTH - shared), **at(9)) for n in some)
            add(connection, *new)
        fresh = [read(size + n, same + invented(LENGTH - shared), **at(10)) for n in range(ROUNDS)]
        add(connection, *fresh)
        again = [
            read(size * 2 + n, mixed(fresh[n].text, 0.1, CHANCE), **at(11)) for n in range(ROUNDS)
        ]
        rows = [len(near.candidates(connection, record)) for record in again]
        right = sum(
            near.earliest(connection, a) == f.article_id for a, f in zip(again, fresh, strict=True)
        )
        look_up = milliseconds(lambda record: near.earliest(connection, record), again)
        note = milliseconds(lambda record: near.note(connection, record, None), again)
    mean = statistics.mean(rows)
    print(
        f"{size:9,}{shared / LENGTH:9.0%}{mean:12.1f}{right / ROUNDS:8.2f}{look_up:12.2f}{note:9.2f}"
    )
    return {"recall": right / ROUNDS, "look-up ms": look_up, "note ms": note}


def milliseconds(work: Callable[[Article], Any], records: list[Article]) -> float:
    """The median time for one."""
    times = []
    for record in records:
        began = time.perf_counter()
        work(record)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def main() -> int:
    """Prints the tables."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    is_good, kept = quality(), dict[str, dict[str, float]]()
    print("articles   shared  candidates  recall  look-up ms  note ms")
    for size in (1000, most):
        for shared in (0, LENGTH // 2):
            kept[f"{size}, {shared} shared"] = cost(size, shared)
    keep("near", kept)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
