"""The JSON of readers' comments, page by page: those of an article in some order, and its hot ones."""

from collections.abc import Iterator

from scrapy.http import Response

from guancha import urls
from guancha.items import Comment, Outcome
from guancha.pages.answered import Answered
from guancha.pages.comment import Place, Reading, each_once, unlisted
from guancha.pages.payload import Object, classify_json, count, digits, objects, string
from guancha.processors.comments import is_folded, lines_of_html, plain
from guancha.processors.text import visible

STATES = {2: "disabled", 3: "closed"}
"""``status`` of a thread -> what it means; anything else is open."""
NORMAL = 2
"""``status`` of a comment that was not deleted."""


def classify_comments(
    response: Response, place: Place, *, is_first: bool = False, is_hot: bool = False
) -> Reading | Outcome:
    """Tells what the answer to a request for a page of comments is; never raises.

    ``is_first``: there must be comments on it, if there are any; ``is_hot``: it is one of the hot ones.
    """
    asked = urls.comments(place.doc_id)
    ids = {"article_id": place.article_id}
    found = classify_json(response, asked, place.date, "comments", **ids)
    if isinstance(found, Outcome):
        return found
    answer = Answered(response, asked, place.date, place.article_id, stream="comments")
    if found.get("code") not in (None, 0, "0"):
        words = f"code {string(found, 'code')}: {string(found, 'msg')}"
        return answer.outcome("error", detail=visible(words, 200))
    total, items = count(found, "count"), found.get("items")
    state = STATES.get(count(found, "status") or 0, "open")
    if state == "closed":
        counts = place.counts(state, comment_count=total)
        return Reading(counts, is_all=True, outcome=answer.outcome(state))
    if total is None or not isinstance(items, list):
        missing = "items" if total is not None else "count"
        return answer.outcome("layout", detail=f"no thread/{missing}")
    reading = _read(place, found, state, is_hot=is_hot)
    if not reading.listed and (items or (is_first and total)):
        return answer.outcome("layout", detail=f"no comment in {len(items)} items of {total}")
    if reading.is_mute:
        return answer.outcome("layout", detail="no thread/text")
    reading.outcome = answer.outcome(state) if state != "open" else None
    return reading


def _read(place: Place, found: Object, state: str, *, is_hot: bool) -> Reading:
    total = count(found, "count")
    hot_count = total if is_hot else count(found, "all_hot_count")
    counts = place.counts(state, comment_count=None if is_hot else total, hot_count=hot_count)
    items, hots = objects(found, "items"), objects(found, "hots")
    listed, named = _comments(place, items, is_hot), _comments(place, hots, True)
    parents = list(_parents([*items, *hots]))
    quoted = _comments(place, parents, False)
    for comment in quoted:
        comment.is_quoted = True
    every = len(found["items"]) + len(hots) + len(parents)
    return Reading(
        counts,
        each_once(listed),
        each_once(named),
        unlisted(quoted, listed, named),
        nameless=every - len(listed) - len(named) - len(quoted),
    )


def _parents(items: list[Object]) -> Iterator[Object]:
    """The comment that each answers, where it answers one."""
    for item in items:
        yield from objects(item, "parent")[:1]


def _comments(place: Place, items: list[Object], is_hot: bool) -> list[Comment]:
    return [_comment(place, item, is_hot) for item in items if digits(item, "id")]


def _comment(place: Place, item: Object, is_hot: bool) -> Comment:
    comment = place.comment(digits(item, "id") or "", string(item, "created_at"))
    answered = next(_parents([item]), {})
    others = (
        digits(item, "root_id"),
        digits(answered, "id") or digits(item, "parent_id"),
    )
    # A comment is neither its own root nor its own parent.
    comment.root_id, comment.parent_id = (
        None if number == comment.comment_id else number for number in others
    )
    comment.text = lines_of_html(string(item, "content") or "")
    # Readers of weibo have no number here.
    comment.reader_id = None if _is_set(item, "from_weibo") else digits(item, "user_id")
    comment.reader_name = plain(string(item, "user_nick") or "") or None
    comment.is_member, comment.is_hot = _is_set(item, "is_member"), is_hot
    comment.praise_count, comment.tread_count = count(item, "praise_num"), count(item, "tread_num")
    comment.reply_count = count(item, "reply_count")
    comment.status = _status(item, comment)
    return comment


def _status(item: Object, comment: Comment) -> str:
    if count(item, "status") not in (None, NORMAL):
        return "deleted"
    if _is_set(item, "fold") or is_folded(comment.praise_count, comment.tread_count):
        return "folded"
    return "shown"


def _is_set(item: Object, key: str) -> bool:
    return item.get(key) in (1, "1", "true")
