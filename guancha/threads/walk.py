"""The comments of one article being walked, page by page, newest first."""

from collections.abc import Container, Iterable

from guancha.arguments.comments import CommentsArguments
from guancha.items import Comment, Counts, Thread
from guancha.pages.comment import Reading
from guancha.store.threads import WantedThread

PAGE_SIZE, HOT_PAGE_SIZE = 20, 10
MOST_PAGES = 1000
"""No article has 20,000 comments: a thread that does not end is left there."""


class ThreadWalk:
    """Where a walk stands, what it hands over, and whether it goes on.

    The hot comments come right after the first page, which waits for them: whether a comment is hot must be
    known before it is handed over. What is written meanwhile shifts the others to later pages, where they
    show twice; nothing is missed. ``pages=new`` ends at a page that names nothing that is new to the archive,
    if the last walk had all.
    """

    def __init__(self, wanted: WantedThread, arguments: CommentsArguments) -> None:
        self.wanted = wanted
        self.arguments = arguments
        self.page = 1
        self.hot_page = 0
        """The page of the hot ones that is asked for now; 0 for none."""
        self.has_gap = False
        """Whether a page could not be had."""
        self.is_at_end = False
        """Whether it has come to the very end."""
        self.total = 0
        """How many there were when it began, as the site counts them."""
        self.is_first = True
        """Whether nothing was had yet."""
        self._owed: Counts | None = None
        self._is_through = False
        self._is_joined = False
        self._failures = self._repeats = 0
        self._listed: set[str] = set()
        self._fresh: set[str] = set()
        self._handed: set[str] = set()
        self._held: dict[str, Comment] = {}
        self._quoted: dict[str, Comment] = {}

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"hot comments, page {self.hot_page}" if self.hot_page else f"page {self.page}"

    @property
    def is_ended(self) -> bool:
        """Whether there is nothing more to ask for."""
        return self._is_through and not self.hot_page

    @property
    def had(self) -> int:
        """How many comments its pages held."""
        return len(self._held) + len(self._handed)

    @property
    def is_short(self) -> bool:
        """Whether it came to the end, and comments are missing."""
        return self._is_through and (self.has_gap or (self.is_at_end and self.had < self.total))

    @property
    def is_whole(self) -> bool:
        """Whether the archive has all of them now."""
        return self.is_ended and not self.is_short and (self.is_at_end or self._is_joined)

    def take(self, reading: Reading, known: Container[str]) -> None:
        """Takes a page in and moves on; ``known`` are those of its comments that the archive has."""
        names_new = self._note(reading, known)
        self._failures = 0
        if self.hot_page:
            self._pass_hot(reading, names_new=names_new)
            return
        before = len(self._listed)
        self._listed.update(each.comment_id for each in reading.listed)
        self._repeats = 0 if len(self._listed) > before else self._repeats + 1
        if self.is_first:
            self._begin(reading, known)
        self._pass(reading, names_new=names_new)

    def skip(self) -> None:
        """Moves on after a page that could not be had; gives up at the first, and after two in a row."""
        if self.hot_page:
            # Nothing is missing for it but the mark.
            self.hot_page = 0
            return
        self._failures += 1
        self.has_gap = True
        self._is_joined = False
        if self.is_first or self._failures > 1 or self.page >= self._last:
            self._is_through = True
        else:
            self.page += 1
            self._is_through = (self.page - 1) * PAGE_SIZE >= self.total

    def hand_over(self) -> Thread | None:
        """What is to be committed now; None while the hot ones are waited for."""
        if self.hot_page or self.is_first:
            return None
        found = [*self._held.values(), *(self._quoted.values() if self.is_ended else ())]
        thread = Thread(self.wanted.article_id, found, self._owed, self.is_whole)
        self._handed.update(self._held)
        self._held, self._owed = {}, None
        return thread

    @property
    def _last(self) -> int:
        pages = self.arguments.pages
        return min(pages, MOST_PAGES) if isinstance(pages, int) else MOST_PAGES

    def _begin(self, reading: Reading, known: Container[str]) -> None:
        self.is_first = False
        self._owed = reading.counts
        is_closed = reading.counts.comments == "closed"
        self.total = 0 if is_closed else reading.counts.comment_count or 0
        more = (reading.counts.hot_count or 0) > len(reading.hots)
        if self.arguments.hot and more and not reading.is_all:
            is_news = not reading.hots or self._is_new(reading.hots, known)
            self.hot_page = int(is_news or not self._ends_at_known)

    def _pass(self, reading: Reading, *, names_new: bool) -> None:
        seen = self.wanted.is_whole and not names_new and not self.has_gap
        self._is_joined |= seen
        behind = self.page * PAGE_SIZE >= (reading.counts.comment_count or 0)
        if reading.is_all or behind or not reading.listed or self._repeats > 1:
            self._is_through = True
            # Who wants a page alone, wants what is on it.
            self.is_at_end = self.arguments.source == "json" or self.had >= self.total
        elif (seen and self.arguments.pages == "new") or self.page >= self._last:
            self._is_through = True
        else:
            self.page += 1

    def _pass_hot(self, reading: Reading, *, names_new: bool) -> None:
        behind = self.hot_page * HOT_PAGE_SIZE >= (reading.counts.hot_count or 0)
        seen = self._ends_at_known and not names_new
        is_over = behind or seen or not reading.listed or self.hot_page >= self._last
        self.hot_page = 0 if is_over else self.hot_page + 1

    @property
    def _ends_at_known(self) -> bool:
        return self.arguments.pages == "new" and self.wanted.is_whole

    def _note(self, reading: Reading, known: Container[str]) -> bool:
        """Keeps what was not met yet; tells whether the page names what is new to the archive."""
        for comment in reading.comments:
            number = comment.comment_id
            if number not in known and number not in self._handed:
                self._fresh.add(number)
            if number in self._held:
                self._held[number].is_hot |= comment.is_hot
            elif number not in self._handed:
                self._held[number] = comment
            self._quoted.pop(number, None)
        for comment in reading.quoted:
            if comment.comment_id not in self._held and comment.comment_id not in self._handed:
                self._quoted.setdefault(comment.comment_id, comment)
        return self._is_new(reading.listed, known)

    def _is_new(self, found: Iterable[Comment], known: Container[str]) -> bool:
        # By now the archive has those that this walk has handed over.
        numbers = [each.comment_id for each in found]
        return any(number not in known or number in self._fresh for number in numbers)
