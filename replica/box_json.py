"""/api/*.htm: the JSON of which a script makes the boxes of the home page."""

import json
from collections.abc import Callable

from replica import boxes
from replica.addresses import printed, url_of
from replica.articles import list_title
from replica.posting import post_published, post_url
from replica.posts import post_comments, post_praise, post_title
from replica.timeline import World

STAMP = "%Y-%m-%d %H:%M:%S"


def answer(world: World, path: str) -> str | None:
    """The JSON at a path; None where nothing is."""
    items = BOXES.get(path)
    return None if items is None else json.dumps({"items": items(world)}, ensure_ascii=False)


def _entry(world: World, entry: int, turn: int) -> dict[str, object]:
    url = url_of(world, entry)
    return {
        "TITLE": list_title(world, entry),
        # Most are paths; some are absolute, and then with the scheme of old.
        "HTTP_URL": url.replace("https:", "http:")
        if turn % 4 == 3
        else printed(url, 1, plain=True),
        "CREATE_TIME": world.published(entry).strftime(STAMP),
    }


def _fast(world: World) -> list[dict[str, object]]:
    return [_entry(world, entry, turn) for turn, entry in enumerate(boxes.fast(world))]


def _hot(world: World) -> list[dict[str, object]]:
    return [_entry(world, entry, turn) for turn, entry in enumerate(boxes.hot(world))]


def _hot_posts(world: World) -> list[dict[str, object]]:
    return [
        {
            "TITLE": post_title(world, post),
            "HTTP_URL": post_url(world, post).removeprefix("https:"),
            "CREATE_TIME": post_published(world, post).strftime(STAMP),
            "PIC": f"https://i.guancha.cn/bbs/{post}.jpg?imageMogr2/crop/!80x80",
            "COMMENT_COUNT": post_comments(world, post),
            "PRAISE_COUNT": post_praise(world, post),
        }
        for post in boxes.hot_posts(world)
    ]


BOXES: dict[str, Callable[[World], list[dict[str, object]]]] = {
    "/api/gundong.htm": _fast,
    "/api/redian.htm": _hot,
    "/api/fengwenhot.htm": _hot_posts,
}
