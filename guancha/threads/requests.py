"""The requests for threads of comments."""

from typing import Any

from scrapy import Request

from guancha import rendering, urls
from guancha.items import Outcome
from guancha.requests import page
from guancha.threads.walk import ThreadWalk

UNDER_WAY = 10
"""Priority of all pages but the first: a thread is finished before the next one is begun."""

DRAWN = "document.querySelector('#comments-container .list-body-all') !== null"
"""True in a browser once the comments are there; those of a closed thread never are."""


def comments(walk: ThreadWalk, callback: Any, errback: Any) -> Request:
    """The page where a walk stands."""
    number, doc_id = walk.hot_page or walk.page, walk.wanted.doc_id or ""
    if walk.hot_page:
        url = f"{urls.hot_comments(doc_id)}&pageNo={number}&ff=www"
    else:
        url = f"{urls.comments(doc_id)}&pageNo={number}&order=1&ff=www"
    asked = page(url, callback, errback, walk=walk)
    return asked if walk.is_first else asked.replace(priority=UNDER_WAY)


def rendered(walk: ThreadWalk, told: Outcome | None, callback: Any, errback: Any) -> Request:
    """The article's page in the browser; ``told`` is what is to be told where that is of no use."""
    asked = page(walk.wanted.url, callback, errback, walk=walk, told=told)
    return rendering.rendered(asked, DRAWN)
