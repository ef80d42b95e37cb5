"""The JSON of readers' comments: below one article, by its ``doc_id``, and above one comment.

Its keys are those that the site's own script reads. What no one has seen is invented: the status of an
open thread and of a deleted comment, the answer for an unknown key, the ids, and the order of the floors.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from replica import threads
from replica.addresses import url_of
from replica.articles import doc_id, list_title
from replica.boxes import hot_comments
from replica.comment_json import comment
from replica.remarks import PER_ARTICLE
from replica.timeline import World
from replica.words import number

PATH = "/comment/cmt-list.json"
PAGE_SIZE, HOT_PAGE_SIZE = 20, 10
HOTTEST, MEMBERS = 10, 3
"""Comments in ``hots`` and in ``member_comment``, at the most."""
UNKNOWN: dict[str, object] = {"code": 1, "msg": "参数错误"}
NUMBER = re.compile(r"[0-9]{1,12}")
Asked = dict[str, str]


def answer(world: World, target: str) -> str | None:
    """The JSON at a path and query of the host; None where nothing is."""
    parts = urlsplit(target)
    told = TOLD.get(parts.path)
    if told is None:
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return json.dumps(told(world, asked), ensure_ascii=False)


def _page(asked: Asked, size: int) -> slice:
    """Where the page lies that is asked for; the first where that is no number."""
    page = asked.get("pageNo", "1")
    start = size * (max(1, int(page)) - 1 if NUMBER.fullmatch(page) else 0)
    return slice(start, start + size)


def _listed(world: World, asked: Asked) -> dict[str, object]:
    entry = _entry(world, asked.get("codeId", ""))
    if entry is None or asked.get("codeType") != "1":
        return UNKNOWN
    state = threads.state(entry)
    head: dict[str, object] = {
        "code": 0,
        "status": state,
        "count": threads.comment_count(world, entry),
        "tread": 1,
    }
    if state == threads.CLOSED:
        return head | {"items": []}
    there = threads.listed(world, entry)
    orders = {"2": lambda: threads.hottest(world, entry), "3": lambda: there}
    order = orders.get(asked.get("order", "1"), lambda: there[::-1])()
    page = _page(asked, PAGE_SIZE)
    found = head | {"items": [comment(world, entry, turn) for turn in order[page]]}
    return found if page.start else found | _chosen(world, entry, there)


def _chosen(world: World, entry: int, there: list[int]) -> dict[str, object]:
    """The lists that stand above the first page."""
    hot = threads.hot(world, entry)
    newest = (comment(world, entry, turn) for turn in reversed(there[-PAGE_SIZE:]))
    return {
        "hots": [comment(world, entry, turn) for turn in hot[:HOTTEST]],
        "all_hot_count": len(hot),
        "member_comment": [item for item in newest if item["is_member"]][:MEMBERS],
        "recommend_comment": [],
    }


def _hot(world: World, asked: Asked) -> dict[str, object]:
    if asked.get("codeId") == "0":
        return _hot_everywhere(world, asked)
    entry = _entry(world, asked.get("codeId", ""))
    if entry is None or asked.get("codeType") != "1":
        return UNKNOWN
    hot = threads.hot(world, entry) if threads.state(entry) != threads.CLOSED else []
    items = [comment(world, entry, turn) for turn in hot[_page(asked, HOT_PAGE_SIZE)]]
    return {"code": 0, "count": len(hot), "items": items}


def _hot_everywhere(world: World, asked: Asked) -> dict[str, object]:
    """Those that the home page shows, each with the article that it stands below (invented)."""
    hot = hot_comments(world)
    items = [
        comment(world, entry, turn)
        | {
            "code_id": doc_id(world, entry),
            "title": list_title(world, entry),
            "url": url_of(world, entry).removeprefix("https:"),
        }
        for entry, turn in hot[_page(asked, HOT_PAGE_SIZE)]
    ]
    return {"code": 0, "count": len(hot), "items": items}


def _floors(world: World, asked: Asked) -> dict[str, object]:
    """A comment and those above it, from the one that opened the conversation."""
    code = asked.get("id", "")
    key, turn = divmod(int(code) if NUMBER.fullmatch(code) else 0, PER_ARTICLE)
    entry = _entry(world, str(key))
    if entry is None or threads.state(entry) == threads.CLOSED:
        return UNKNOWN
    if turn >= threads.written(world, entry) or threads.deleted(world, entry, turn):
        return UNKNOWN
    floors = [*reversed([*threads.above(world, entry, turn)]), turn]
    return {"code": 0, "items": [comment(world, entry, floor) for floor in floors]}


def collects(world: World, entry: int) -> int:
    """How many readers saved an article."""
    return number(world.seed, entry, "collects") % 60


def _collected(world: World, asked: Asked) -> dict[str, object]:
    entry = _entry(world, asked.get("codeId", ""))
    return UNKNOWN if entry is None else {"code": 0, "count": collects(world, entry)}


def _entry(world: World, code: str) -> int | None:
    """The article with that key, which grows from entry to entry; None where there is none."""
    if not NUMBER.fullmatch(code):
        return None
    entry = bisect_left(range(world.total), int(code), key=lambda turn: doc_id(world, turn))
    known = world.alive(entry) and doc_id(world, entry) == int(code) and not world.is_stub(entry)
    return entry if known else None


TOLD: dict[str, Callable[[World, Asked], dict[str, object]]] = {
    PATH: _listed,
    "/comment/hot-cmt-list.json": _hot,
    "/comment/all-floor.json": _floors,
    "/post/collect-count.json": _collected,
}
