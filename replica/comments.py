"""The JSON of readers' comments: a page of those below one article, by its ``doc_id``.

Its keys are those that the site's own script reads. What no one has seen is invented: the status of an
open thread, the answer for an unknown key, and the ids. There are no replies yet: each comment is a root.
"""

import json
import re
from bisect import bisect_left
from datetime import datetime, timedelta
from html import escape
from urllib.parse import parse_qs, urlsplit

from replica.articles import doc_id
from replica.timeline import World
from replica.words import FIRST, SECOND, draw, number, sentence

HOST = "user.guancha.cn"
PATH = "/comment/cmt-list.json"
PAGE_SIZE = 20
HOTTEST = 5
"""Comments in ``hots``, at the most."""
HOT = 60
"""Praises from which a comment counts as hot."""
OPEN, CLOSED = 1, 3
TEMPO = timedelta(seconds=2)
"""From one comment to the next: the 899 of the evening's last article are there when the day is seen."""
UNKNOWN = {"code": 1, "msg": "参数错误"}
NUMBER = re.compile(r"[0-9]{1,12}")


def answer(world: World, target: str) -> str | None:
    """The JSON at a path and query of the host; None where nothing is."""
    parts = urlsplit(target)
    if parts.path != PATH:
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return json.dumps(_listed(world, asked), ensure_ascii=False)


def comment_count(world: World, entry: int) -> int:
    """How many comments an entry has; lists print the same number."""
    return number(world.seed, entry, "comments") % 900


def shown(moment: datetime, now: datetime) -> str:
    """A time as the site prints it beside a comment, seen at ``now``."""
    if moment.date() == now.date():
        minutes = max(1, (now - moment) // timedelta(minutes=1))
        return f"{minutes}分钟前" if minutes < 60 else f"{minutes // 60}小时前"
    if moment.date() == now.date() - timedelta(days=1):
        return moment.strftime("昨天 %H:%M")
    return moment.strftime("%m-%d %H:%M" if moment.year == now.year else "%Y-%m-%d %H:%M")


def _listed(world: World, asked: dict[str, str]) -> dict[str, object]:
    entry = _entry(world, asked.get("codeId", ""))
    if entry is None or asked.get("codeType") != "1":
        return UNKNOWN
    turns = range(comment_count(world, entry))
    hottest = sorted(turns, key=lambda turn: -_praise(world, entry, turn))
    hot = [turn for turn in hottest if _praise(world, entry, turn) >= HOT]
    orders = {"2": hottest, "3": list(turns)}
    page = asked.get("pageNo", "1")
    start = PAGE_SIZE * (max(1, int(page)) - 1 if NUMBER.fullmatch(page) else 0)
    order = orders.get(asked.get("order", "1"), [*reversed(turns)])[start : start + PAGE_SIZE]
    return {
        "code": 0,
        "status": CLOSED if entry % 50 == 31 else OPEN,
        "count": len(turns),
        "items": [_comment(world, entry, turn) for turn in order],
        "hots": [_comment(world, entry, turn) for turn in hot[:HOTTEST]],
        "all_hot_count": len(hot),
    }


def _entry(world: World, code: str) -> int | None:
    """The article with that key, which grows from entry to entry; None where there is none."""
    if not NUMBER.fullmatch(code):
        return None
    entry = bisect_left(range(world.total), int(code), key=lambda turn: doc_id(world, turn))
    known = world.alive(entry) and doc_id(world, entry) == int(code) and not world.is_stub(entry)
    return entry if known else None


def _praise(world: World, entry: int, turn: int) -> int:
    return number(world.seed, entry, turn, "praise") % 80


def _comment(world: World, entry: int, turn: int) -> dict[str, object]:
    """Comment ``turn`` of the entry, counted from its oldest."""
    rng = draw(world.seed, entry, turn, "comment")
    moment = world.published(entry) + TEMPO * (turn + 1)
    key = doc_id(world, entry) * 1000 + turn
    return {
        "id": key,
        "root_id": key,
        "parent_id": 0,
        "parent": [],
        "content": "<br>".join(escape(sentence(rng)) for _ in range(rng.randint(1, 2))),
        "created_at": shown(moment, world.now),
        "user_id": rng.randrange(1, 2_000_000),
        "user_nick": f"{rng.choice(FIRST)}{rng.choice(SECOND)}{rng.randrange(1000)}",
        "praise_num": _praise(world, entry, turn),
        "tread_num": rng.randrange(9),
        "reply_count": 0,
        "status": 2,
        "is_member": rng.random() < 0.1,
        "has_top": False,
    }
