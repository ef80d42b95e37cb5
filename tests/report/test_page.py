"""The page of a run tells what the ledger knows, and nothing on it can harm whoever looks at it."""

import re
from typing import Any

import pytest

from guancha.figures import Figures, Listing
from guancha.report.page import render
from guancha.report.text import LONGEST
from guancha.settings import FIELD_DROP, FIELD_FLOORS
from guancha.store.runs import Run
from guancha.verdict.reasons import Floors
from tests.report.reading import card, read, text

FLOORS = Floors(FIELD_FLOORS, FIELD_DROP, 0.8, 0.5, 0.7, 0.4, 0.25, {}, 0.15, 3)
HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=https://example.org/ onerror=alert(1)>",
    "</style></bdi></section>{{ 7 * 7 }}{% raw %}",
    "\u202eesrever\u2066 \x00\x1b[31m\x85\r\n\ud800",
    "z" + "\u0301" * 500,
    "长" * 100_000,
    "",
)
USUAL = Figures(
    started="2026-10-04T08:00:00+08:00",
    had=200,
    records=200,
    requests=300,
    written={"first": 20},
    fields={"title": 200, "tags": 120},
    pages={"article": 200},
    rules={"article/tags/1": 120},
    listings={"CaiJing": Listing(pages=1, offered=40, placed=40)},
)
FULL = Figures(
    started="2026-10-05T08:00:00+08:00",
    reason="finished",
    seconds=12000,
    requests=12345,
    retries=7,
    bytes=5_000_000,
    statuses={"200": 12000, "302": 345},
    had=100,
    records=100,
    unchanged=3,
    outcomes={"gone": 4},
    written={"first": 60, "edit": 5, "deleted": 2},
    listings={
        "CaiJing": Listing(pages=2, offered=50, placed=25, shown={"module": 25}),
        "WangWen": Listing(missed=1),
    },
    links={"known": 987654},
    fields={"title": 100, "tags": 3},
    pages={"article": 104, "listing": 2},
    rules={"article/tags/1": 3, "listing/links/1": 2},
    sections={"CaiJing": 70, "WangWen": 30},
    latency={"15 min": 20, "longer": 40},
    course=[60, 0, 10, 30],
    course_seconds=3000,
    faults={"KeyError": 1},
)


def run(figures: Figures | dict[str, Any], **values: Any) -> Run:
    kept = figures.kept() if isinstance(figures, Figures) else figures
    given = {
        "run_id": 12,
        "spider": "articles",
        "started": "2026-10-05T08:00:00+08:00",
        "finished": "2026-10-05T11:20:00+08:00",
        "reason": "finished",
        "job": None,
        "arguments": {},
        "verdict": "ok",
        "reasons": [],
        "is_accepted": False,
    }
    return Run(**given | values, figures=kept)


def test_it_tells_what_the_ledger_knows() -> None:
    reasons = ["field tags: too few", "something else"]
    given = {"job": "night", "arguments": {"pages": "all"}, "reasons": reasons}
    tree = read(render(run(FULL, verdict="degraded", **given), [USUAL, USUAL], FLOORS))

    assert "degraded" in text(tree, "//title")
    assert text(tree, "//ul[@class='reasons']/li[1]") == reasons[0]
    facts = text(tree, "//header//dl")
    for word in ("2026-10-05 08:00:00", "11:20:00", "3:20:00", "night", "pages=all", "5.0 MB"):
        assert word in facts
    assert "2 earlier runs" in facts
    tiles = text(tree, "//section[@class='tiles']")
    assert "100 articles read usually 200" in tiles
    assert "60 new usually 20 5 changed usually 0 2 deleted" in tiles
    assert "12,345 requests usually 300" in tiles
    assert "gone sent home: not there 4 4%" in card(tree, "Asked for")
    assert "15 min 20 33% 1 h 0 0%" in card(tree, "Age of new articles")
    assert "CaiJing 财经 70 70% WangWen 30 30%" in card(tree, "Sections")
    assert "edit changed by the site 5" in card(tree, "Records written")
    assert "known had before 987,654" in card(tree, "Links not followed")
    assert "302 Found 345 3%" in card(tree, "Answers")
    assert "KeyError 1" in card(tree, "Faults")
    assert "财经 CaiJing read 2 50 usually 40 50% module 25" in card(tree, "Listings")
    assert "WangWen ▼ missed" in card(tree, "Listings")
    assert "2026-10-04 08:00 200 20 0 0 300" in card(tree, "Earlier runs of its like")
    assert "article/tags/1 3% usually 60%" in card(tree, "Rules")


def test_the_course_of_a_run_is_drawn_and_told() -> None:
    tree = read(render(run(FULL)))

    heights = [float(height) for height in tree.xpath("//svg/rect/@height")]
    assert heights == pytest.approx([100, 0, 100 / 6, 50], abs=0.1)
    assert "each 3000 seconds; at most 60" in card(tree, "Articles over time")
    assert "08:00 60 08:50 0 09:40 10 10:30 30" in card(tree, "Articles over time")


def test_a_field_that_is_too_rare_comes_first_with_its_marks() -> None:
    tree = read(render(run(FULL), [USUAL, USUAL], FLOORS))
    first = "//section[h2='Fields']//li[1]"

    assert text(tree, first) == "tags ▼ 3% usually 60%, at least 30% expected"
    assert tree.xpath(f"{first}/@class") == ["low"]
    assert tree.xpath(f"{first}//*[@style]/@style") == ["width:3.0%", "left:60.0%", "left:30.0%"]
    assert not tree.xpath("//section[h2='Fields']//li[2]/@class")

    without = read(render(run(FULL), [USUAL, USUAL]))
    assert "expected" not in text(without, "//section[h2='Fields']//ul")


def test_the_first_run_of_its_like_is_measured_against_the_settings() -> None:
    tree = read(render(run(FULL), [], FLOORS))

    assert "tags ▼ 3% , at least 15% expected" in card(tree, "Fields")
    assert "no earlier runs" in text(tree, "//header//dl")
    assert "usually" not in text(tree, "//main")
    assert card(tree, "Earlier runs of its like") == ""


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_breaks_the_page(value: str) -> None:
    counts = {value: 3, "other": 4}
    names = (
        *("statuses", "outcomes", "written", "links", "fields", "pages", "rules", "sections"),
        *("latency", "faults"),
    )
    listing = Listing(pages=1, offered=3, placed=1, shown=counts)
    figures = Figures(
        started=value,
        reason=value,
        why=value,
        had=7,
        records=7,
        listings={value: listing},
        course=[1, 2, 3],
        **dict.fromkeys(names, counts),
    )
    given = dict.fromkeys(("spider", "started", "finished", "reason", "job", "verdict"), value)
    page = render(run(figures, **given, arguments=counts, reasons=[value]), [figures] * 3, FLOORS)
    tree = read(page)

    assert len(page) < 200_000
    assert not tree.xpath("//bdi/*")
    assert all(len(each.text_content()) < 3 * LONGEST for each in tree.xpath("//bdi"))


def test_a_hostile_value_can_still_be_read() -> None:
    tree = read(render(run(Figures(), reasons=list(HOSTILE[:4]))))
    script, image, template, turned = (
        each.text_content() for each in tree.xpath("//ul[@class='reasons']/li")
    )

    assert script == HOSTILE[0]
    assert image == HOSTILE[1]
    assert template == HOSTILE[2]
    assert turned == r"\u202eesrever\u2066 \x00\x1b[31m \ud800"


def test_thousands_of_everything_make_a_page_of_some_length() -> None:
    many = {f"Some{number}": number + 1 for number in range(5_000)}
    listings = {slug: Listing(missed=1) for slug in many} | {"home": Listing(pages=1, offered=9)}
    figures = Figures(had=5_000, records=5_000, listings=listings, sections=many, course=[5] * 240)
    figures.rules = figures.fields = figures.links = figures.outcomes = many
    arguments = {"urls": ",".join(many)}
    reasons = [f"listing {slug} could not be read" for slug in many]
    page = render(run(figures, arguments=arguments, reasons=reasons), [figures] * 40, FLOORS)
    tree = read(page)

    assert len(page) < 1_000_000
    assert "and 4,900 more" in card(tree, "Sections")
    assert "and 4,901 more" in card(tree, "Listings")
    assert "Some4999" in card(tree, "Sections")
    assert "4,992 more reasons" in text(tree, "//header/details/summary")


def test_a_number_of_the_page_is_no_id_of_an_article() -> None:
    counts = dict.fromkeys(("bytes", "requests", "retries", "had", "unchanged"), 1_903_180)
    figures = Figures(**counts, outcomes={"gone": 903180}, fields={"title": 1_718_942})
    page = render(run(figures, run_id=903180), [figures], FLOORS)

    assert not re.search(r"(?<![0-9A-Za-z])[0-9]{5,}(?![0-9A-Za-z])", page)


@pytest.mark.parametrize(
    ("figures", "values", "words"),
    [
        (Figures(), {"verdict": "failed", "reasons": ["it never started"]}, "did not do its job"),
        ({}, {"verdict": "failed", "finished": None, "reason": "killed"}, "did not do its job"),
        ({}, {"verdict": None, "finished": None, "reason": None}, "has not ended"),
    ],
)
def test_a_run_without_figures_has_a_page(figures: Any, values: Any, words: str) -> None:
    tree = read(render(run(figures, **values), [], FLOORS))

    assert words in text(tree, "//h1")
    assert tree.xpath("//h2/text()") == []


def test_figures_of_another_version_have_a_page() -> None:
    kept = {"articles": 5, "written": {"first": 5}, "listings": {"home": {"pages": 1}}, "later": {}}
    tree = read(render(run(kept), [Figures.read(kept)], FLOORS))

    assert "5 articles read usually 5 5 new" in text(tree, "//section[@class='tiles']")
    assert "首页 home ▼ empty 1" in card(tree, "Listings")
