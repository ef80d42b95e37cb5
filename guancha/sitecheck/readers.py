"""Claims about what readers see besides the articles: boxes filled by script, comments, posts."""

import re

from scrapy.http import Response

from guancha import urls
from guancha.exceptions import ClaimError, PageError, UrlError
from guancha.pages import payload
from guancha.sitecheck.findings import Asking, Finding, Standing
from guancha.sitecheck.known import Known
from guancha.sitecheck.words import count

BOX = f"{urls.HOME}api/redian.htm"
POSTS = f"https://user.{urls.DOMAIN}/main/index-list.json?page=1&order=2"
LINKS = re.compile(r"/main/content\?id=([0-9]{1,12})")
COMMENTS = (
    f"https://user.{urls.DOMAIN}/comment/cmt-list.json"
    "?codeId={key}&codeType=1&pageNo=1&order=1&ff=www"
)
KEYS = frozenset({"id", "content", "created_at", "user_nick", "parent_id", "praise_num"})
"""What a comment is worth nothing without."""
SHUT = 3
CLOSED = ((2, "disabled"), (SHUT, "closed"))
"""The status of a thread that takes no comments."""


def box(known: Known) -> Asking:
    """The hot list of the home page is JSON that names articles."""
    response = yield from known.ask(BOX)
    items = payload.objects(_json(response) or {}, "items")
    named = [item for item in items if _names_article(payload.string(item, "HTTP_URL") or "")]
    if not named:
        return Finding(Standing.FAILS, f"{count(len(items), 'item')}, none leads to an article")
    return Finding(Standing.HOLDS, f"{count(len(named), 'article')}")


def comments(known: Known) -> Asking:
    """An article's comments are JSON of the keys that the site's own script reads."""
    key = known.article and known.article.article().doc_id
    if not key:
        raise ClaimError("no article with a key of comments was found")
    response = yield from known.ask(COMMENTS.format(key=key))
    found = _json(response)
    if found is None:
        return Finding(Standing.FAILS, f"status {response.status}, no JSON object")
    if fault := _fault(found):
        return Finding(Standing.FAILS, f"codeId={key}: {fault}")
    total, shown = count(found["count"], "comment"), len(found["items"])
    closed = next((f", {word}" for status, word in CLOSED if found.get("status") == status), "")
    return Finding(Standing.HOLDS, f"{total}, {shown} on page 1{closed}")


def _fault(found: payload.Object) -> str | None:
    """What is wrong with a page of comments, in words."""
    code, total, items = found.get("code"), found.get("count"), found.get("items")
    if code != 0:
        return f"code {code!r} in place of 0"
    if not isinstance(total, int) or not isinstance(items, list):
        return "no count, or no items"
    if total and not items and found.get("status") != SHUT:
        return f"count {total}, but no items"
    for item in items:
        lacking = KEYS - set(item) if isinstance(item, dict) else KEYS
        if lacking:
            return f"a comment without {', '.join(sorted(lacking))}"
    return None


def posts(known: Known) -> Asking:
    """The list of readers' posts names posts."""
    response = yield from known.ask(POSTS)
    text = response.body.decode("utf-8", "replace").replace("\\/", "/")
    found = list(dict.fromkeys(LINKS.findall(text)))
    if response.status != 200 or not found:
        return Finding(Standing.FAILS, f"status {response.status}, no link to a post")
    known.posts = found
    return Finding(Standing.HOLDS, count(len(found), "post"))


def _json(response: Response) -> payload.Object | None:
    try:
        return payload.parse(response.body) if response.status == 200 else None
    except PageError:
        return None


def _names_article(printed: str) -> bool:
    try:
        return urls.find_article(urls.absolute(printed)) is not None
    except UrlError:
        return False
