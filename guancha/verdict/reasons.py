"""What is thought of a run, and what is expected of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

OK, DEGRADED, FAILED = "ok", "degraded", "failed"
LEVELS = (OK, DEGRADED, FAILED)


@dataclass(frozen=True)
class Floors:
    """What is expected of a run; shares from 0 to 1. The settings give the reasons."""

    fields: Mapping[str, float]
    """Field of ``coverage`` -> least share of the articles that have it."""
    drop: float
    """Part of the share of the runs before, below which a field or rule may not fall."""
    steady_drop: float
    """The same where nearly all articles had it."""
    articles: float
    """Least share of articles among the answers to requests for articles."""
    listings: float
    """Least share of the listings that offer an article."""
    shown: float
    """Least share of a listing's articles that its templates show, where no run before tells."""
    incomplete: float
    """Largest share of the split articles of which a page could not be had."""
    outcomes: Mapping[str, float]
    """Kind of an outcome -> largest share among the answers to requests for articles."""
    gone: float
    """Largest share of what is gone among them, but for chance."""
    stale_days: int
    """Days without a new article, where runs before had some more often."""


@dataclass(frozen=True)
class Reason:
    """Why a run is not ok."""

    level: str
    words: str


@dataclass(frozen=True)
class Verdict:
    """What is thought of a run."""

    reasons: Sequence[Reason] = field(default_factory=tuple)

    def __add__(self, reason: Reason) -> "Verdict":
        """The verdict with one more reason."""
        return Verdict((*self.reasons, reason))

    @property
    def level(self) -> str:
        """ok without a reason, else that of the worst one."""
        return max((reason.level for reason in self.reasons), key=LEVELS.index, default=OK)

    @property
    def words(self) -> list[str]:
        """The reasons in words, the worst first."""
        return [reason.words for reason in self.ranked]

    @property
    def ranked(self) -> list[Reason]:
        """The worst first."""
        return sorted(self.reasons, key=lambda reason: -LEVELS.index(reason.level))
