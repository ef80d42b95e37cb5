"""The archive, open for one writer. Every method blocks: call it on the store's thread."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from operator import attrgetter
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import uuid4

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from guancha import clock
from guancha.clock import stamp
from guancha.exceptions import BatchError, DataDirectoryError, StoreError
from guancha.items import Item
from guancha.store import found, history, known, listings, posts, runs
from guancha.store.commits import commit
from guancha.store.engine import READING, database_file, in_words, is_away, open_engine
from guancha.store.found import Admission, Source, Wanted
from guancha.store.history import Added
from guancha.store.identity import Lock, identify
from guancha.store.known import Sample
from guancha.store.listings import LastWalk
from guancha.store.past import Event
from guancha.store.posts import Admitted
from guancha.store.projection import Projection
from guancha.store.readers import Readers, readers
from guancha.store.rebuild import recover, remake
from guancha.store.runs import Begun, Ended, Run
from guancha.store.schema import batches
from guancha.store.scope import Scope
from guancha.store.transaction import Transaction
from guancha.streams import FOLDERS
from guancha.targets import Target

logger = logging.getLogger(__name__)

# Made once: a statement takes longer to be made than to be answered.
_BATCH = select(batches.c.batch).where(batches.c.batch == bindparam("this"))
_NEXT_BATCH = update(batches).where(batches.c.batch == bindparam("this"))
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Store:
    """Opens, checks, upgrades and recovers an archive.

    ``max_tries`` is how often an article may fail before it is given up; ``patience`` the seconds for
    which a database server that is away is waited for; ``folders`` those that are written to, and locked.
    Raises StoreError for the database and DataDirectoryError for the files, in words, from every method.
    """

    def __init__(
        self,
        url: str | None,
        root: Path,
        max_tries: int = 5,
        patience: int = 60,
        folders: Sequence[str] = FOLDERS,
    ) -> None:
        self.max_tries, self.patience = max_tries, timedelta(seconds=patience)
        self.folders = folders
        self.projection = Projection(root)
        self.engine = open_engine(url, root)
        self._writer, self._number = uuid4().hex, 0
        self._file: tuple[int, int] | None = None
        self.lock = Lock(root, self.engine, folders)
        try:
            identify(self.engine, root)
            self._file = self._identity()
            remake(self.engine, root, folders)
            recover(self.engine, self.projection, folders)
        except OSError as error:
            self._let_go()
            raise DataDirectoryError(f"{error.filename}: {error.strerror}") from error
        except SQLAlchemyError as error:
            self._let_go()
            raise StoreError(f"the store: {in_words(error)}") from error
        except BaseException:
            self._let_go()
            raise

    def close(self) -> None:
        """Lets everything go; the last that happens in a run. Raises where the store is not there any more."""
        try:
            self._refuse_another_file()
        finally:
            self._let_go()

    def begin(self, begun: Begun, now: datetime) -> int:
        """Notes a run that starts; returns its number."""

        def work(connection: Connection) -> int:
            if "articles" in self.folders:
                found.revive(connection)
            if "posts" in self.folders:
                posts.revive(connection)
            return runs.begin(connection, begun, stamp(now))

        return self._transact(work)

    def end(self, run_id: int, ended: Ended, now: datetime) -> None:
        """Notes how it ended."""
        self._transact(lambda c: runs.end(c, run_id, ended, stamp(now)))

    def runs_alike(self, begun: Begun, since: datetime, limit: int) -> list[Run]:
        """The latest runs that one like ``begun`` may be measured against, newest first."""
        return self._read(lambda c: runs.alike(c, begun, stamp(since), limit))

    def commit(self, item: Item, now: datetime) -> Transaction | None:
        """Takes one answer in; see ``commit_all``."""
        done = self.commit_all([item], now)
        return done[0] if done else None

    def commit_all(self, items: Sequence[Item], now: datetime) -> list[Transaction] | None:
        """Takes answers in, in their order: one transaction first, then the lines that it adds to the files.

        All of them or none: BatchError where one of several can't be taken in, which alone would say why.
        Returns what each has done; None where it was, but the answer to the commit itself was lost.
        """
        self._number += 1
        batch, before = (f"{self._writer}-{n}" for n in (self._number, self._number - 1))
        tries = count()

        def work(connection: Connection) -> list[Transaction] | None:
            if next(tries) and connection.scalar(_BATCH, {"this": batch}):
                return None
            transactions = self._take(connection, items, now)
            if not connection.execute(_NEXT_BATCH, {"this": before, "batch": batch}).rowcount:
                connection.execute(insert(batches).values(batch=batch))
            return transactions

        done = self._transact(work)
        if done is None:
            # It had gone in before, and only the answer was lost.
            recover(self.engine, self.projection, self.folders)
        else:
            added = (line for each in done for line in each.added)
            # By file: each is opened and synced once. Within one they keep their order.
            self.projection.append(sorted(added, key=attrgetter("name")))
        return done

    def _take(
        self, connection: Connection, items: Sequence[Item], now: datetime
    ) -> list[Transaction]:
        done = [Transaction(connection, now, self.max_tries) for _ in items]
        try:
            for transaction, item in zip(done, items, strict=True):
                commit(transaction, item)
        except Exception as error:
            if len(items) == 1 or (isinstance(error, SQLAlchemyError) and is_away(error)):
                raise
            raise BatchError("the store: one of several answers can't be taken in") from error
        return done

    def add_past(self, histories: Sequence[Sequence[Event]]) -> Added:
        """Takes in what was answered some time ago, an article after the other: all of it or none.

        The files wait for ``settle``; a store that is opened anew settles them as well.
        """

        def work(connection: Connection) -> Added:
            done = Added()
            history.add(connection, histories, self.max_tries, done)
            return done

        return self._transact(work)

    def settle(self) -> None:
        """Has the files hold what was added to the past."""
        try:
            remake(self.engine, self.projection.root, self.folders)
            recover(self.engine, self.projection, self.folders)
        except OSError as error:
            raise DataDirectoryError(f"{error.filename}: {error.strerror}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"the store: {in_words(error)}") from error

    def readers(self) -> Readers:
        """The key of their pseudonyms, made where there is none, and who is forgotten."""
        return self._transact(lambda c: readers(c, self.projection.root))

    def admit(
        self, targets: Sequence[Target], scope: Scope, now: datetime, source: Source = found.NEARBY
    ) -> Admission:
        """Notes the targets, and tells which of them to ask for."""
        unlisted = [0]

        def work(connection: Connection) -> Admission:
            admission = found.admit(connection, targets, source, scope, stamp(now))
            # After a commit whose answer was lost, all of them seem to be listed.
            unlisted.append(admission.unlisted)
            return replace(admission, unlisted=max(unlisted))

        return self._transact(work)

    def pending(
        self, scope: Scope, after: tuple[int, str], limit: int, now: datetime
    ) -> list[Target]:
        """The next targets that wait, behind the place ``after`` (hops, id)."""
        return self._read(lambda c: found.pending(c, scope, after, limit, stamp(now)))

    def due(
        self, scope: Scope, window: timedelta | None, limit: int, now: datetime
    ) -> list[Wanted]:
        """Articles in doubt, and those younger than ``window`` that are due, the most urgent first."""
        return self._read(lambda c: known.due(c, scope, window, limit, now))

    def sample(self, scope: Scope, window: timedelta, size: Sample, now: datetime) -> list[Wanted]:
        """Some of the known articles that are older than ``window``, by chance."""
        return self._read(lambda c: known.sample(c, scope, window, size, now))

    def all_known(
        self, scope: Scope, after: tuple[str, str], before: datetime, limit: int
    ) -> list[Wanted]:
        """The next known articles not seen since ``before``, behind the place ``after`` (time, id)."""
        return self._read(lambda c: known.all_known(c, scope, after, before, limit))

    def admit_posts(self, ids: Sequence[str], now: datetime, source: Source) -> Admitted:
        """Notes readers' posts, and tells which of them to ask for."""
        unlisted = [0]

        def work(connection: Connection) -> Admitted:
            admitted = posts.admit(connection, ids, source, now)
            # After a commit whose answer was lost, all of them seem to be listed.
            unlisted.append(admitted.unlisted)
            return replace(admitted, unlisted=max(unlisted))

        return self._transact(work)

    def last_walk(self, slug: str, now: datetime) -> LastWalk:
        """How the last walk along a listing went."""
        return self._read(lambda c: listings.last_walk(c, slug, now))

    def finish_walk(self, slug: str, walked: datetime | None) -> None:
        """Notes that a walk was finished, and when, where it came to the listing's very end."""
        self._transact(lambda c: listings.finish(c, slug, stamp(walked) if walked else None))

    def read(
        self,
        query: Callable[Concatenate[Connection, Arguments], Result],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """What a query of a neighbour in this room gives, such as ``posts.pending``."""
        return self._read(lambda c: query(c, *args, **kwargs))

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        return self._transact(work, reading=True)

    def _transact(self, work: Callable[[Connection], Result], *, reading: bool = False) -> Result:
        """Runs a transaction, again where a database server was away."""
        deadline: datetime | None = None
        while True:
            self._refuse_another_file()
            try:
                with self.engine.connect() as connection:
                    options = connection.execution_options(**{READING: reading})
                    with options.begin():
                        result = work(options)
            except SQLAlchemyError as error:
                deadline = deadline or clock.now() + self.patience
                if not is_away(error) or clock.now() >= deadline:
                    raise StoreError(f"the store: {in_words(error)}") from error
                logger.warning("the store is away, waiting for it: %s", in_words(error))
                time.sleep(1)
            else:
                self._refuse_another_file()
                return result

    def _identity(self) -> tuple[int, int] | None:
        """Which file a SQLite database is; None for a server."""
        path = database_file(self.engine)
        if path is None:
            return None
        try:
            status = path.stat()
        except OSError as error:
            raise StoreError(f"the store: {path} is not there any more") from error
        return status.st_dev, status.st_ino

    def _refuse_another_file(self) -> None:
        # SQLite would go on writing to a file that was deleted, and all would be lost at the end.
        if self._file != self._identity():
            raise StoreError(f"the store: {database_file(self.engine)} was replaced while in use")

    def _let_go(self) -> None:
        self.engine.dispose()
        self.lock.release()
