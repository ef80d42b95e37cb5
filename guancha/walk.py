"""One listing being walked, page by page."""

from collections.abc import Sequence

from guancha import urls
from guancha.arguments import ArticlesArguments
from guancha.items import Outcome
from guancha.pages.listing import Entry
from guancha.sections import Section

MOST_PAGES = 200
"""No listing of the site has as many: one that does not end is left there."""


class Walk:
    """Where a walk stands, and whether it goes on.

    It ends at the last page wanted, where a page offers nothing that this walk has not met, where all of a
    page is older than wanted, or where the site sends it home. An address that offers nothing at all is
    given up for the next one of the section.
    """

    def __init__(self, section: Section, arguments: ArticlesArguments) -> None:
        self.arguments = arguments
        self.page = 1
        self._addresses = list(section.addresses)
        self._moved: str | None = None
        self._failures = 0
        self._met: set[str] = set()

    @property
    def url(self) -> str | None:
        """The page to ask for now; None where the walk has ended."""
        if self._moved:
            return self._moved
        return self._addresses[0].url(self.page) if self._addresses else None

    def move(self, url: str) -> bool:
        """Takes the address that the site sends us on to; False for a second one in a row."""
        self._moved, before = url, self._moved
        return before is None

    def is_end(self, outcome: Outcome) -> bool:
        """Whether an outcome only marks the end: behind a listing's last page the site goes home."""
        home = outcome.target_url is None or urls.kind(outcome.target_url) is urls.Kind.HOME
        return outcome.kind == "gone" and home and bool(self._met)

    def advance(self, entries: Sequence[Entry]) -> bool:
        """Moves on after a page with these entries; False where the walk has ended."""
        new = [entry for entry in entries if entry.article.article_id not in self._met]
        self._met.update(entry.article.article_id for entry in new)
        self._moved, self._failures = None, 0
        if not self._met:
            del self._addresses[0]
        elif not new or self._is_enough(new):
            self._addresses = []
        else:
            self.page += 1
        return self.url is not None

    def skip(self) -> bool:
        """Passes over a page that could not be had; False after two in a row, or before the first."""
        self._failures += 1
        if not self._met or self._failures > 1 or self.page >= self._last:
            return self.advance([])
        self._moved, self.page = None, self.page + 1
        return self.url is not None

    @property
    def _last(self) -> int:
        pages = self.arguments.pages
        return pages if isinstance(pages, int) else MOST_PAGES

    def _is_enough(self, new: Sequence[Entry]) -> bool:
        since = self.arguments.since
        if self.page >= self._last:
            return True
        return since is not None and all(e.article.date < since.isoformat() for e in new)
