"""One listing being walked, page by page."""

from collections.abc import Sequence

from guancha.arguments import ArticlesArguments
from guancha.items import Outcome
from guancha.pages.listing import Entry
from guancha.sections import Section


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
        self._met: set[str] = set()

    @property
    def url(self) -> str | None:
        """The page to ask for now; None where the walk has ended."""
        return self._addresses[0].url(self.page) if self._addresses else None

    def is_end(self, outcome: Outcome) -> bool:
        """Whether an outcome only marks the end: behind a listing's last page the site goes home."""
        return outcome.kind == "gone" and bool(self._met)

    def advance(self, entries: Sequence[Entry]) -> bool:
        """Moves on after a page with these entries; False where the walk has ended."""
        new = {entry.article.article_id for entry in entries} - self._met
        self._met |= new
        if not self._met:
            del self._addresses[0]
        elif not new or self._is_enough(entries):
            self._addresses = []
        else:
            self.page += 1
        return self.url is not None

    def _is_enough(self, entries: Sequence[Entry]) -> bool:
        pages, since = self.arguments.pages, self.arguments.since
        if isinstance(pages, int) and self.page >= pages:
            return True
        return since is not None and all(e.article.date < since.isoformat() for e in entries)
