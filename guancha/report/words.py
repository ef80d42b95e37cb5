"""What the words of the figures mean, for whoever did not write them."""

from collections.abc import Iterable
from http import HTTPStatus

from guancha.sections import section

OPEN = "open"
"""In place of a level, where there is no verdict."""
VERDICTS = {
    "ok": ("✓", "The run did its job"),
    "degraded": ("!", "The run did its job in part, or something looks different"),
    "failed": ("✕", "The run did not do its job"),
    OPEN: ("…", "The run has not ended"),
}
"""Level -> sign and words."""

ANSWERS = {
    "read": "read in full",
    "unchanged": "not changed, says the site",
    "stub": "only leads elsewhere",
    "gone": "sent home: not there",
    "deleted": "was there, and is no more",
    "restored": "is there again",
    "offsite": "leads to another site",
    "challenge": "asks for a browser",
    "layout": "not laid out as an article",
    "error": "no answer, or a broken one",
    "closed": "no comments are shown",
    "disabled": "no comments can be added",
}
RECORDS = ANSWERS | {
    "first": "new",
    "edit": "changed by the site",
    "extraction": "read by better rules",
    "recovered": "complete now",
    "counts": "comments counted",
}
BROWSER = {
    "challenges": "pages that a challenge stood before",
    "passed": "of them, passed",
    "not_ready": "pages that lacked what was wanted",
}
LINKS = {
    "known": "had before",
    "before_since": "older than wanted",
    "after_until": "newer than wanted",
    "too_many_hops": "too far from a listing",
    "over_limit": "beyond the limit of this run",
    "left_for_later": "left for a later run",
    "erased": "taken out by the operator",
}


def statuses() -> dict[str, str]:
    """Status of HTTP -> what it is called."""
    return {str(status.value): status.phrase for status in HTTPStatus}


def sections(slugs: Iterable[str]) -> dict[str, str]:
    """Slug -> name on the site, for those of the table."""
    return {slug: name for slug in slugs if (name := section(slug).name) != slug}
