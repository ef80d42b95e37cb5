"""An export from one look at the store to the end of the file."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from sqlalchemy import Connection, Engine, select

from guancha import clock
from guancha.export.form import Form
from guancha.export.manifest import Manifest
from guancha.export.measure import Measure
from guancha.export.progress import shown
from guancha.export.publication import Publication
from guancha.export.rows import Row, batches, count, query, rows
from guancha.export.selection import Selection
from guancha.export.writers import open_writer
from guancha.store.reading import snapshot
from guancha.store.schema import archive


@dataclass(frozen=True)
class Export:
    """What to read from ``engine``, how to write it, and whether somebody watches."""

    engine: Engine
    selection: Selection
    form: Form
    quiet: bool = False

    def to_file(self, path: Path) -> Manifest:
        """Makes the file and its manifest, or leaves both as they were; raises StoreError and OSError."""
        with Publication(path) as publication:
            manifest = self.to(publication.file)
            publication.publish(manifest.encode())
        return manifest

    def to(self, file: IO[bytes]) -> Manifest:
        """Writes the records, and returns what there is to say of them; raises StoreError and OSError."""
        measure, tally = Measure(file), Tally()
        try:
            with snapshot(self.engine) as connection:
                made, archive_id = clock.now(), connection.scalar(select(archive.c.id))
                self._write(connection, measure, tally)
        finally:
            measure.drop()
        return Manifest(
            rows=tally.rows,
            sha256=measure.sha256,
            bytes=measure.size,
            first_day=min(tally.days, default=None),
            last_day=max(tally.days, default=None),
            selection=self.selection,
            form=self.form,
            made=clock.stamp(made),
            archive_id=str(archive_id),
        )

    def _write(self, connection: Connection, measure: Measure, tally: "Tally") -> None:
        writer = open_writer(self.selection.stream, self.form, cast(BinaryIO, measure))
        found = connection.execute(query(self.selection)).mappings()
        watched = shown(
            found,
            self.selection.stream,
            lambda: count(connection, self.selection),
            quiet=self.quiet,
        )
        with closing(watched):
            for batch in batches(rows(self.selection, watched)):
                writer.write(batch)
                tally.add(batch)
        writer.close()


@dataclass
class Tally:
    """How many rows, and of which days."""

    rows: int = 0
    days: set[str] = field(default_factory=set)
    """The first and the last."""

    def add(self, batch: list[Row]) -> None:
        """Counts some more."""
        self.rows += len(batch)
        days = self.days.union(row.day for row in batch)
        self.days = {min(days), max(days)}
