"""Each claim, broken in turn: that one is told, and no other but those that build on it."""

import json
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from guancha.sitecheck.claims import CLAIMS, MOST_REQUESTS
from guancha.sitecheck.findings import Standing
from replica.addresses import url_of
from replica.articles import facts
from replica.comments import answer as comments
from replica.faults import CHALLENGE
from replica.kinds import offers_full_text
from replica.listings import newest
from replica.site import Answer, Site
from replica.timeline import World
from tests.sitecheck.bent import (
    HOME,
    WORLD,
    Bend,
    BentSite,
    at,
    found,
    instead,
    page,
    renamed,
    unwell,
)

FAILS, UNKNOWN = Standing.FAILS, Standing.UNKNOWN
EMPTY = page("<html><body><ul></ul></body></html>")
ARTICLE = facts(WORLD, newest(WORLD, "CaiJing", 1)[0])
PATH = ARTICLE.url.removeprefix("https://www.guancha.cn")
STEM = PATH.removesuffix(".shtml")
ON_ARTICLE = dict.fromkeys(
    ("other_slug", "wrong_date", "full_text", "single", "comments", "mobile"), UNKNOWN
)
SPLIT = next(
    world
    for world in (World(seed, 603, era="2026") for seed in range(9))
    if offers_full_text(newest(world, "CaiJing", 1)[0])
)
"""A site whose newest article of the section is split."""
PAGE_1 = Site(SPLIT).answer(
    "www.guancha.cn", urlsplit(url_of(SPLIT, newest(SPLIT, "CaiJing", 1)[0])).path
)
JSON = json.loads(comments(WORLD, f"/comment/cmt-list.json?codeId={ARTICLE.doc_id}&codeType=1"))


def said(**changes: object) -> Bend:
    """Comments with some keys changed."""
    return at("cmt-list", Answer(200, json.dumps(JSON | changes).encode()))


def few_links(host: str, target: str, sound: Answer) -> Answer | None:
    """A home page with few links to articles."""
    if target != "/":
        return None
    first, *others = sound.body.split(b".shtml")
    return replace(sound, body=first + b".shtml" + b".html".join(others))


def robots(text: str) -> Bend:
    return at("/robots.txt", Answer(200, text.encode()))


@pytest.fixture(autouse=True)
def _the_replicas_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANCHA_NOW", WORLD.now.isoformat())


@pytest.mark.parametrize("era", ["2019", "2026", "mixed"])
def test_of_the_replica_every_claim_holds(era: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site = BentSite(World(1, 600, era=era))
    monkeypatch.setenv("GUANCHA_NOW", site.world.now.isoformat())
    findings = found(site)

    assert unwell(findings) == {}
    assert list(findings) == [claim.key for claim in CLAIMS]
    former = "/economy/list_1.shtml" if era == "2019" else "/column/CaiJing"
    assert findings["section"].seen.startswith(former)
    assert len(site.asked) <= MOST_REQUESTS


@pytest.mark.parametrize(
    ("key", "bend", "seen"),
    [
        ("robots", at("/robots.txt", Answer(404)), "status 404"),
        ("robots", at("/robots.txt", HOME), "status 302"),
        ("robots", at("/robots.txt", Answer(403)), "status 403"),
        ("robots", robots("User-agent: *\nAllow: /"), "does not forbid /Search/"),
        ("robots", robots("User-agent: *\nDisallow: /Search/"), "not forbid /df888/"),
        ("robots", robots("User-agent: *\nDisallow: /column/"), "forbids us /column/CaiJing"),
        ("robots", robots("User-agent: guancha\nDisallow: /"), "forbids us /, "),
        ("home", renamed("cn/$", "<dt>", "<dd>"), "no index of letters"),
        ("home", renamed("cn/$", ".shtml", ".html"), "another layout (no listing/links)"),
        ("home", few_links, "but only 1 article"),
        ("section", at("/CaiJing/2", HOME), "page 2: sent to the home page"),
        ("section", instead("/CaiJing/2", "/CaiJing"), "page 2 has no others"),
        ("section", at("/column/CaiJing", EMPTY), "no listing/links"),
        ("section", at("/column/CaiJing", Answer(404)), "/column/CaiJing: status 404"),
        ("numbered", instead("yw/list_2", "yw/list_1"), "page 2 has no others"),
        ("numbered", at("mainnews-yw", EMPTY), "no listing/links"),
        ("behind", instead("/9999", "/1"), "page 1 again"),
        ("behind", instead("/9999", "/2"), "a page with 27 articles"),
        ("behind", at("/9999", Answer(404)), "status 404"),
        ("behind", at("/9999", EMPTY), "another layout"),
        ("behind", at("/9999", Answer(302, b"", {"Location": "/x/"})), "sent to /x/"),
        ("behind", at("/9999", Answer(302, b"", {"Location": "http://[x"})), "not a URL"),
        ("unknown", instead("/Nobody-Of-This-Name/", "/mainnews-yw/"), "with 40 articles"),
        ("unknown", at("/Nobody-Of-This-Name/", EMPTY), "another layout"),
        ("other_slug", at("/politics/", HOME), "sent to the home page"),
        ("other_slug", at("/politics/", EMPTY), "another layout"),
        ("wrong_date", instead("2011_01_01", STEM[-17:-7]), "an article"),
        ("wrong_date", at("2011_01_01", Answer(302, b"", {"Location": PATH})), "sent on to"),
        ("single", instead("_s.shtml", ".shtml"), "an article"),
        ("single", at("_s.shtml", Answer(410)), "status 410"),
        ("comments", at("cmt-list", page("<html>")), "no JSON object"),
        ("comments", at("cmt-list", page("[1]")), "code None"),
        ("comments", at("cmt-list", page("[" * 100_000)), "no JSON object"),
        ("comments", at("cmt-list", page('{"code"')), "no JSON object"),
        ("comments", at("cmt-list", page("{}")), "code None"),
        ("comments", at("cmt-list", Answer(404)), "status 404"),
        ("comments", said(code=1), "code 1"),
        ("comments", said(count="9"), "no count"),
        ("comments", said(items=None), "no items"),
        ("comments", said(items=[]), "but no items"),
        ("comments", said(items=[1]), "a comment without content"),
        ("comments", said(items=[{"id": 1}]), "a comment without content"),
        ("box", at("redian", page("<html>")), "0 items, none leads to an article"),
        ("box", at("redian", Answer(404)), "0 items, none leads to an article"),
        ("box", at("redian", page('{"items": [{"HTTP_URL": "//[x"}]}')), "1 item, none"),
        ("posts", at("index-list", page("<html>")), "status 200, no link to a post"),
        ("posts", at("index-list", Answer(404)), "status 404, no link to a post"),
        ("mobile", at("m.guancha.cn", HOME), "sent to the home page"),
        ("mobile", renamed("m.guancha.cn", "all-txt", "mobile"), "no article/body"),
        ("mobile", renamed("m.guancha.cn", "<h3>", "<h3>又"), "another article: 又"),
    ],
)
def test_a_claim_that_does_not_hold_is_told_alone(key: str, bend: Bend, seen: str) -> None:
    findings = found(BentSite(bend=bend))

    assert unwell(findings) == {key: FAILS}
    assert seen in findings[key].seen


@pytest.mark.parametrize(
    ("bend", "expected", "seen"),
    [
        (renamed(STEM, "all-txt", "new-txt"), ON_ARTICLE, "no article/body"),
        (renamed(STEM, "</html>", ""), ON_ARTICLE, "cut before"),
        (renamed(STEM, ARTICLE.published.strftime("%H:%M"), "99:99"), {}, "not a date"),
    ],
)
def test_an_article_that_is_not_read_is_told(
    bend: Bend, expected: dict[str, Standing], seen: str
) -> None:
    findings = found(BentSite(bend=bend))

    assert unwell(findings) == expected | {"article": FAILS}
    assert seen in findings["article"].seen


def test_links_that_lead_elsewhere_are_passed_over() -> None:
    findings = found(BentSite(bend=at(PATH, HOME)))

    assert unwell(findings) == {}
    assert f"{PATH}: sent to the home page" in findings["article"].seen


def test_what_builds_on_a_claim_says_what_it_lacks() -> None:
    findings = found(BentSite(bend=at("cn/($|column|mainnews)", EMPTY)))
    failed = dict.fromkeys(("home", "section", "numbered"), FAILS)

    assert unwell(findings) == ON_ARTICLE | failed | {"behind": UNKNOWN, "article": UNKNOWN}
    assert findings["behind"].seen == "no listing was found"
    assert findings["article"].seen == "no link to an article was found"
    assert findings["mobile"].seen == "no article was found"


@pytest.mark.parametrize(
    ("bend", "expected", "seen"),
    [
        (lambda *_: None, {}, " on page 1"),
        (at("_s.shtml", HOME), {"full_text": FAILS}, "sent to the home page"),
        (at("_s.shtml", EMPTY), {"full_text": FAILS}, "another layout"),
        (at("_s.shtml", PAGE_1), {"full_text": FAILS}, "paragraphs, and"),
    ],
)
def test_the_full_text_of_a_split_article(
    bend: Bend, expected: dict[str, Standing], seen: str
) -> None:
    findings = found(BentSite(SPLIT, bend))

    assert unwell(findings) == expected
    assert seen in findings["full_text"].seen
    assert findings["single"].standing is Standing.SPARED


def test_the_crawl_delay_is_told() -> None:
    rules = "User-agent: *\nDisallow: /Search/\nDisallow: /df888/\nCrawl-delay: 7"
    findings = found(BentSite(bend=robots(rules)))

    assert findings["robots"].seen == "it does, and asks for 7 s between requests"


def test_a_failing_server_is_no_proof_against_a_claim() -> None:
    findings = found(BentSite(bend=at("/column/CaiJing$", Answer(500))))

    assert unwell(findings) == {"section": UNKNOWN}
    assert findings["section"].seen == "/column/CaiJing answered with status 500"


def test_one_challenge_is_told_loudly() -> None:
    findings = found(BentSite(bend=at("/politics/", page(CHALLENGE))))

    assert unwell(findings) == {"other_slug": UNKNOWN, "plain": FAILS}
    assert findings["plain"].seen.startswith("CHALLENGED: 1 of ")


def test_a_refused_home_page_ends_the_survey() -> None:
    site = BentSite(bend=lambda host, target, _: Answer(403) if target == "/" else None)
    findings = found(site)

    assert len(site.asked) == 2
    assert findings["home"].seen == "/ answered with status 403"
    assert findings["plain"].seen == "not asked"


def test_what_the_site_says_can_not_steer_a_terminal() -> None:
    findings = found(
        BentSite(bend=renamed("m.guancha.cn", "<h3>", "<h3>\u202e[red]\x1b[2J" + "长" * 999))
    )

    assert findings["mobile"].standing is FAILS
    assert findings["mobile"].seen.isprintable()
    assert len(findings["mobile"].seen) <= 301
