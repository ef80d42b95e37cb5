"""What was met on the way, in figures that processes hand on and add up."""

from collections import Counter
from dataclasses import dataclass, field

Counts = Counter[str]
CHANGES = ("edit", "extraction", "recovered")
"""Causes of a revision that is not the first."""


@dataclass
class Tally:
    """Counts of one stretch of work, or of all."""

    records: int = 0
    """Of any type, faulty ones included."""
    passed: Counts = field(default_factory=Counter)
    """Sort of record, or reason -> how many yielded nothing by themselves."""
    faults: Counts = field(default_factory=Counter)
    """Name -> records that could not be read."""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Name of a fault -> the first file, by its number, and the place in it, that had one."""
    read: int = 0
    """Visits that held an article."""
    outcomes: Counts = field(default_factory=Counter)
    """Kind -> visits that held something else."""
    written: Counts = field(default_factory=Counter)
    """Cause of a revision or kind of an outcome -> lines added."""

    @property
    def changed(self) -> int:
        """Revisions that are not the first."""
        return sum(self.written[cause] for cause in CHANGES)

    @property
    def unchanged(self) -> int:
        """Visits that held an article and added no line."""
        return self.read - self.written["first"] - self.changed

    def fault(self, name: str, file: int, offset: int) -> None:
        """Counts one."""
        self.faults[name] += 1
        self._note(name, (file, offset))

    def add(self, other: "Tally") -> None:
        """Takes those of another stretch in."""
        self.records += other.records
        self.read += other.read
        for ours, theirs in (
            (self.passed, other.passed),
            (self.faults, other.faults),
            (self.outcomes, other.outcomes),
            (self.written, other.written),
        ):
            ours.update(theirs)
        for name, place in other.places.items():
            self._note(name, place)

    def _note(self, name: str, place: tuple[int, int]) -> None:
        self.places[name] = min(place, self.places.get(name, place))
