"""What a run wants, as a test of one link and as a condition on the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select

from guancha.store.schema import articles, listed
from guancha.targets import Target


@dataclass(frozen=True)
class Scope:
    """Days are ``YYYY-MM-DD``, inclusive; None for any."""

    since: str | None = None
    until: str | None = None
    hops: int = 1
    origins: Sequence[str] | None = None
    """Slugs of the listings that it walks; None for all."""

    def refusal(self, target: Target) -> str | None:
        """Why a target is not wanted; None where it is."""
        if self.since and target.article.date < self.since:
            return "before_since"
        if self.until and target.article.date > self.until:
            return "after_until"
        return "too_many_hops" if target.hops > self.hops else None

    def condition(self) -> Any:
        """The rows of ``articles`` in it."""
        wanted = [articles.c.hops <= self.hops]
        if self.since:
            wanted.append(articles.c.date >= self.since)
        if self.until:
            wanted.append(articles.c.date <= self.until)
        if self.origins is not None:
            named = select(listed.c.article_id).where(listed.c.slug.in_(self.origins))
            led = articles.c.origin.in_(self.origins)
            wanted.append(or_(led, articles.c.article_id.in_(named)))
        return and_(*wanted)
