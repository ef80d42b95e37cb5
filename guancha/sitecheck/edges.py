"""Claims about what stands around the pages: robots.txt, and how we are served."""

from protego import Protego

from guancha import urls
from guancha.exceptions import ClaimError, UnservedError
from guancha.sections import section
from guancha.sitecheck.findings import Asking, Finding, Standing
from guancha.sitecheck.known import Known
from guancha.sitecheck.words import short

ROBOTS = f"{urls.HOME}robots.txt"
CRAWLED = (
    urls.HOME,
    *(address.url(1) or "" for address in section("CaiJing").addresses),
    f"{urls.HOME}CaiJing/2026_10_04_903180.shtml",
)
"""One page of each sort that a crawl asks for."""
KEPT_OUT = (f"{urls.HOME}Search/?k=x", f"{urls.HOME}df888/")


def robots(known: Known) -> Asking:
    """robots.txt lets us in where a crawl goes, and keeps out what it is said to keep out."""
    response = yield from known.get(ROBOTS)
    if response.status >= 500:
        raise UnservedError(f"robots.txt answered {response.status}")
    if response.status != 200:
        return Finding(Standing.FAILS, f"status {response.status}")
    rules = Protego.parse(response.body.decode("utf-8", "replace"))
    closed = [short(url) for url in CRAWLED if not rules.can_fetch(url, known.agent)]
    if closed:
        return Finding(Standing.FAILS, f"it forbids us {', '.join(closed)}")
    opened = [short(url) for url in KEPT_OUT if rules.can_fetch(url, known.agent)]
    if opened:
        return Finding(Standing.FAILS, f"it does not forbid {', '.join(opened)}")
    delay = rules.crawl_delay(known.agent)
    asks = f"{delay:g} s" if delay else "no pause"
    return Finding(Standing.HOLDS, f"it does, and asks for {asks} between requests")


def plain(known: Known) -> Asking:
    """No answer was a challenge."""
    yield from ()
    pages, met = known.answers, known.challenges
    if not pages:
        raise ClaimError("nothing was answered")
    if met:
        what = "a script for browsers in place of the page, which a crawl can't pass"
        seen = f"CHALLENGED: {len(met)} of {pages} answers, the first {short(met[0])}: {what}"
        return Finding(Standing.FAILS, seen)
    return Finding(Standing.HOLDS, f"none of {pages} answers was one")
