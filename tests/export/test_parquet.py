"""Parquet read back is the record, value for value."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from guancha.exceptions import StoreError
from guancha.export import parquet
from guancha.export.columns import RECORDS, TIME, schema
from guancha.export.measure import Measure
from guancha.export.parquet import ParquetRows
from guancha.export.rows import Row
from guancha.items import Article, Outcome
from guancha.jsonlines import line
from guancha.processors.dates import BEIJING
from tests.export.sample_archives import full
from tests.store.records import article, outcome


def row(record: Any) -> Row:
    if isinstance(record, Article | Outcome):
        return Row("2026-10-04", line(record))
    return Row("2026-10-04", json.dumps(record).encode())


def written(path: Path, rows: Sequence[Row], stream: str = "articles", codec: str = "zstd") -> Any:
    with path.open("wb") as file:
        measure = Measure(file)
        try:
            writer = ParquetRows(RECORDS[stream], cast(BinaryIO, measure), codec)
            for each in rows:
                writer.write([each])
            writer.close()
        finally:
            measure.drop()
    return pq.ParquetFile(path)


def expected(record: dict[str, Any], record_class: type) -> dict[str, Any]:
    values = dict(record)
    for field in schema(record_class):
        value = record[field.name]
        if value is not None and field.type == TIME:
            values[field.name] = datetime.fromisoformat(value)
        elif value is not None and field.type == pa.date32():
            values[field.name] = date.fromisoformat(value)
    return values


@pytest.mark.parametrize("codec", ["zstd", "gzip"])
def test_every_field_of_an_article_comes_back(tmp_path: Path, codec: str) -> None:
    rows = [row(full(1)), row(article(2)), row(Article(url="x"))]
    # Nothing at all in a time and a day.
    rows[2] = row(rows[2].record | {"date": None, "date_crawled": None, "date_first_crawled": None})
    file = written(tmp_path / "a.parquet", rows, codec=codec)
    table = file.read()

    assert table.schema.equals(schema(Article))
    assert table.to_pylist() == [expected(each.record, Article) for each in rows]
    assert set(full(1).__dict__) == {
        key for key, value in rows[0].record.items() if value not in (None, [])
    }
    assert file.metadata.row_group(0).column(0).compression == codec.upper()
    crawled = table.column("date_crawled")[0].as_py()
    assert str(crawled.tzinfo) == "Asia/Shanghai"
    assert crawled.isoformat() == rows[0].record["date_crawled"]


def test_an_outcome_comes_back(tmp_path: Path) -> None:
    gone = outcome(1, "deleted")
    gone.last_alive, gone.http_status = "2026-10-04T20:00:00+08:00", 404
    rows = [row(gone), row(outcome(2, "gone"))]

    read = written(tmp_path / "o.parquet", rows, "outcomes").read().to_pylist()
    assert read == [expected(each.record, Outcome) for each in rows]


def test_a_time_without_seconds_and_a_mere_day_begin_in_beijing(tmp_path: Path) -> None:
    rows = [row({"date_published": text}) for text in ("2026-10-04T16:19+08:00", "2026-10-04")]
    times = written(tmp_path / "a.parquet", rows).read().column("date_published").to_pylist()

    assert times == [
        datetime(2026, 10, 4, 16, 19, tzinfo=BEIJING),
        datetime(2026, 10, 4, tzinfo=BEIJING),
    ]


def test_a_line_older_than_a_key_has_null_there(tmp_path: Path) -> None:
    read = written(tmp_path / "a.parquet", [row({"article_id": "1"})]).read().to_pylist()

    assert {key for key, value in read[0].items() if value is not None} == {"article_id"}


def test_no_records_are_a_file_with_columns(tmp_path: Path) -> None:
    table = written(tmp_path / "a.parquet", []).read()

    assert table.num_rows == 0
    assert table.schema.equals(schema(Article))


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 3)
    many = written(tmp_path / "a.parquet", [row(article(n)) for n in range(8)])
    monkeypatch.setattr(parquet, "GROUP_BYTES", 5_000)
    long = written(tmp_path / "b.parquet", [row(article(n, "正" * 2000)) for n in range(4)])

    def groups(file: Any) -> list[int]:
        return [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]

    assert groups(many) == [3, 3, 2]
    assert groups(long) == [1, 1, 1, 1]
    assert many.read().column("article_id").to_pylist() == [str(n) for n in range(8)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": 1},
        {"revision": "1"},
        {"view_count": 2**80},
        {"is_complete": "yes"},
        {"tags": 5},
        {"authors": ["张三"]},
        {"date": "gestern"},
        {"date_crawled": "gestern"},
        {"date_crawled": 5},
        {"title": "\ud800"},
    ],
)
def test_a_record_of_another_shape_is_an_error_in_words(
    tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with pytest.raises(StoreError, match="a record of another shape"):
        written(tmp_path / "a.parquet", [row(wrong)])
