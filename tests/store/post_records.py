"""Small invented posts for the store."""

from typing import Any

from guancha import urls
from guancha.clock import stamp
from guancha.items import Answer, Outcome, Post, PostVisit
from guancha.loaders import PostLoader
from tests.store.conftest import NOW


def visit(number: int, text: str = "正文。", page: str = "page", **fields: Any) -> PostVisit:
    """As the pipelines hand it over: the writer under a pseudonym."""
    loader = PostLoader()
    for name, value in {
        "post_id": str(number),
        "url": urls.post(str(number)),
        "title": f"标题{number}",
        "paragraphs": [text],
        "author_id": "a" * 32,
        "author_name": "b" * 32,
        "date_first_crawled": stamp(NOW),
        "date_crawled": stamp(NOW),
        "extractor_version": "1",
        **fields,
    }.items():
        loader.add_value(name, value)
    post: Post = loader.load_post()
    return PostVisit(post, Answer(page))


def outcome(number: int, kind: str) -> Outcome:
    known = {"post_id": str(number), "url": urls.post(str(number))}
    return Outcome(stream="posts", kind=kind, date_crawled=stamp(NOW), **known)


def stub(article: int, post: int | None) -> Outcome:
    """What an article answers that leads to a post."""
    return Outcome(
        article_id=str(article),
        post_id=None if post is None else str(post),
        url=f"https://www.guancha.cn/CaiJing/2026_10_04_{article}.shtml",
        kind="stub",
        date_crawled=stamp(NOW),
    )
