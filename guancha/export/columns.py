"""The columns of a table, from the dataclass of a record: the names, their order and their types."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa

from guancha import streams
from guancha.export.found_links import FoundLink
from guancha.processors.dates import BEIJING

RECORDS: dict[str, type] = {**streams.RECORDS, "links": FoundLink}
"""Stream -> what a line of it is."""
TIME = pa.timestamp("us", tz="Asia/Shanghai")
_SCALARS = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}


def names(record: type) -> list[str]:
    """The keys of a record, in order."""
    return [field.name for field in fields(record)]


def schema(record: type) -> pa.Schema:
    """Its columns; each may be null, for a line may be older than a key of today.

    Times and days inside a list stay the text that they are: they are as precise as printed, and
    nothing beside them says how precise.
    """
    hints = get_type_hints(record)
    return pa.schema([(name, _moment(name) or _type(hints[name])) for name in names(record)])


def readers(record: type) -> dict[str, Callable[[str], Any]]:
    """Column -> what reads its text, where the column is not text; ValueError for another text."""
    reads: dict[Any, Callable[[str], Any]] = {TIME: _time, pa.date32(): date.fromisoformat}
    moments = {name: _moment(name) for name in names(record)}
    return {name: reads[kind] for name, kind in moments.items() if kind is not None}


def _moment(name: str) -> pa.DataType | None:
    """The house names them so: ``date`` is a day; ``date_…``, ``…_at`` and ``last_…`` are times."""
    if name == "date":
        return pa.date32()
    is_time = name.startswith(("date_", "last_")) or name.endswith("_at")
    return TIME if is_time and not name.endswith("_raw") else None


def _type(hint: Any) -> pa.DataType:
    if get_origin(hint) is UnionType:
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    if get_origin(hint) is list:
        return pa.list_(_type(*get_args(hint)))
    if is_dataclass(hint):
        return pa.struct([(name, _type(each)) for name, each in get_type_hints(hint).items()])
    return _SCALARS[hint]


def _time(text: str) -> datetime:
    """A time of day that lacks its seconds, or a mere day, begins where it does in Beijing."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)
