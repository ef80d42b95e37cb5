"""What captures yield: the items that a crawl would have handed over, when it would have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from guancha import urls
from guancha.clock import stamp
from guancha.items import Outcome, Sighting, Visit
from guancha.reparse.visits import Answered, Visits
from guancha.store.past import Event
from guancha.warc.captures import Capture, Note
from tests.pages.builder import NOW, URL, Page, pager

OTHER = URL.replace("WangWu", "economy")
HTML = [("Content-Type", "text/html; charset=gbk"), ("ETag", '"1"')]


def captured(
    minutes: float = 0,
    body: bytes | None = None,
    url: str = URL,
    status: int = 200,
    headers: list[tuple[str, str]] | None = None,
    **note: Any,
) -> Answered:
    date = NOW + timedelta(minutes=minutes)
    content = Page().html if body is None else body
    capture = Capture(url, date, status, HTML if headers is None else headers, content)
    return Answered(urls.article(url), date, Note(**note), lambda: capture)


def moved(minutes: float, to: str, **more: Any) -> Answered:
    return captured(minutes, b"", status=301, headers=[("Location", to)], **more)


def events(*captures: Answered) -> list[Event]:
    return list(Visits(captures).events())


def kinds(found: list[Event]) -> Iterator[tuple[float, str]]:
    for event in found:
        kind = event.item.kind if isinstance(event.item, Outcome) else type(event.item).__name__
        yield (event.date - NOW) / timedelta(minutes=1), kind


def test_a_visit_is_as_the_crawl_hands_it_over() -> None:
    (event,) = events(captured(1.5, list_title="题", hops=1, origin="CaiJing"))

    assert isinstance(event.item, Visit)
    article = event.item.article
    when = stamp(NOW + timedelta(minutes=1.5))
    assert (article.date_crawled, article.url, article.title) == (when, URL, "磨坊")
    assert (event.item.answer.etag, len(event.item.answer.page_hash)) == ('"1"', 64)
    (target,) = event.targets
    assert (target.list_title, target.hops, target.origin) == ("题", 1, "CaiJing")


def test_all_addresses_are_known_from_the_beginning() -> None:
    first, second = events(captured(0), captured(1, url=OTHER, list_title="后来"))

    assert [target.article.canonical for target in first.targets] == [URL, OTHER]
    assert [target.list_title for target in first.targets] == [None, None]
    assert [target.list_title for target in second.targets] == ["后来"]


def test_a_redirect_yields_nothing_and_what_it_leads_to_has_the_name_that_was_asked_for() -> None:
    gone = captured(2, b"", OTHER, 404, asked=URL)
    found = events(moved(0, OTHER), captured(1, url=OTHER, asked=URL), moved(1.5, OTHER), gone)

    assert list(kinds(found)) == [(1, "Visit"), (2, "gone")]
    assert isinstance(found[0].item, Visit)
    assert found[0].item.article.url == OTHER
    assert found[0].targets[0].article.canonical == URL
    assert isinstance(found[1].item, Outcome)
    assert found[1].item.url == URL


def test_a_second_redirect_is_a_circle() -> None:
    (event,) = events(moved(0, OTHER), moved(1, URL, url=OTHER, asked=URL))

    assert isinstance(event.item, Outcome)
    assert (event.item.kind, event.item.url) == ("error", URL)
    assert "again and again" in (event.item.detail or "")


def test_an_address_of_another_article_is_not_what_was_asked_for() -> None:
    elsewhere = URL.replace("500100", "500101")
    (event,) = events(captured(asked=elsewhere))

    assert event.targets[0].article.canonical == URL
    assert list(kinds(events(captured(asked="http://[")))) == [(0, "Visit")]


def test_a_passing_fault_is_told_where_nobody_asked_again_soon() -> None:
    cut = Page().html[:400]
    visits = Visits(
        [captured(0, cut), captured(1, cut), captured(2), captured(9, cut), captured(99)]
    )

    assert list(kinds(list(visits.events()))) == [
        (2, "Visit"),
        (9, "error"),
        (99, "Visit"),
    ]
    assert visits.passed["asked for again"] == 2


def test_nothing_new_is_a_sighting() -> None:
    (event,) = events(captured(0, b"", status=304))

    assert event.item == Sighting("500100", URL, stamp(NOW))


def test_a_page_that_is_not_sound_is_an_outcome() -> None:
    (event,) = events(captured(0, Page(times="").html))

    assert isinstance(event.item, Outcome)
    assert (event.item.kind, event.item.date_crawled) == ("layout", stamp(NOW))


def test_a_date_behind_the_capture_is_not_believed() -> None:
    early = replace(captured(), date=datetime.fromisoformat("2020-03-01T00:00:00+08:00"))
    (event,) = events(early)

    assert isinstance(event.item, Outcome)
    assert "in the future" in (event.item.detail or "")


def part(number: int, minutes: float, text: str = "") -> Answered:
    body = f"<p>第{number}页的正文，河边的磨坊{text}。</p>"
    html = Page(body=body, after=pager(3, number, full_text=False)).html
    return captured(
        minutes, html, URL if number == 1 else URL.replace(".shtml", f"_{number}.shtml")
    )


def paragraphs(event: Event) -> list[str]:
    assert isinstance(event.item, Visit)
    return [each[1] for each in event.item.article.paragraphs]


def test_further_pages_belong_to_the_visit_before_them() -> None:
    found = events(
        part(2, -5, "早"), part(1, 0), part(2, 1), part(3, 2), part(1, 60), part(2, 61), part(2, 62)
    )

    assert [paragraphs(each) for each in found] == [["1", "2", "3"], ["1", "2"]]
    assert list(kinds(found)) == [(2, "Visit"), (61, "Visit")]
    for event, whole in zip(found, (True, False), strict=True):
        assert isinstance(event.item, Visit)
        assert (event.item.article.is_complete, event.item.article.page_count) == (whole, 3)
        assert "早" not in event.item.article.text


def test_further_pages_of_another_day_belong_to_no_visit() -> None:
    visits = Visits([part(1, 0), part(2, 1), part(3, 24 * 60)])
    (event,) = visits.events()

    assert paragraphs(event) == ["1", "2"]
    assert visits.passed["page without its first"] == 1


def test_further_pages_may_have_been_had_just_before_the_first() -> None:
    (event,) = events(part(3, -2), part(2, -1), part(1, 0))

    assert paragraphs(event) == ["1", "2", "3"]


def test_of_a_further_page_the_first_answer_counts_that_is_one() -> None:
    cut = replace(part(2, 1), load=captured(1, b"<html><body>").load)
    visits = Visits([part(1, 0), cut, part(2, 2, "甲"), part(2, 3, "乙"), part(3, 4)])
    (event,) = visits.events()

    assert paragraphs(event) == ["1", "2", "3"]
    assert isinstance(event.item, Visit)
    assert "甲" in event.item.article.text
    assert visits.passed["page without its first"] == 1


def test_what_can_not_be_read_after_all_yields_nothing() -> None:
    assert events(replace(captured(), load=lambda: None)) == []
