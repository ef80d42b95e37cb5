"""Which fields of a record have a value: what tells, summed over a run, whether the rules still match."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from guancha.items import Article, Comment, Counts, Headline, Outcome, Post, Record

_FOLLOWING = frozenset(
    "schema_version article_id url alternate_urls section date content_type list_title language text_hash "
    "date_published_raw date_modified_raw near_duplicate_of content_hash revision revision_cause "
    "changed_fields counts_at date_first_crawled date_crawled extractor_version page_count is_complete "
    "comment_id post_id stub_ids box rank status is_quoted".split()
)
"""Fields that no rule of a page fills, or that follow from others."""
_NOT_READ: dict[type[Record], frozenset[str]] = {
    Article: _FOLLOWING | {"text"},
    Comment: _FOLLOWING | {"doc_id", "source"},
    Counts: _FOLLOWING | {"doc_id", "source"},
    Headline: _FOLLOWING - {"article_id", "post_id", "comment_id"} | {"source"},
    Outcome: frozenset(each.name for each in fields(Outcome)),
    Post: _FOLLOWING | {"text"},
}
FIELDS = {
    record: tuple(each.name for each in fields(record) if each.name not in not_read)
    for record, not_read in _NOT_READ.items()
}
"""Sort of record -> the fields that rules fill."""


def present(record: Record) -> Iterator[str]:
    """Names of the fields with a value; ``images.caption`` where any has one, ``related.kind.hot``.

    >>> list(present(Article(title="a", tags=["b"])))
    ['title', 'tags']
    """
    for name in FIELDS[type(record)]:
        value = getattr(record, name)
        # A count of 0 is a value.
        if value is None or value is False or value in ("", []):
            continue
        yield name
        entries = value if isinstance(value, list) else []
        yield from sorted({f"{name}.{detail}" for entry in entries for detail in _details(entry)})
    if isinstance(record, Article):
        yield from sorted({f"related.kind.{entry.kind}" for entry in record.related})


def _details(entry: object) -> Iterator[str]:
    """The fields of an entry that may be absent and are not."""
    # A class has its own hash, whatever its instances have.
    optional = _optional(type(entry))  # type: ignore[arg-type]
    return (name for name in optional if getattr(entry, name) is not None)


@cache
def _optional(sort: type) -> tuple[str, ...]:
    """The fields of a sort of entry that may be absent; none of a text."""
    found = fields(sort) if is_dataclass(sort) else ()
    return tuple(each.name for each in found if "None" in str(each.type))
