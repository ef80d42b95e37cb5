"""What an answer for a known article or post means: nothing new, an edit, better rules, or a completion."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
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


class Standing(Enum):
    """What an article that was read again is to the revisions that are known."""

    KNOWN = "known"
    """Of an answer that a revision was made from: nothing new."""
    SAME = "same"
    """As the revision in force at its time."""
    COVERED = "covered"
    """The same but for our rules: the site had changed nothing."""
    AGAIN = "again"
    """Of the answer that was read last, with another result by better rules."""
    NEWS = "news"
    """Something that no revision says of its time."""


def standing(
    read: Article, page_hash: str, known: Sequence[Current], again: Mapping[str, str]
) -> Standing:
    """How an article, read again out of an old answer, stands to ``known``, its revisions in their order.

    ``again`` is time of a revision -> content hash of what the same answer has yielded now.
    """
    when, newest = read.date_crawled, known[-1]
    before = [each for each in known if each.record["date_crawled"] <= when]
    after = [each.record for each in known[len(before) :]][:1]
    if before and page_hash == newest.page_hash and before[-1] is newest:
        is_ours = read.extractor_version != newest.extractor_version
        if is_ours and read.content_hash != newest.record["content_hash"]:
            return Standing.AGAIN
    if before:
        last = before[-1].record
        if last["is_complete"] and not read.is_complete:
            return Standing.SAME
        if read.is_complete and not last["is_complete"]:
            return Standing.NEWS
        if last["date_crawled"] == when and not _is_another(read, before):
            return Standing.KNOWN
        if read.content_hash == last["content_hash"]:
            return Standing.SAME
        if read.content_hash == again.get(last["date_crawled"]):
            return Standing.COVERED
    for each in after:
        hashes = (each["content_hash"], again.get(each["date_crawled"]))
        if before and each["revision_cause"] == "extraction" and read.content_hash in hashes:
            return Standing.COVERED
    return Standing.NEWS


def is_doubtful(read: Article, known: Sequence[Current], again: Mapping[str, str]) -> bool:
    """Whether nobody can tell if the site has changed something or only our rules.

    So it is where the revision in force was read by other rules, and its own answer is not read again.
    """
    before = [each.record for each in known if each.record["date_crawled"] <= read.date_crawled]
    return any(
        each["extractor_version"] != read.extractor_version and each["date_crawled"] not in again
        for each in before[-1:]
    )


def _is_another(read: Article, before: Sequence[Current]) -> bool:
    """Whether a second answer within a second says something else; under other rules nobody can tell."""
    *_, last = before
    when = last.record["date_crawled"]
    ours = [each.record for each in before if each.record["date_crawled"] == when]
    # With the one that was in force when the second began.
    told = {each.record["content_hash"] for each in before[-len(ours) - 1 :]}
    return last.extractor_version == read.extractor_version and read.content_hash not in told


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
