"""Loaders: what is cleaned how, and what counts as a change of the content."""

import hashlib
import json
from dataclasses import asdict, fields, replace
from typing import Any

import pytest

from guancha.items import Article, Author, Image, Link, Related, Topic, Video
from guancha.loaders import ArticleLoader, complete, content, content_hash
from guancha.pages.head import FIELDS

PAGE = "https://www.guancha.cn/WangWu"


def article(**changes: Any) -> Article:
    sound = Article(
        article_id="500100",
        url="https://www.guancha.cn/WangWu/2020_03_04_500100.shtml",
        section="WangWu",
        date="2020-03-04",
        content_type="text",
        title="磨坊",
        original_title="旧磨坊",
        date_published="2020-03-04T08:30:00+08:00",
        date_published_raw="2020-03-04 08:30:00",
        source="某某报",
        byline="【文/张三】",
        authors=[Author("张三", "author", "文", None, "作者", PAGE)],
        editor="李四",
        description="说磨坊",
        tags=["磨坊"],
        topic=Topic("河边", "HeBian", "https://www.guancha.cn/HeBian"),
        text="甲\n\n乙",
        paragraphs=["甲", "乙"],
        images=[Image("https://i.guancha.cn/news/a.jpg", "岸边", 1)],
        videos=[Video("https://v.example.cn/1.mp4", None, 0)],
        links=[Link("前事", PAGE, 0)],
        notices=["请支持独立网站，转发请注明本文链接：https://www.guancha.cn/x"],
        date_crawled="2020-03-05T12:00:00+08:00",
    )
    return replace(sound, **changes)


CHANGES: list[dict[str, Any]] = [
    {"title": "磨坊新开"},
    {"original_title": None},
    {"date_published": "2020-03-04T08:30:01+08:00"},
    {"source": None},
    {"byline": None},
    {"authors": []},
    {"authors": [Author("张三", "author", "文", None, "馆长", PAGE)]},
    {"authors": [Author("张三", "translator", "译", None, "作者", PAGE)]},
    {"editor": "王五"},
    {"description": ""},
    {"tags": ["磨坊", "河"]},
    {"topic": None},
    {"topic": Topic("山上", "HeBian", "https://www.guancha.cn/HeBian")},
    {"paragraphs": ["甲"]},
    {"paragraphs": ["乙", "甲"]},
    {"paragraphs": ["甲乙"]},
    {"images": []},
    {"images": [Image("https://i.guancha.cn/news/b.jpg", "岸边", 1)]},
    {"images": [Image("https://i.guancha.cn/news/a.jpg", None, 1)]},
    {"videos": []},
    {"videos": [Video("https://v.example.cn/2.mp4", None, 0)]},
    {"notices": []},
    {"notices": ["本文仅代表作者个人观点。"]},
]

NO_CHANGES: list[dict[str, Any]] = [
    {
        "date_crawled": "2021-01-01T00:00:00+08:00",
        "date_first_crawled": "2021-01-01T00:00:00+08:00",
    },
    {
        "comment_count": 7,
        "view_count": 8,
        "collect_count": 9,
        "counts_at": "2021-01-01T00:00:00+08:00",
    },
    {"related": [Related("hot", "1", PAGE, "别的事", None, None, 3)]},
    {"section": "economy", "url": "https://www.guancha.cn/economy/2020_03_04_500100.shtml"},
    {"alternate_urls": [PAGE]},
    {"authors": [Author("张三", "author", "文", None, "作者", "https://www.guancha.cn/WangLiu")]},
    {"list_title": "磨坊又开了"},
    {"topic": Topic("河边", "HeBian2", "https://www.guancha.cn/HeBian2")},
    {"images": [Image("https://i.guancha.cn/news/a.jpg!m.jpg", "岸边", 1)]},
    {"images": [Image("https://i.guancha.cn/news/a.jpg?imageMogr2/thumbnail/1x1", "岸边", 1)]},
    {"images": [Image("https://i.guancha.cn/news/a.jpg?r=123", "岸边", 1)]},
    {"images": [Image("http://img.guancha.cn/news/a.jpg", "岸边", 1)]},
    {"notices": ["请支持独立网站，转发请注明本文链接：https://www.guancha.cn/y"]},
    {"image": "https://i.guancha.cn/share.png"},
    {"doc_id": "7", "extractor_version": "9", "revision": 2, "changed_fields": ["title"]},
    {"links": []},
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_the_content(change: dict[str, Any]) -> None:
    assert content_hash(article(**change)) != content_hash(article())


@pytest.mark.parametrize("change", NO_CHANGES)
def test_what_leaves_the_content_alone(change: dict[str, Any]) -> None:
    assert content_hash(article(**change)) == content_hash(article())


def test_every_change_is_told_from_every_other() -> None:
    hashes = [content_hash(article(**change)) for change in CHANGES]
    assert len(set(hashes)) == len(hashes)
    assert all(found.startswith("1:") and len(found) == 66 for found in hashes)


@pytest.mark.parametrize(
    ("field", "printed", "loaded"),
    [
        ("title", "\n 王五：\u3000磨坊\xa0", "王五： 磨坊"),
        ("original_title", "原标题：旧磨坊", "旧磨坊"),
        ("original_title", "原标题：", None),
        ("date_published", " 2020-03-04  08:30:00 ", "2020-03-04T08:30:00+08:00"),
        ("date_published", "03/04/2020 08:30:00", "2020-03-04T08:30:00+08:00"),
        ("date_published", "2020-02-30 08:30:00", None),
        ("date_published", "昨天", None),
        ("date_published_raw", " 2020-02-30  08:30:00 ", "2020-02-30 08:30:00"),
        ("date_modified", "最后更新: 2020-03-04 09:00:00", "2020-03-04T09:00:00+08:00"),
        ("date_modified_raw", "最后更新: 2020-03-04 09:00:00", "2020-03-04 09:00:00"),
        ("source", "来源：某某报", "某某报"),
        ("source", "来源：", None),
        ("source", "字号：A-", None),
        ("editor", "责任编辑:\n李四\xa0\n", "李四"),
        ("description", " 说磨坊 ", "说磨坊"),
        ("comment_count", "1.2万", 12000),
        ("comment_count", "", None),
        ("view_count", "阅读 30892", 30892),
        ("doc_id", "", None),
    ],
)
def test_cleaning(field: str, printed: str, loaded: object) -> None:
    assert getattr(load(**{field: [printed]}), field) == loaded


def load(**values: list[Any]) -> Article:
    loader = ArticleLoader()
    for field, given in values.items():
        loader.add_value(field, given)
    return complete(loader.load_item())


def test_lists_keep_every_value() -> None:
    found = load(tags=[" 甲 ", "", "\xa0", "乙"], notices=["", " 丙 "])
    assert (found.tags, found.notices) == (["甲", "乙"], ["丙"])


def test_the_first_of_several_values_counts() -> None:
    found = load(title=["甲", "乙"], source=["字号：A", "来源：某某报", "来源：别的报"])
    assert (found.title, found.source) == ("甲", "某某报")


def test_text_follows_from_the_paragraphs() -> None:
    found = complete(article(paragraphs=["甲 乙", "丙"]))
    other = complete(article(paragraphs=["甲", "乙丙"]))
    assert found.text == "甲 乙\n\n丙"
    assert found.text_hash == other.text_hash
    assert found.content_hash != other.content_hash


def test_nothing_loaded_is_nothing_said() -> None:
    assert replace(load(), text_hash="", content_hash="") == Article()


def test_every_printed_field_names_both_processors() -> None:
    for field in fields(Article):
        named = {hasattr(ArticleLoader, f"{field.name}_{way}") for way in ("in", "out")}
        assert len(named) == 1, field.name
        assert named == {field.name in {*FIELDS, "date_published", "date_modified"}}


def test_the_hash_is_that_of_the_line_in_the_archive() -> None:
    line = json.dumps(content(asdict(article())), ensure_ascii=False, sort_keys=True)
    assert content_hash(article()) == f"1:{hashlib.sha256(line.encode()).hexdigest()}"


def test_a_lone_surrogate_is_hashed() -> None:
    assert content_hash(article(title="\ud800")) != content_hash(article())
