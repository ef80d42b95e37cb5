"""Claims about what stands around the pages: robots.txt, comments, and how we are served."""

import json
from typing import Any

from protego import Protego

from guancha import urls
from guancha.exceptions import ClaimError, UnservedError
from guancha.sections import section
from guancha.sitecheck.findings import Asking, Finding, Standing
from guancha.sitecheck.known import Known
from guancha.sitecheck.words import count, short

ROBOTS = f"{urls.HOME}robots.txt"
CRAWLED = (
    urls.HOME,
    *(address.url(1) or "" for address in section("CaiJing").addresses),
    f"{urls.HOME}CaiJing/2026_10_04_903180.shtml",
)
"""One page of each sort that a crawl asks for."""
KEPT_OUT = (f"{urls.HOME}Search/?k=x", f"{urls.HOME}df888/")
COMMENTS = (
    f"https://user.{urls.DOMAIN}/comment/cmt-list.json"
    "?codeId={key}&codeType=1&pageNo=1&order=1&ff=www"
)
KEYS = frozenset({"id", "content", "created_at", "user_nick", "parent_id", "praise_num"})
"""What a comment is worth nothing without."""
CLOSED = ((2, "disabled"), (3, "closed"))
"""The status of a thread that takes no comments."""


def robots(known: Known) -> Asking:
    """robots.txt lets us in where a crawl goes, and keeps out what it is said to keep out."""
    response = yield from known.get(ROBOTS)
    if response.status >= 500:
        raise UnservedError(f"robots.txt answered {response.status}")
    if response.status != 200:
        return Finding(Standing.FAILS, f"status {response.status}")
    rules = Protego.parse(response.body.decode("utf-8", "replace"))
    closed = [short(url) for url in CRAWLED if not rules.can_fetch(url, known.agent)]
    if closed:
        return Finding(Standing.FAILS, f"it forbids us {', '.join(closed)}")
    opened = [short(url) for url in KEPT_OUT if rules.can_fetch(url, known.agent)]
    if opened:
        return Finding(Standing.FAILS, f"it does not forbid {', '.join(opened)}")
    delay = rules.crawl_delay(known.agent)
    asks = f"{delay:g} s" if delay else "no pause"
    return Finding(Standing.HOLDS, f"it does, and asks for {asks} between requests")


def comments(known: Known) -> Asking:
    """An article's comments are JSON of the keys that the site's own script reads."""
    key = known.article and known.article.article().doc_id
    if not key:
        raise ClaimError("no article with a key of comments was found")
    response = yield from known.ask(COMMENTS.format(key=key))
    found = _parsed(response.body) if response.status == 200 else None
    if found is None:
        return Finding(Standing.FAILS, f"status {response.status}, no JSON object")
    if fault := _fault(found):
        return Finding(Standing.FAILS, f"codeId={key}: {fault}")
    total, shown = count(found["count"], "comment"), len(found["items"])
    closed = next((f", {word}" for status, word in CLOSED if found.get("status") == status), "")
    return Finding(Standing.HOLDS, f"{total}, {shown} on page 1{closed}")


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _fault(found: dict[str, Any]) -> str | None:
    """What is wrong with a page of comments, in words."""
    code, total, items = found.get("code"), found.get("count"), found.get("items")
    if code != 0:
        return f"code {code!r} in place of 0"
    if not isinstance(total, int) or not isinstance(items, list):
        return "no count, or no items"
    if total and not items:
        return f"count {total}, but no items"
    for item in items:
        lacking = KEYS - set(item) if isinstance(item, dict) else KEYS
        if lacking:
            return f"a comment without {', '.join(sorted(lacking))}"
    return None


def plain(known: Known) -> Asking:
    """No answer was a challenge."""
    yield from ()
    pages, met = known.answers, known.challenges
    if not pages:
        raise ClaimError("nothing was answered")
    if met:
        what = "a script for browsers in place of the page, which a crawl can't pass"
        seen = f"CHALLENGED: {len(met)} of {pages} answers, the first {short(met[0])}: {what}"
        return Finding(Standing.FAILS, seen)
    return Finding(Standing.HOLDS, f"none of {pages} answers was one")
