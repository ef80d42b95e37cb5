"""One claim after the other: what to ask for next, and what was found."""

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, replace

from scrapy.http import Response

from guancha.exceptions import ClaimError, UnservedError
from guancha.processors.text import visible
from guancha.sitecheck.claims import CLAIMS, Claim
from guancha.sitecheck.findings import Finding, Standing
from guancha.sitecheck.known import Known

LONGEST = 300
"""Characters of a finding: what was seen is the site's own, of any length."""

NOT_ASKED = "not asked"


@dataclass(frozen=True)
class Checked:
    """A claim, what became of it, and the URLs that it asked for."""

    claim: Claim
    finding: Finding
    urls: tuple[str, ...] = ()


class Survey:
    """Goes through the table of claims; does no I/O. ``agent`` is how robots.txt knows us."""

    def __init__(self, agent: str) -> None:
        self.known = Known(agent)
        self.checked: list[Checked] = []
        self.left: str | None = None
        """Why the site was left alone before the last claim; None where it was not."""
        self.steps = self._run()
        """Yields URLs and takes their answers; UnservedError is thrown in for one without an answer."""

    def end(self) -> list[Checked]:
        """What became of every claim, of those that were not come to as well."""
        with suppress(StopIteration, UnservedError):
            while True:
                self.steps.throw(UnservedError(NOT_ASKED))
        rest = CLAIMS[len(self.checked) :]
        return [*self.checked, *(Checked(c, Finding(Standing.UNKNOWN, NOT_ASKED)) for c in rest)]

    def _run(self) -> Generator[str, Response, None]:
        for claim in CLAIMS:
            start = len(self.known.asked)
            try:
                finding = yield from claim.check(self.known)
            except ClaimError as error:
                finding = Finding(Standing.UNKNOWN, f"{error}")
                if claim.is_vital and isinstance(error, UnservedError):
                    self.left = visible(f"{error}", LONGEST)
            finding = replace(finding, seen=visible(finding.seen, LONGEST))
            self.checked.append(Checked(claim, finding, tuple(self.known.asked[start:])))
            if self.left:
                return
