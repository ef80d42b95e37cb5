"""Parquet with real types: exact values, and times as times."""

from collections.abc import Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from guancha.exceptions import StoreError
from guancha.export.columns import readers, schema
from guancha.export.form import GZIP_LEVEL
from guancha.export.rows import Row

GROUP_ROWS, GROUP_BYTES = 10_000, 32 * 1024 * 1024
"""Bounds of a row group, the second of what it takes in memory."""


class ParquetRows:
    """Gathers rows in columns, and writes them a row group at a time."""

    def __init__(self, record: type, file: BinaryIO, compression: str | None) -> None:
        self._schema = schema(record)
        self._readers = readers(record)
        self._batches: list[Any] = []
        level = GZIP_LEVEL if compression == "gzip" else None
        self._writer = pq.ParquetWriter(
            file, self._schema, compression=compression, compression_level=level
        )

    def write(self, rows: Sequence[Row]) -> None:
        """Adds rows; raises StoreError for a value that has not the type of its column."""
        try:
            values = [self._values(row.record) for row in rows]
            self._batches.append(pa.RecordBatch.from_pylist(values, schema=self._schema))
        except (pa.ArrowException, ArithmeticError, AttributeError, TypeError, ValueError) as error:
            raise StoreError(f"the store holds a record of another shape: {error}") from error
        full = sum(batch.num_rows for batch in self._batches) >= GROUP_ROWS
        if full or sum(batch.nbytes for batch in self._batches) >= GROUP_BYTES:
            self._flush()

    def close(self) -> None:
        """Writes the last row group and the footer."""
        self._flush()
        self._writer.close()

    def _values(self, record: dict[str, Any]) -> dict[str, Any]:
        read = {
            name: reader(record[name])
            for name, reader in self._readers.items()
            if record.get(name) is not None
        }
        return record | read

    def _flush(self) -> None:
        if self._batches:
            table = pa.Table.from_batches(self._batches, self._schema)
            self._writer.write_table(table, row_group_size=len(table))
            self._batches = []
