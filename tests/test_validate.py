"""Validation: what a sound record needs; the others become outcomes that say why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from scrapy import Spider
from scrapy.utils.test import get_crawler

from guancha import clock
from guancha.items import Answer, Article, Image, Outcome, PostVisit, Visit
from guancha.pipelines.validate import Validate
from guancha.soundness import CLOCK_SKEW, REQUIRED, find_faults, find_post_faults, refused
from tests.pages.builder import NOW, TEXT, URL, Page
from tests.pages.post_builder import POST, PostHtml

Change = Callable[[Article], Article]


def changed(**fields: object) -> Change:
    return lambda article: replace(article, **fields)  # type: ignore[arg-type]


def at(moment: datetime) -> str:
    return clock.stamp(moment)


FAULTS: list[tuple[str, Change, dict[str, str]]] = [
    ("sound", changed(), {}),
    ("no title", changed(title=""), {"title": "missing"}),
    ("no content", changed(content_type=""), {"content_type": "missing"}),
    ("no time of crawl", changed(date_crawled=""), {"date_crawled": "missing"}),
    (
        "no date at all",
        changed(date_published=None, date_published_raw=None),
        {"date_published": "missing"},
    ),
    (
        "an update alone",
        changed(
            date_published=None,
            date_published_raw=None,
            date_modified="2020-03-04T09:00:00+08:00",
            date_modified_raw="2020-03-04 09:00:00",
        ),
        {},
    ),
    (
        "no date in what is printed",
        changed(date_published=None, date_published_raw="昨夜"),
        {"date_published": "not a date: '昨夜'"},
    ),
    (
        "no date in the update",
        changed(date_modified=None, date_modified_raw="昨夜"),
        {"date_modified": "not a date: '昨夜'"},
    ),
    (
        "a day alone",
        changed(date_published="2020-03-04", date_published_raw="2020-03-04"),
        {"date_published": "without a time: '2020-03-04'"},
    ),
    (
        "the future",
        changed(date_published=at(NOW + timedelta(days=1)), date_published_raw="后天"),
        {"date_published": "in the future: '后天'"},
    ),
    (
        "an update in the future",
        changed(date_modified="2099-01-01T00:00:00+08:00", date_modified_raw="后天"),
        {"date_modified": "in the future: '后天'"},
    ),
    ("the site's clock is ahead", changed(date_published=at(NOW + CLOCK_SKEW)), {}),
    (
        "a query",
        changed(url=f"{URL}?s=zwytt"),
        {"url": f"not canonical: '{URL}?s=zwytt'"},
    ),
    (
        "another host",
        changed(url=URL.replace("www.", "m.")),
        {"url": f"not canonical: '{URL.replace('www.', 'm.')}'"},
    ),
    (
        "a page of it",
        changed(url=URL.replace(".shtml", "_2.shtml")),
        {"url": f"not canonical: '{URL.replace('.shtml', '_2.shtml')}'"},
    ),
    (
        "off the site",
        changed(url="https://example.org/"),
        {"url": "not canonical: 'https://example.org/'"},
    ),
    ("another id", changed(article_id="7"), {"article_id": "'7' is not that of the URL"}),
    ("another day", changed(date="2020-03-05"), {"date": "'2020-03-05' is not that of the URL"}),
    (
        "another section",
        changed(section="economy"),
        {"section": "'economy' is not that of the URL"},
    ),
]


@pytest.mark.parametrize(
    ("change", "faults"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS]
)
def test_faults(change: Change, faults: dict[str, str]) -> None:
    assert find_faults(change(Page().article()), NOW) == faults


@pytest.mark.parametrize("name", REQUIRED)
def test_each_required_field_is_missed(name: str) -> None:
    assert name in find_faults(replace(Page().article(), **{name: ""}), NOW)


def test_an_empty_article_has_all_faults_and_no_error() -> None:
    assert set(find_faults(Article(), NOW)) == {*REQUIRED, "date_published"}


def test_a_refusal_says_what_is_wrong() -> None:
    article = replace(Page().article(), title="", section="x")
    outcome = refused(article, find_faults(article, NOW))
    assert (outcome.kind, outcome.article_id, outcome.url) == ("layout", "500100", URL)
    assert outcome.detail == "title: missing; section: 'x' is not that of the URL"
    assert outcome.date_crawled == article.date_crawled


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Validate:
    monkeypatch.setenv(clock.VARIABLE, NOW.isoformat())
    return Validate.from_crawler(get_crawler(Spider))


def test_the_pipeline_lets_the_sound_through(pipeline: Validate) -> None:
    visit = Visit(Page().article(), Answer(""))
    assert pipeline.process_item(visit) is visit
    outcome = Outcome(url=URL, kind="gone")
    assert pipeline.process_item(outcome) is outcome


def test_the_pipeline_counts_what_it_refuses(pipeline: Validate) -> None:
    article = replace(Page(body=TEXT).article(), title="", date="2020-03-05")
    found = pipeline.process_item(Visit(article, Answer("")))
    assert isinstance(found, Outcome)
    assert found.kind == "layout"
    assert pipeline.crawler.stats is not None
    stats = pipeline.crawler.stats.get_stats()
    assert {key: value for key, value in stats.items() if key.startswith("validate/")} == {
        "validate/title": 1,
        "validate/date": 1,
    }


def of_post(**fields: object) -> dict[str, str]:
    return find_post_faults(replace(PostHtml().post(), **fields), POSTED)  # type: ignore[arg-type]


POSTED = PostHtml().read().date


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, {}),
        ({"title": ""}, {"title": "missing"}),
        ({"paragraphs": []}, {"paragraphs": "missing"}),
        ({"paragraphs": [], "images": [Image("https://i.guancha.cn/1.jpg", None, 0)]}, {}),
        ({"date_published": None}, {}),
        ({"date_published": "2026-10-05"}, {}),
        (
            {"date_published": "2026-10-06", "date_published_raw": "明天"},
            {"date_published": "in the future: '明天'"},
        ),
        (
            {"post_id": "7"},
            {"url": "not canonical: 'https://user.guancha.cn/main/content?id=170204'"},
        ),
        ({"url": "http://[x"}, {"url": "not canonical: 'http://[x'"}),
    ],
)
def test_faults_of_a_post(fields: dict[str, object], faults: dict[str, str]) -> None:
    assert of_post(**fields) == faults


def test_the_pipeline_turns_an_unsound_post_into_an_outcome(pipeline: Validate) -> None:
    sound = PostVisit(PostHtml(time="2020-03-04 08:30").post(), Answer(""))
    assert pipeline.process_item(sound) is sound
    found = pipeline.process_item(PostVisit(replace(sound.post, title=""), Answer("")))
    assert isinstance(found, Outcome)
    assert (found.kind, found.stream, found.post_id, found.article_id) == (
        "layout",
        "posts",
        POST,
        None,
    )
