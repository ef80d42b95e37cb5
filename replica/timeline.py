"""The calendar of the stand-in: which entry exists when, under which id, and what becomes of it.

Entry ``i`` counts from the oldest. All its facts follow from the seed and ``i`` by arithmetic, so a
site of any size needs no memory. Fates go by remainders, so even ten entries hold some of each.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property

from replica.words import number

BEIJING = timezone(timedelta(hours=8))
EPOCHS = {"2019": date(2019, 9, 8), "2026": date(2026, 10, 5), "mixed": date(2026, 10, 5)}
NEWEST_IDS = {"2019": 517000, "2026": 903200, "mixed": 903200}
LAST_OLD_ID = 828160
"""No id before the change of 2026 lies above it."""
OLD_SHIFT = timedelta(days=45)
"""How much earlier the old half of a mixed site was published: before the change."""
ID_STEP = 4
"""Ids an entry owns: two for itself, one for a neighbour long gone, one that never was."""
GONE, GHOST = 2, 3
OPENING = 6 * 3600
HOURS = 13.5 * 3600
"""The day's publishing: 06:00 to 19:30, so that all of a day stands before 20:00."""


@dataclass(frozen=True)
class World:
    """One site on one day."""

    seed: int
    articles: int
    """Entries on day 0: articles, and one stub in twenty."""
    day: int = 0
    era: str = "2019"

    @cached_property
    def epoch(self) -> date:
        """Day 0."""
        return EPOCHS[self.era]

    @cached_property
    def now(self) -> datetime:
        """The hour at which this day's site is seen."""
        return datetime.combine(self.epoch + timedelta(days=self.day), time(20), BEIJING)

    @cached_property
    def per_day(self) -> int:
        """New entries a day."""
        return max(2, round(self.articles * 0.03))

    @cached_property
    def total(self) -> int:
        """Entries published until this day, deleted ones included."""
        return self.articles + self.day * self.per_day

    @cached_property
    def first_new(self) -> int:
        """The first entry in the mark-up of 2026."""
        return {"2019": 10**9, "2026": 0, "mixed": self.articles // 2}[self.era]

    @cached_property
    def _old_base(self) -> int:
        """Id of the place just after the last old entry."""
        if self.era == "2019":
            return NEWEST_IDS["2019"]
        first = NEWEST_IDS[self.era] - ID_STEP * (self.articles - self.first_new)
        return min(LAST_OLD_ID, first) // ID_STEP * ID_STEP

    def old(self, entry: int) -> bool:
        """Whether the entry wears the mark-up and slugs of 2019."""
        return entry < self.first_new

    def _place(self, entry: int) -> int:
        """The first of the ids that the entry owns."""
        if self.era == "mixed" and self.old(entry):
            return self._old_base + ID_STEP * (entry - self.first_new)
        return NEWEST_IDS[self.era] + ID_STEP * (entry - self.articles)

    def id_of(self, entry: int) -> int:
        """The id in the entry's URL."""
        return self._place(entry) + number(self.seed, entry, "id") % 2

    def spare_id(self, entry: int, which: int) -> int:
        """An id beside the entry's own that answers nothing: GONE or GHOST."""
        return self._place(entry) + which

    def entry_of(self, article_id: int) -> int | None:
        """The entry with that id, or None where none was published until this day."""
        entry = (article_id - NEWEST_IDS[self.era]) // ID_STEP + self.articles
        if self.era == "mixed" and article_id < self._old_base:
            entry = (article_id - self._old_base) // ID_STEP + self.first_new
        known = 0 <= entry < self.total and self.id_of(entry) == article_id
        return entry if known else None

    def day_of(self, entry: int) -> int:
        """Day of publication, counted from the epoch; negative before it."""
        return (entry - self.articles) // self.per_day + 1

    def published(self, entry: int) -> datetime:
        """The second of publication; later entries are later."""
        slot = (entry - self.articles) % self.per_day
        width = HOURS / self.per_day
        second = OPENING + slot * width + number(self.seed, entry, "second") % max(1, int(width))
        start = datetime.combine(self.epoch, time(), BEIJING) + timedelta(days=self.day_of(entry))
        moved = OLD_SHIFT if self.era == "mixed" and self.old(entry) else timedelta()
        return start - moved + timedelta(seconds=int(second))

    def edits(self, entry: int) -> tuple[datetime, ...]:
        """When the site changed the entry, until this day."""
        if entry % 8 != 3:
            return ()
        first = max(self.day_of(entry), 0) + 1 + entry // 8 % 6
        days = [first, first + 4] if entry % 40 == 11 else [first]
        noon = datetime.combine(self.epoch, time(12), BEIJING)
        extra = timedelta(seconds=number(self.seed, entry, "edit") % 7200)
        return tuple(noon + timedelta(days=day) + extra for day in days if day <= self.day)

    def deleted(self, entry: int) -> bool:
        """Whether the site has taken the entry away by this day."""
        if entry % 25 != 4:
            return False
        return max(self.day_of(entry), 0) + 1 + entry // 25 % 10 <= self.day

    def alive(self, entry: int) -> bool:
        """Whether the entry's URL answers with a page on this day."""
        return 0 <= entry < self.total and not self.deleted(entry)

    def is_stub(self, entry: int) -> bool:
        """Whether the entry only sends its reader elsewhere."""
        return entry % 20 == 16

    def hidden(self, entry: int, sections: int) -> bool:
        """Whether no listing shows the entry, though its section's next two entries link to it."""
        return entry % 30 == 21 and entry + 2 * sections < self.total
