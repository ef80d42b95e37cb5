"""Which links deserve a request, and which articles wait for one from earlier runs."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

from guancha import clock, targets
from guancha.arguments.articles import ArticlesArguments
from guancha.extensions.storage import Storage
from guancha.items import Article
from guancha.sections import SECTIONS
from guancha.store.found import NEARBY, Admission, Source, Wanted
from guancha.store.listings import WALKED_AGAIN
from guancha.store.scope import Scope
from guancha.store.store import Store
from guancha.targets import Target
from guancha.walk import Walk

GAP_AGAIN = timedelta(days=1)
"""When a listing is walked to its end again, of which a page was missing."""
BATCH = 100
"""How many waiting articles are fed at a time."""
SUSPECTS = 10_000
"""More articles than ever are in doubt at the same time, unless the site is ill."""
MOST_NOTED, MOST_HOPS = 20_000, 10**9
"""URLs kept in mind, some 5 MB: those beside an article stand beside its neighbours as well."""
Batches = AsyncIterator[list[Wanted]]


async def begin_walk(storage: Storage, walk: Walk) -> Walk:
    """Tells a walk how the last one went."""
    walk.last = await storage.call(Store.last_walk, walk.slug, clock.now())
    return walk


async def finish_walk(storage: Storage, walk: Walk) -> None:
    """Notes that a walk has come to its end; one with a gap is not relied on for long."""
    walked = clock.now() - WALKED_AGAIN + GAP_AGAIN if walk.has_gap else clock.now()
    await storage.call(Store.finish_walk, walk.slug, walked if walk.is_at_end else None)


class Frontier:
    """Asks the archive; remembers only what this run has asked for already."""

    def __init__(self, arguments: ArticlesArguments, storage: Storage) -> None:
        self.arguments = arguments
        self.storage = storage
        self.asked: set[str] = set()
        """Ids of the articles that this run has asked for."""
        self._noted: dict[str, int] = {}
        # At the beginning: what earlier runs have left.
        self._has_left_some = True
        self.scope = Scope(
            arguments.since.isoformat() if arguments.since else None,
            arguments.until.isoformat() if arguments.until else None,
            arguments.related,
            None
            if arguments.sections is SECTIONS
            else [section.slug for section in arguments.sections],
        )

    @property
    def is_full(self) -> bool:
        """Whether the limit of the run is reached."""
        limit = self.arguments.limit
        return limit is not None and len(self.asked) >= limit

    async def admit(self, found: Sequence[Target], source: Source = NEARBY) -> Admission:
        """Notes the links of a page; wanted are those that this run has not asked for either.

        Where too many requests are in memory already, those that wait are left to wait.
        """
        call = self.storage.call
        admission = await call(Store.admit, found, self.scope, clock.now(), source)
        wanted = {each.target.article.article_id: each for each in admission.wanted}
        fresh = [each for article_id, each in wanted.items() if article_id not in self.asked]
        if self.storage.is_crowded and not source.is_user:
            self._has_left_some |= bool(fresh)
            taken, refused = [], Counter(left_for_later=len(fresh))
        else:
            taken = self._take(fresh)
            refused = Counter(over_limit=len(fresh) - len(taken))
        refused["known"] = len(wanted) - len(fresh)
        self._remember(found)
        return replace(admission, wanted=taken, refused=admission.refused + refused)

    async def admit_beside(self, article: Article, near: Target) -> Admission:
        """Notes the links beside an article; the archive is only asked for those that may tell it something."""
        hops, beside = near.hops + 1, [entry.url for entry in article.related]
        news = [url for url in beside if self._noted.get(url, MOST_HOPS) > hops]
        admission = await self.admit(targets.beside(news, near)) if news else Admission()
        admission.refused["known"] += len(beside) - len(news)
        return admission

    def _remember(self, found: Sequence[Target]) -> None:
        """Keeps in mind what can't be wanted again in this run: asked for, at an address that is noted."""
        if len(self._noted) > MOST_NOTED:
            self._noted.clear()
        for target in found:
            if target.article.article_id in self.asked:
                url = target.article.canonical
                self._noted[url] = min(target.hops, self._noted.get(url, MOST_HOPS))

    async def waiting(self) -> Batches:
        """What earlier runs have found and not had, in bounded batches; then what is due again."""
        if self.arguments.urls:
            return
        for phase in (self._pending, self._known, self._pending):
            async for batch in phase():
                yield batch

    async def _pending(self) -> Batches:
        while self._has_left_some:
            self._has_left_some = False
            async for batch in self._pending_once():
                yield batch

    async def _pending_once(self) -> Batches:
        call, after = self.storage.call, (-1, "")
        while not self.is_full and (
            batch := await call(Store.pending, self.scope, after, BATCH, clock.now())
        ):
            after = (batch[-1].hops, batch[-1].article.article_id)
            yield self._take([Wanted(target) for target in batch])

    async def _known(self) -> Batches:
        window = self.arguments.recheck
        if window is None:
            async for batch in self._all():
                yield batch
        elif window:
            yield await self._due(window)

    async def _all(self) -> Batches:
        call, begun, after = self.storage.call, clock.now(), ("", "")
        yield self._take(await call(Store.due, self.scope, None, SUSPECTS, begun))
        while not self.is_full and (
            batch := await call(Store.all_known, self.scope, after, begun, BATCH)
        ):
            after = (batch[-1].checked, batch[-1].target.article.article_id)
            yield self._take(batch)

    async def _due(self, window: timedelta) -> list[Wanted]:
        """The sample first, or a run with much that is due would never look at what is old."""
        storage, now = self.storage, clock.now()
        old = await storage.call(Store.sample, self.scope, window, storage.sample, now)
        limit = storage.recheck_limit
        young = await storage.call(Store.due, self.scope, window, limit, now)
        return self._take(old + young)

    def _take(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Those that were not asked for yet, within the limit; a suspect at each of its addresses."""
        taken: list[Wanted] = []
        ours: set[str] = set()
        for each in wanted:
            article_id = each.target.article.article_id
            if article_id not in ours and (self.is_full or article_id in self.asked):
                continue
            ours.add(article_id)
            self.asked.add(article_id)
            taken.append(each)
        return taken
