"""Which posts deserve a request, and which wait for one from earlier runs."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace

from guancha import clock
from guancha.arguments.posts import PostsArguments
from guancha.extensions.storage import Storage
from guancha.posts.lists import PostListing
from guancha.store import posts
from guancha.store.found import NEARBY, Source
from guancha.store.posts import Admitted, Slugs
from guancha.store.store import Store

BATCH = 100
"""How many waiting posts are fed at a time."""
Batches = AsyncIterator[list[str]]


class PostsFrontier:
    """Asks the archive; remembers only what this run has asked for already."""

    def __init__(
        self, arguments: PostsArguments, storage: Storage, lists: Iterable[PostListing]
    ) -> None:
        self.arguments, self.storage = arguments, storage
        self.asked: set[str] = set()
        """Numbers of the posts that this run has asked for."""
        named = arguments.topics or arguments.authors or arguments.urls or arguments.stubs
        self.slugs: Slugs = [each.slug for each in lists] if named else None
        """The lists whose posts a run asks for, where it was told what to ask for; None for all posts."""

    @property
    def is_full(self) -> bool:
        """Whether the limit of the run is reached."""
        limit = self.arguments.limit
        return limit is not None and len(self.asked) >= limit

    async def admit(self, ids: Sequence[str], source: Source = NEARBY) -> Admitted:
        """Notes posts; wanted are those that this run has not asked for either.

        Where too many requests are in memory already, those that wait are left to wait.
        """
        admitted = await self.storage.call(Store.admit_posts, ids, clock.now(), source)
        fresh = [each for each in admitted.wanted if each not in self.asked]
        refused = Counter(known=len(admitted.wanted) - len(fresh))
        if self.storage.is_crowded and not source.is_user:
            taken, refused["left_for_later"] = [], len(fresh)
        else:
            taken = self._take(fresh)
            refused["over_limit"] = len(fresh) - len(taken)
        return replace(admitted, wanted=taken, refused=admitted.refused + refused)

    async def waiting(self) -> Batches:
        """What waits in bounded batches: behind stubs, from earlier runs; then what is looked at again."""
        for phase in (self._behind_stubs, self._pending, self._due):
            async for batch in phase():
                yield batch

    async def had(self) -> int:
        """How many posts behind stubs need not be asked for."""
        return await self.storage.read(posts.had_behind_stubs) if self.arguments.stubs else 0

    async def _behind_stubs(self) -> Batches:
        after = ""
        while self.arguments.stubs and not self.is_full:
            batch = await self.storage.read(posts.behind_stubs, after, BATCH)
            if not batch:
                return
            after = batch[-1]
            yield (await self.admit(batch)).wanted

    async def _pending(self) -> Batches:
        after, read = "", self.storage.read
        while not self.is_full and (batch := await read(posts.pending, self.slugs, after, BATCH)):
            after = batch[-1]
            yield self._take(batch)

    async def _due(self) -> Batches:
        window, begun, after = self.arguments.recheck, clock.now(), ("", "")
        while window and not self.is_full:
            since = begun - window
            batch = await self.storage.read(posts.due, self.slugs, since, after, begun, BATCH)
            if not batch:
                return
            after = batch[-1]
            yield self._take([number for _, number in batch])

    def _take(self, ids: Sequence[str]) -> list[str]:
        """Those that were not asked for yet, within the limit."""
        taken: list[str] = []
        for each in ids:
            if not self.is_full and each not in self.asked:
                self.asked.add(each)
                taken.append(each)
        return taken
