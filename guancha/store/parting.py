"""Answers of the past beside what is known of their article: which of them say anything new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from guancha.items import Item, Outcome, Sighting, Visit
from guancha.revisions import Standing, is_doubtful, standing
from guancha.store.past import Event, Past
from guancha.store.states import PASSING


@dataclass
class Parted:
    """Answers beside what is known of their article."""

    later: list[Event] = field(default_factory=list)
    """To be taken in behind it."""
    earlier: list[Event] = field(default_factory=list)
    """To be put in before its end, for they say something new."""
    same: list[Event] = field(default_factory=list)
    """Of the same time as these, which say nothing new by themselves."""

    @classmethod
    def of(cls, events: Sequence[Event], past: Past) -> "Parted":
        """Parts them. A visit that was read under other rules is only ever compared with its like."""
        parted, records = cls(), [each.record for each in past.revisions]
        had = {each["date_crawled"]: each["extractor_version"] for each in records}
        visits = [e.item.article for e in events if isinstance(e.item, Visit)]
        again = {
            each.date_crawled: each.content_hash
            for each in visits
            if had.get(each.date_crawled, each.extractor_version) != each.extractor_version
        }
        repeated: Event | None = None
        for event in events:
            is_later = event.stamp > past.heard
            how = _standing(event.item, past, again)
            if how is Standing.AGAIN or (how is Standing.COVERED and is_later):
                # Of several answers with the same result, the last.
                repeated = event
            elif is_later and how in (Standing.NEWS, Standing.SAME):
                parted.later.append(event)
            elif how is Standing.NEWS and not _is_doubtful(event.item, past, again):
                parted.earlier.append(event)
            elif how is Standing.SAME:
                parted.same.append(event)
        if repeated:
            parted.later.append(_repeated(repeated, past))
            parted.later.sort(key=lambda event: event.date)
        return parted


def _standing(item: Item, past: Past, again: Mapping[str, str]) -> Standing:
    match item:
        case Visit() if past.revisions:
            return standing(item.article, item.answer.page_hash, past.revisions, again)
        case Outcome() if past.heard:
            counted = {(each.url, each.gone_at) for each in past.addresses}
            told = {(each["url"], each["date_crawled"]) for each in past.outcomes}
            # Passing faults are counted, but their times are not kept: none may be counted twice.
            is_known = (item.url, item.date_crawled) in counted | told or item.kind in PASSING
            return Standing.KNOWN if is_known else Standing.NEWS
        case Sighting():
            return Standing.SAME
        case _:
            return Standing.NEWS


def _is_doubtful(item: Item, past: Past, again: Mapping[str, str]) -> bool:
    return isinstance(item, Visit) and is_doubtful(item.article, past.revisions, again)


def _repeated(event: Event, past: Past) -> Event:
    """A visit whose result differs by our rules alone, behind all that is known."""
    assert isinstance(event.item, Visit)
    answer = replace(event.item.answer, page_hash=past.revisions[-1].page_hash)
    date = max(event.date, datetime.fromisoformat(past.heard))
    return replace(event, date=date, item=replace(event.item, answer=answer))
