"""What an answer for a known article means: nothing new, an edit, better rules, or a completion."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from guancha.items import Article
from guancha.loaders import content

KEPT = ("url", "section", "date", "list_title", "date_first_crawled")
"""What the first revision has said for all."""


@dataclass(frozen=True)
class Current:
    """The newest revision of an article, as far as the next one needs it."""

    record: dict[str, Any]
    """Its line."""
    page_hash: str
    """Of the bytes that were read last."""
    extractor_version: str
    """By which they were read."""


def revise(article: Article, page_hash: str, current: Current | None) -> Article | None:
    """The article as its next revision; None where it adds nothing to the current one."""
    if current is None:
        return article
    cause = _cause(article, page_hash, current)
    if cause is None:
        return None
    known = current.record
    shown, before = content(asdict(article)), content(known)
    return replace(
        article,
        **{name: known[name] for name in KEPT},
        revision=known["revision"] + 1,
        revision_cause=cause,
        changed_fields=[name for name in shown if shown[name] != before[name]],
    )


def _cause(article: Article, page_hash: str, current: Current) -> str | None:
    known = current.record
    if not article.is_complete:
        # One cut capture may hold what another lacks: only one that holds more than all of it counts.
        more = set(article.paragraphs) > set(known["paragraphs"])
        return "recovered" if more and not known["is_complete"] else None
    if not known["is_complete"]:
        return "recovered"
    if article.content_hash == known["content_hash"]:
        return None
    same_page = page_hash == current.page_hash
    ours = same_page and article.extractor_version != current.extractor_version
    return "extraction" if ours else "edit"
