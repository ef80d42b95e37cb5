"""Which fields of a record have a value: what tells, summed over a run, whether the rules still match."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from guancha.items import Article

NOT_READ = frozenset(
    "schema_version article_id url alternate_urls section date content_type list_title language text "
    "date_published_raw date_modified_raw text_hash near_duplicate_of content_hash revision "
    "revision_cause changed_fields counts_at date_first_crawled date_crawled extractor_version "
    "page_count is_complete".split()
)
"""Fields that no rule of a page fills, or that follow from others."""
FIELDS = tuple(each.name for each in fields(Article) if each.name not in NOT_READ)


def present(article: Article) -> Iterator[str]:
    """Names of the fields with a value; ``images.caption`` where any has one, ``related.kind.hot``.

    >>> list(present(Article(title="a", tags=["b"])))
    ['title', 'tags']
    """
    for name in FIELDS:
        value = getattr(article, name)
        # A count of 0 is a value.
        if value is None or value is False or value in ("", []):
            continue
        yield name
        entries = value if isinstance(value, list) else []
        yield from sorted({f"{name}.{detail}" for entry in entries for detail in _details(entry)})
    yield from sorted({f"related.kind.{entry.kind}" for entry in article.related})


def _details(entry: Any) -> Iterator[str]:
    """The fields of an entry that may be absent and are not."""
    if not is_dataclass(entry):
        return
    for each in fields(entry):
        if "None" in str(each.type) and getattr(entry, each.name) is not None:
            yield each.name
