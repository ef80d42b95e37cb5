"""What is thought of a reparse, and its figures in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guancha.reparse.pool import Died
from guancha.reparse.tally import Counts, Tally
from guancha.reparse.tasks import UNREADABLE
from guancha.verdict.chance import is_above
from guancha.verdict.reasons import DEGRADED, FAILED, Reason, Verdict


@dataclass
class Done:
    """All that a run did."""

    files: Sequence[Path]
    captures: int = 0
    """Of articles; one that is there twice is one."""
    articles: int = 0
    tally: Tally = field(default_factory=Tally)
    deaths: list[Died] = field(default_factory=list)
    erased: int = 0
    """Articles that are not taken in again."""


def judge(done: Done, most: Mapping[str, float]) -> Verdict:
    """The verdict; ``most`` is kind of an outcome -> largest share of the answers."""
    return Verdict((*_failures(done), *_faults(done), *_outcomes(done.tally, most)))


def _failures(done: Done) -> Iterator[Reason]:
    tally = done.tally
    if not tally.read and not tally.outcomes and not done.erased:
        yield Reason(FAILED, "nothing of an article was in it")
    for died in done.deaths:
        how = f"by signal {-died.code}" if died.code and died.code < 0 else "by an error, see above"
        where = place(done.files, died.file, died.offset)
        yield Reason(FAILED, f"a process was ended {how}, at {where}: that was left out")


def _faults(done: Done) -> Iterator[Reason]:
    for name, number in sorted(done.tally.faults.items()):
        level = FAILED if name == UNREADABLE else DEGRADED
        first = place(done.files, *done.tally.places[name])
        yield Reason(level, f"{number} records with a fault: {name}, first at {first}")


def _outcomes(tally: Tally, most: Mapping[str, float]) -> Iterator[Reason]:
    answers = tally.read + sum(tally.outcomes.values())
    for kind, share in most.items():
        if is_above(tally.outcomes[kind], answers, share):
            words = f"{tally.outcomes[kind]} of {answers} answers, at most {share:.0%} expected"
            yield Reason(DEGRADED, f"{kind}: {words}")


def place(files: Sequence[Path], file: int, offset: int) -> str:
    """Where something stands, in words."""
    # What was copied is told as what it was copied from.
    path = files[file if file >= 0 else -file - 1]
    return f"{path}, byte {offset}" if file >= 0 else f"{path}, packed as a whole"


def summary(done: Done) -> Iterator[tuple[str, str]]:
    """The figures, a line each: name and value."""
    tally = done.tally
    yield "files", f"{len(done.files):,}"
    yield "records", f"{tally.records:,}"
    yield "captures of articles", f"{done.captures:,}"
    yield "articles", f"{done.articles:,}"
    yield "visits read", f"{tally.read:,}"
    yield "new", f"{tally.written['first']:,}"
    yield "changed", f"{tally.changed:,}"
    yield "unchanged", f"{tally.unchanged:,}"
    for name, counts in (
        ("no article", tally.outcomes),
        ("faults", tally.faults),
        ("passed over", tally.passed),
    ):
        if +counts:
            yield name, _counts(counts)
    if done.erased:
        yield "erased before", f"{done.erased:,}"


def _counts(counts: Counts) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in sorted((+counts).items()))
