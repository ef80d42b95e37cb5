"""Types, out of the dataclasses alone."""

import pyarrow as pa
import pytest

from guancha.export.columns import RECORDS, TIME, names, schema
from guancha.items import Article, Outcome


def test_every_key_has_a_column_in_order() -> None:
    for record in RECORDS.values():
        assert schema(record).names == names(record)


def test_the_types_of_an_article() -> None:
    types = {field.name: field.type for field in schema(Article)}

    texts = pa.list_(pa.string())
    assert types["date"] == pa.date32()
    times = {name for name, kind in types.items() if kind == TIME}
    assert times == {
        "date_published",
        "date_modified",
        "counts_at",
        "date_first_crawled",
        "date_crawled",
    }
    assert types["tags"] == types["paragraphs"] == types["changed_fields"] == texts
    assert types["revision"] == types["comment_count"] == pa.int64()
    assert types["is_complete"] == pa.bool_()
    assert types["date_published_raw"] == types["article_id"] == pa.string()
    assert types["topic"] == pa.struct([(name, pa.string()) for name in ("name", "slug", "url")])
    image = [("url", pa.string()), ("caption", pa.string()), ("position", pa.int64())]
    assert types["images"] == types["videos"] == pa.list_(pa.struct(image))
    # As precise as printed.
    assert types["related"].value_type.field("date_published").type == pa.string()


@pytest.mark.parametrize(
    ("stream", "times"),
    [
        ("outcomes", {"date_crawled", "last_alive"}),
        (
            "links",
            {"date_found", "date_first_crawled", "date_checked", "date_next_check", "date_gone"},
        ),
    ],
)
def test_times_of_the_other_streams(stream: str, times: set[str]) -> None:
    assert {field.name for field in schema(RECORDS[stream]) if field.type == TIME} == times


def test_an_outcome_has_no_day_of_its_own() -> None:
    assert "date" not in names(Outcome)
