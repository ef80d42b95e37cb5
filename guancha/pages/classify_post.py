"""What a URL of readers' posts has answered: a post, a list of posts, or something else."""

from dataclasses import replace
from datetime import datetime

from scrapy.http import Response

from guancha import urls
from guancha.exceptions import PageError
from guancha.items import Outcome
from guancha.pages.answered import Answered, Moved, sent
from guancha.pages.listing import is_home
from guancha.pages.post import PostPage
from guancha.pages.post_list import PostList
from guancha.pages.rules import Hits

STREAM = "posts"
_PAGE = (b"<!doctype", b"<html", b"<body")
_HEAD = 1024
"""Bytes in which a whole page says that it is one."""


def classify_post(
    response: Response, post_id: str, date: datetime, hits: Hits | None = None
) -> PostPage | Moved | Outcome:
    """Tells what the answer to a request for a page of a post is; never raises.

    ``hits`` takes the count of the rules, which a page that is refused is asked for above all.
    """
    answer = Answered(response, urls.post(post_id), date, post_id=post_id, stream=STREAM)
    if answer.is_redirect:
        return _sent_away(answer)
    root = answer.root
    if isinstance(root, Outcome):
        return root
    if is_home(root):
        return answer.outcome("gone", detail="the home page was answered")
    page = PostPage(post_id, root, date, sent(response, date), hits)
    if page.fault is not None:
        return answer.unknown(root, page.fault)
    if not answer.closed:
        return answer.outcome("error", detail="cut before its closing tag")
    return page


def classify_post_list(
    response: Response, requested: str, date: datetime, hits: Hits | None = None
) -> PostList | Outcome:
    """Tells what the answer to a request for a list of posts is; never raises."""
    answer = Answered(response, urls.without_reader(requested), date, stream=STREAM)
    if answer.is_redirect:
        there = _sent_away(answer)
        return answer.outcome("layout", detail="moved") if isinstance(there, Moved) else there
    if refused := answer.refused():
        return refused
    try:
        found = PostList(response.body, hits)
    except PageError as error:
        return answer.outcome("error", detail=str(error))
    if found.root is None:
        return found if found.entries else answer.outcome("layout", detail="no post in it")
    answer.closed = answer.closed or _is_whole_piece(response.body)
    if answer.closed and found.entries:
        return found
    return answer.unknown(found.root, "no listing/posts")


def _is_whole_piece(body: bytes) -> bool:
    """Whether this is a piece of a page, which has no closing tag, up to the end of a tag."""
    head = body[:_HEAD].lower()
    return not any(mark in head for mark in _PAGE) and body.rstrip().endswith(b">")


def _sent_away(answer: Answered) -> Moved | Outcome:
    """What a redirect means: the same post elsewhere, nothing any more, or a wall before it."""
    there = answer.redirect()
    if isinstance(there, Moved) or there.target_url is None:
        return there
    target = there.target_url
    if answer.post_id and urls.find_post(target) == answer.post_id:
        return Moved(target)
    there = replace(there, target_url=urls.without_reader(target), post_id=answer.post_id)
    if there.kind != "gone" or urls.is_front(target):
        return there
    # To a log-in, or to its writer: that says nothing of the post.
    return replace(there, kind="layout", detail="sent elsewhere than to the home page")
