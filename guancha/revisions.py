"""What an answer for a known article or post means: nothing new, an edit, better rules, or a completion."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

from guancha.items import Article, Post
from guancha.loaders import content, post_content

Revised = TypeVar("Revised", Article, Post)


@dataclass(frozen=True)
class Current:
    """The newest revision, as far as the next one needs it."""

    record: dict[str, Any]
    """Its line."""
    page_hash: str
    """Of the bytes that were read last."""
    extractor_version: str
    """By which they were read."""


def revise(read: Revised, page_hash: str, current: Current | None) -> Revised | None:
    """What was read as the next revision; None where it adds nothing to the current one."""
    if current is None:
        return read
    cause = _cause(read, page_hash, current)
    if cause is None:
        return None
    known, (kept, shown) = current.record, _SORTS[type(read)]
    fields = asdict(read)
    after, before = shown(fields), shown(known)
    return replace(
        read,
        **{name: known[name] for name in kept},
        revision=known["revision"] + 1,
        revision_cause=cause,
        changed_fields=[name for name in after if after[name] != before[name]],
    )


def _cause(read: Article | Post, page_hash: str, current: Current) -> str | None:
    known = current.record
    if not read.is_complete:
        # One cut capture may hold what another lacks: only one that holds more than all of it counts.
        more = set(read.paragraphs) > set(known["paragraphs"])
        return "recovered" if more and not known["is_complete"] else None
    if not known["is_complete"]:
        return "recovered"
    if read.content_hash == known["content_hash"]:
        # The site has changed nothing, but the archive has learnt of a stub since.
        is_linked = isinstance(read, Post) and read.stub_ids != known["stub_ids"]
        return "recovered" if is_linked else None
    same_page = page_hash == current.page_hash
    ours = same_page and read.extractor_version != current.extractor_version
    return "extraction" if ours else "edit"


def _post(record: Mapping[str, Any]) -> dict[str, Any]:
    """With the stubs that lead to it, of which its page says nothing."""
    return post_content(record) | {"stub_ids": record["stub_ids"]}


_SORTS: dict[type, tuple[tuple[str, ...], Callable[[Mapping[str, Any]], dict[str, Any]]]] = {
    Article: (("url", "section", "date", "list_title", "date_first_crawled"), content),
    Post: (("date_first_crawled",), _post),
}
"""Sort of record -> what the first revision has said for all; and what may change."""
