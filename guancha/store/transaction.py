"""One commit in the making: the lines that it adds, each with its place in a file."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, update

from guancha.clock import stamp
from guancha.items import Record
from guancha.jsonlines import line
from guancha.store.projection import Line, file_name
from guancha.store.schema import files, lines
from guancha.streams import folder

KEYS = ("article_id", "revision", "comment_id", "post_id")
"""Keys of records by which their lines are found again."""
# Made once: a statement takes longer to be made than to be answered.
_ADD, _BEGIN = insert(lines), insert(files)
_EXTEND = (
    update(files)
    .where(files.c.stream == bindparam("this_stream"), files.c.day == bindparam("this_day"))
    .values(size=files.c.size + bindparam("length"))
    .returning(files.c.size)
)


@dataclass
class Transaction:
    """Its connection, its time, and what it adds."""

    connection: Connection
    now: datetime
    max_tries: int
    """After as many failures an article is given up, with an outcome."""
    added: list[Line] = field(default_factory=list)
    """What it adds to the files."""
    records: list[Record] = field(default_factory=list)
    """The same as records."""
    is_past: bool = False
    """Whether it takes in what the site said some time ago: of numbers beside links, later ones are known."""
    is_repeated: bool = False
    """Whether it only heard again what had been told before."""

    @property
    def stamp(self) -> str:
        """Its time as the records print it."""
        return stamp(self.now)

    def write(self, record: Record) -> None:
        """Adds a record to its stream."""
        stream, day, content = folder(record), record.date_crawled[:10], line(record)
        offset, known = self._extend(stream, day, len(content)), vars(record)
        keys = {name: known.get(name) for name in KEYS}
        if keys["comment_id"]:
            # Revisions of an article are looked for by its id: those of comments must not be among them.
            keys["article_id"] = None
        place = {"stream": stream, "day": day, "offset": offset}
        self.connection.execute(_ADD, place | keys | {"content": content})
        self.added.append(Line(file_name(stream, day), offset, content))
        self.records.append(record)

    def _extend(self, stream: str, day: str, length: int) -> int:
        """Makes room at the end of a file and returns where it begins."""
        this = {"this_stream": stream, "this_day": day, "length": length}
        size = self.connection.scalar(_EXTEND, this)
        if size is None:
            self.connection.execute(_BEGIN, {"stream": stream, "day": day, "size": length})
            return 0
        return int(size) - length
