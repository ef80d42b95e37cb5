"""What a survey found, for a person or for a program; and the exit code that follows."""

import json
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from guancha.sitecheck.findings import Standing
from guancha.sitecheck.survey import Checked

OK, LEFT, DIFFERENT = 0, 1, 3
COLOURS = {
    Standing.HOLDS: "green",
    Standing.FAILS: "bold red",
    Standing.UNKNOWN: "yellow",
    Standing.SPARED: "dim",
}


def exit_code(found: Sequence[Checked], *, is_left: bool) -> int:
    """1 where the site was left alone, 3 where somebody has to look into a claim, else 0."""
    if is_left:
        return LEFT
    return OK if all(each.finding.standing.is_well for each in found) else DIFFERENT


def as_json(found: Sequence[Checked], ended: str | None) -> str:
    """One object: ``ended``, why it ended before the last claim, and ``claims`` in their order."""
    claims = [
        {
            "claim": each.claim.key,
            "name": each.claim.name,
            "standing": each.finding.standing.name.lower(),
            "seen": each.finding.seen,
            "urls": each.urls,
        }
        for each in found
    ]
    return json.dumps({"ended": ended, "claims": claims}, ensure_ascii=False, indent=2)


def draw(found: Sequence[Checked], out: TextIO) -> None:
    """A table as wide as the terminal, or of 80 columns where there is none."""
    # Not above: Scrapy imports every command for each.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD)
    table.add_column("Finding", no_wrap=True)
    table.add_column("Claim", ratio=4)
    table.add_column("Seen", ratio=5, overflow="fold")
    for each in found:
        standing = each.finding.standing
        # As text: square brackets of the site's are no mark-up of ours.
        colour = COLOURS[standing]
        table.add_row(Text(standing.value, colour), each.claim.name, Text(each.finding.seen))
    console = Console(file=out)
    console.print(table)
    console.print(Text(words(found)))


def words(found: Sequence[Checked]) -> str:
    """How many claims stand how.

    >>> words([])
    '0 of 0 claims hold.'
    """
    counts = Counter(each.finding.standing for each in found)
    holding = f"{counts.pop(Standing.HOLDS, 0)} of {len(found)} claims hold"
    return "; ".join([holding, *(f"{s.value}: {counts[s]}" for s in Standing if counts[s])]) + "."
