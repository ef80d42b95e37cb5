"""The second pass: what the captures of an article yield by today's rules."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from guancha import urls
from guancha.items import Article, Outcome, Visit
from guancha.reparse.index import Place
from guancha.reparse.scratch import Scratch
from guancha.reparse.tally import Tally
from guancha.reparse.tasks import UNREADABLE, Order, Read
from guancha.reparse.visits import Answered, Visits
from guancha.store.past import Event
from guancha.warc import answers
from guancha.warc.captures import Capture, Note
from guancha.warc.reading import MOST_HEAD, Record, read


class Reader:
    """``at`` is told which file and place are looked at."""

    def __init__(self, order: Order, at: Callable[[int, int], None]) -> None:
        self.order, self.at = order, at
        self._scratch = Scratch(order.max_tries)

    def read(self, article_id: str, places: Sequence[Place]) -> Read:
        """What came of an article; ``places`` are its captures in order of time."""
        tally = Tally()
        visits = Visits(
            [self._answered(each, tally) for each in places], is_plain=self.order.is_plain
        )
        counted = _counted(visits.events(), tally)
        if self.order.has_store:
            done = Read(article_id, [], list(counted), tally)
        else:
            added, records = self._scratch.lines(counted)
            revisions = [each.revision_cause for each in records if isinstance(each, Article)]
            tally.written.update(revisions)
            tally.written.update(each.kind for each in records if isinstance(each, Outcome))
            done = Read(article_id, added, [], tally)
        tally.passed.update(+visits.passed)
        return done

    def _answered(self, place: Place, tally: Tally) -> Answered:
        note = Note(**json.loads(place.note)) if place.note else Note()
        page, moment = urls.article(place.url), datetime.fromisoformat(place.date)
        return Answered(page, moment, note, lambda: self._load(place, tally))

    def _load(self, place: Place, tally: Tally) -> Capture | None:
        self.at(place.file, place.offset)
        found = self._capture(place)
        if isinstance(found, Capture):
            return found
        tally.fault(found, place.file, place.offset)
        return None

    def _capture(self, place: Place) -> Capture | str:
        try:
            with self.order.path(place.file).open("rb") as file:
                found = read(file, self.order.most + MOST_HEAD, place.offset)
                record = next(found, None)
        except OSError:
            return UNREADABLE
        # Somebody may have changed the file since.
        if not isinstance(record, Record) or record.url != place.url:
            return "changed while it was read"
        return answers.capture(record, self.order.latest, self.order.most)


def _counted(events: Iterator[Event], tally: Tally) -> Iterator[Event]:
    for event in events:
        if isinstance(event.item, Visit):
            tally.read += 1
        elif isinstance(event.item, Outcome):
            tally.outcomes[event.item.kind] += 1
        yield event
