"""Which writer makes which format."""

from collections.abc import Callable, Sequence
from gzip import GzipFile
from typing import BinaryIO, Protocol, cast

import pyarrow as pa

from guancha.export.columns import RECORDS
from guancha.export.form import GZIP_LEVEL, Form
from guancha.export.parquet import ParquetRows
from guancha.export.rows import Row
from guancha.export.spreadsheet import Spreadsheet

_PACKERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    # Without a name and a time in its head the same records give the same bytes. Not pyarrow's, which
    # has no level but the last: half as fast or worse, for a size that differs by a hundredth.
    "gzip": lambda file: cast(BinaryIO, GzipFile("", "wb", GZIP_LEVEL, file, 0)),
    "zstd": lambda file: pa.CompressedOutputStream(pa.PythonFile(file, "w"), "zstd"),
}


class Writer(Protocol):
    """Takes rows, some at a time; what it writes is whole after ``close``."""

    def write(self, rows: Sequence[Row]) -> None:
        """Raises StoreError for a row that is not what its stream promises."""

    def close(self) -> None:
        """Writes the end."""


class JsonLines:
    """The lines as they were committed, byte for byte."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, rows: Sequence[Row]) -> None:
        """Adds lines."""
        self._file.write(b"".join(row.line for row in rows))

    def close(self) -> None:
        """There is no end to write."""


class Packed:
    """What another writer writes, packed on the way."""

    def __init__(self, stream: str, form: Form, file: BinaryIO) -> None:
        self._stream = _PACKERS[form.compression or ""](file)
        self._writer = _plain(stream, form, self._stream)

    def write(self, rows: Sequence[Row]) -> None:
        """Adds rows."""
        self._writer.write(rows)

    def close(self) -> None:
        """Writes the end of both."""
        self._writer.close()
        self._stream.close()


def open_writer(stream: str, form: Form, file: BinaryIO) -> Writer:
    """The writer of a form, for records of a stream; it leaves ``file`` open."""
    if form.compression and form.format != "parquet":
        return Packed(stream, form, file)
    return _plain(stream, form, file)


def _plain(stream: str, form: Form, file: BinaryIO) -> Writer:
    record = RECORDS[stream]
    if form.format == "parquet":
        return ParquetRows(record, file, form.compression)
    return Spreadsheet(record, file) if form.format == "csv" else JsonLines(file)
