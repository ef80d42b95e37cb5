"""What exports cost: memory, which should not grow with the archive, and records a second.

Run as ``python -m bench.export``; prints a table, and exits 1 where 100 times the records take more than
twice the memory. Each export is a process of its own, on SQLite, of records of about 10 kB.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from sqlalchemy import insert

from bench.timing import keep
from guancha.items import Article
from guancha.jsonlines import line
from guancha.store.engine import open_engine
from guancha.store.schema import archive, articles, lines
from guancha.store.upgrade import upgrade

FEW, MANY, MOST = 1_000, 100_000, 2.0
NAMES = ("a.jsonl", "a.csv", "a.parquet", "a.jsonl.gz", "a.jsonl.zst", "a.csv.gz")
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
STAMP = "2026-10-05T20:00:00+08:00"

EXPORT = """
import resource, sys, time
from pathlib import Path
from guancha.export.exporting import Export
from guancha.export.form import Form
from guancha.export.selection import Selection
from guancha.store.reading import open_reader
data, file, compression = sys.argv[1:]
engine = open_reader(None, Path(data))
form = Form.parse(file, None, compression or None)
began = time.perf_counter()
Export(engine, Selection.parse("articles"), form).to_file(Path(file))
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def records(number: int) -> Iterator[Article]:
    """So many articles of invented characters, each of its own."""
    chance = Random(number)  # noqa: S311 - the same text each time
    for each in range(number):
        paragraphs = ["".join(chance.choices("甲乙丙丁戊己庚辛壬癸。，", k=120)) for _ in range(12)]
        yield Article(
            article_id=str(each),
            url=f"https://www.guancha.cn/CaiJing/2026_10_04_{each}.shtml",
            section="CaiJing",
            date="2026-10-04",
            content_type="text",
            title=paragraphs[0][:20],
            date_published=STAMP,
            text="\n\n".join(paragraphs),
            paragraphs=paragraphs,
            date_first_crawled=STAMP,
            date_crawled=STAMP,
        )


def fill(data: Path, number: int) -> float:
    """Makes an archive; returns the bytes of a record."""
    engine = open_engine(None, data)
    offset = 0
    with engine.begin() as connection:
        upgrade(connection)
        connection.execute(insert(archive).values(id="bench"))
        for record in records(number):
            content = line(record)
            row = {"article_id": record.article_id, "revision": 1}
            known = {"state": "alive", "url": record.url, "date": record.date, "hops": 0}
            connection.execute(insert(articles).values(**row, **known))
            place = {"stream": "articles", "day": STAMP[:10], "offset": offset}
            connection.execute(insert(lines).values(**row, **place, content=content))
            offset += len(content)
    engine.dispose()
    return offset / number


def measured(data: Path, name: str) -> tuple[float, int]:
    """Seconds and greatest memory in bytes of one export."""
    file = data.parent / name
    command = [sys.executable, "-c", EXPORT, str(data), str(file)]
    out = subprocess.run(  # noqa: S603 - ourselves
        [*command, COMPRESSIONS.get(file.suffix, "")], check=True, capture_output=True, text=True
    ).stdout
    file.unlink()
    seconds, kibibytes = out.split()
    return float(seconds), int(kibibytes) * 1024


def main() -> int:
    """Prints the table."""
    worst, kept = 0.0, dict[str, object]()
    with tempfile.TemporaryDirectory() as folder:
        archives = [Path(folder) / str(number) / "data" for number in (FEW, MANY)]
        for data, number in zip(archives, (FEW, MANY), strict=True):
            data.mkdir(parents=True)
            print(f"{number} records of {fill(data, number):.0f} bytes")
        print(f"{'file':14}{f'n = {FEW}':>14}{f'n = {MANY}':>14}{'ratio':>8}{'records/s':>12}")
        for name in NAMES:
            (_, few), (seconds, many) = (measured(data, name) for data in archives)
            worst = max(worst, many / few)
            kept[name] = {"bytes": [few, many], "records a second": MANY / seconds}
            memory = f"{few / 2**20:11.0f} MB{many / 2**20:11.0f} MB"
            print(f"{name:14}{memory}{many / few:8.2f}{MANY / seconds:12.0f}")
    keep("export", {"records": [FEW, MANY], **kept})
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
