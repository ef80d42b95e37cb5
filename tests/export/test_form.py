"""Formats, and names that contradict them."""

import pytest

from guancha.exceptions import ArgumentError
from guancha.export.form import Form


@pytest.mark.parametrize(
    ("file", "format_", "compression", "form"),
    [
        ("a.jsonl", None, None, Form("jsonl", None)),
        ("a.b/c.d.CSV", None, None, Form("csv", None)),
        ("a.parquet", None, None, Form("parquet", "zstd")),
        ("a.parquet", "parquet", "gzip", Form("parquet", "gzip")),
        ("a.jsonl.gz", None, "gzip", Form("jsonl", "gzip")),
        ("a.csv.zst", "csv", "zstd", Form("csv", "zstd")),
        ("a.gz", "csv", "gzip", Form("csv", "gzip")),
        ("a", "csv", "gzip", Form("csv", "gzip")),
        ("a.txt", "csv", None, Form("csv", None)),
        ("-", "jsonl", "zstd", Form("jsonl", "zstd")),
    ],
)
def test_the_name_tells_the_format(
    file: str, format_: str | None, compression: str | None, form: Form
) -> None:
    assert Form.parse(file, format_, compression) == form


@pytest.mark.parametrize(
    ("file", "format_", "compression", "word"),
    [
        ("a", None, None, "--format: expected one of jsonl, csv, parquet, for 'a' ends in none"),
        ("-", None, None, "--format: expected"),
        ("a.gz", None, "gzip", "--format: expected"),
        ("a.parquet", "csv", None, "expected a name that fits --format csv"),
        ("a.csv.gz", "jsonl", "gzip", "expected a name that fits --format jsonl"),
        ("a.csv.gz", None, None, "expected a name for --compress gzip"),
        ("a.csv.zst", None, "gzip", "expected a name for --compress zstd"),
        ("a.csv", None, "gzip", r"expected a name that ends in \.csv\.gz"),
        ("a.parquet.gz", None, "gzip", "without .gz or .zst"),
        ("-", "parquet", None, "expected a name of a file"),
    ],
)
def test_a_name_that_says_something_else_is_refused(
    file: str, format_: str | None, compression: str | None, word: str
) -> None:
    with pytest.raises(ArgumentError, match=word):
        Form.parse(file, format_, compression)
