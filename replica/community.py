"""The pages and lists of readers' posts (风闻): a path and its parameters go in, an answer comes out."""

import json
from collections.abc import Callable

from replica.answers import GONE_HOME, JSON, Answer, page
from replica.pages.post import WHOLE, post_html
from replica.pages.post_list import fragment, front_html, reader_html, topic_html
from replica.post_lists import NEWEST, index, of_topic, of_writer, part
from replica.posting import post_of
from replica.posts import FIRST_TOPIC, TOPIC_STEP, Post, post_facts, post_topic, summary
from replica.readers import reader, reader_number
from replica.timeline import World

STAMP = "%Y-%m-%d %H:%M:%S"
MOST_PER_PAGE = 100
Asked = dict[str, str]


def whole(asked: Asked, name: str, default: int = -1) -> int:
    """A number among the parameters; the default where there is none of a sane length."""
    value = asked.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 13 else default


def _posts(world: World, posts: tuple[int, ...], asked: Asked) -> list[Post]:
    """One page of a list."""
    return [post_facts(world, post) for post in part(posts, whole(asked, "page", 1))]


def _index(world: World, asked: Asked) -> list[Post]:
    return _posts(world, index(world, asked.get("order", NEWEST)), asked)


def _json(value: object) -> Answer:
    return Answer(200, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": JSON})


def _content(world: World, asked: Asked) -> Answer:
    """A post, whole or in part; home for one that is not there, and past its last part."""
    found = post_of(world, whole(asked, "id"))
    number = whole(asked, "page", 1)
    if found is None or number > len((post := post_facts(world, found)).parts):
        return GONE_HOME
    return page(post_html(world, post, number if len(post.parts) > 1 else WHOLE))


def _front(world: World, asked: Asked) -> Answer:
    return page(front_html(world, _index(world, asked)))


def _fragment(world: World, asked: Asked) -> Answer:
    return page(fragment(world, _index(world, asked)))


def _feed(world: World, asked: Asked) -> Answer:
    return _json(
        [
            {
                "id": post.post_id,
                "title": post.title,
                "summary": summary(post),
                "post_url": post.url,
            }
            for post in _index(world, asked)
        ]
    )


def _topic(world: World, asked: Asked) -> Answer:
    number, rest = divmod(whole(asked, "topic_id") - FIRST_TOPIC, TOPIC_STEP)
    posts = of_topic(world, number, asked.get("order", NEWEST)) if rest == 0 else None
    if posts is None:
        return GONE_HOME
    return page(topic_html(world, post_topic(number), _posts(world, posts, asked)))


def _reader(world: World, asked: Asked) -> Answer:
    number = reader_number(whole(asked, "uid"))
    if number is None:
        return GONE_HOME
    posts = _posts(world, of_writer(world, number), asked)
    return page(reader_html(world, reader(world, number), posts))


def _published(world: World, asked: Asked) -> Answer:
    """The posts of a writer; an unknown one has none."""
    number = reader_number(whole(asked, "uid"))
    posts = () if number is None else of_writer(world, number)
    size = min(whole(asked, "page_size", 20), MOST_PER_PAGE)
    found = [post_facts(world, post) for post in part(posts, whole(asked, "page_no", 1), size)]
    items = [
        {
            "id": post.post_id,
            "title": post.title,
            "summary": summary(post),
            "pass_at": post.published.strftime(STAMP),
            "user_nick": post.author.name,
        }
        for post in found
    ]
    return _json({"code": 0, "data": {"count": len(posts), "items": items}})


Told = Callable[[World, Asked], Answer]
USER: dict[str, Told] = {
    "/": _front,
    "/main/content": _content,
    "/main/index-list.json": _fragment,
    "/news-api/fengwen-index-list.json": _feed,
    "/topic/post-list": _topic,
    "/user/personal-homepage": _reader,
}
"""Of user.guancha.cn."""
APP: dict[str, Told] = {"/user/get-published-list": _published}
"""Of app.guancha.cn."""
