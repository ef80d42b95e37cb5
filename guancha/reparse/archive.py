"""The archive as the target of a reparse: the records go in where their time is."""

from collections.abc import Mapping
from pathlib import Path

from guancha import clock
from guancha.figures import Figures
from guancha.reparse.asked import Asked
from guancha.reparse.judging import Done
from guancha.reparse.tasks import Read
from guancha.store.history import Added
from guancha.store.past import Event
from guancha.store.runs import Begun, Ended
from guancha.store.store import Store
from guancha.streams import WRITERS
from guancha.verdict.reasons import Verdict

NAME = "reparse"
"""In the ledger, in place of a spider."""
BATCH = 500
"""Answers in one transaction, or those of one article, if they are more."""


class Archive:
    """Opens the archive as its one writer of articles; raises StoreError and DataDirectoryError."""

    def __init__(
        self, url: str | None, root: Path, max_tries: int, asked: Asked, done: Done
    ) -> None:
        self.store, self.done = Store(url, root, max_tries, folders=WRITERS["articles"]), done
        self.started = clock.stamp(clock.now())
        self._waiting: list[list[Event]] = []
        try:
            self.run_id = self.store.begin(Begun(NAME, _arguments(asked)), clock.now())
        except BaseException:
            self.store.close()
            raise

    def take(self, article: Read) -> None:
        """Takes an article in, with some others."""
        self._waiting.append(article.events)
        if sum(map(len, self._waiting)) >= BATCH:
            self._add()

    def finish(self) -> None:
        """Takes in what waits; the files hold all of it then."""
        self._add()
        self.store.settle()

    def end(self, verdict: Verdict, reason: str) -> None:
        """Notes in the ledger how it ended."""
        tally = self.done.tally
        figures = Figures(
            started=self.started,
            reason=reason,
            seconds=clock.uptime(),
            spider=NAME,
            had=tally.read,
            records=tally.read,
            unchanged=tally.unchanged,
            outcomes=dict(tally.outcomes),
            written=dict(tally.written),
            faults=dict(tally.faults),
        )
        ended = Ended(reason, verdict.level, verdict.words, figures.kept())
        self.store.end(self.run_id, ended, clock.now())

    def close(self) -> None:
        """Lets it go."""
        self.store.close()

    def _add(self) -> None:
        waiting, self._waiting = self._waiting, []
        added: Added = self.store.add_past(waiting)
        self.done.tally.written.update(added.written)
        self.done.erased += added.erased


def _arguments(asked: Asked) -> Mapping[str, str]:
    given = {"files": str(len(asked.files)), "since": asked.since, "until": asked.until}
    return {name: str(value) for name, value in given.items() if value is not None}
