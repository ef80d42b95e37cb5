"""What an exported file says of itself, in the file beside it."""

import json
from dataclasses import asdict, dataclass

from guancha.export.form import Form
from guancha.export.selection import Selection
from guancha.items import SCHEMA_VERSION

Encoded = bytes
"""The type, whose name a field of the class hides."""


@dataclass(frozen=True)
class Manifest:
    """The content of ``FILE.manifest.json``, one JSON object."""

    rows: int
    """Records, the head of a table not counted."""
    sha256: str
    """Of the bytes of the file, in hex."""
    bytes: int
    """Their number."""
    first_day: str | None
    """The oldest day among the records, as ``since`` judges it; null without records."""
    last_day: str | None
    """The newest; null likewise."""
    selection: Selection
    """What was asked for; days and sections that were not are null and ``[]``."""
    form: Form
    """How the file is written."""
    made: str
    """When the store was read: ISO 8601, ``+08:00``."""
    archive_id: str
    """Identity of the archive; stands in its data directory as well."""
    schema_version: int = SCHEMA_VERSION
    """Version of the data dictionary."""

    def encode(self) -> Encoded:
        """As UTF-8, for people as well."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)
        return f"{text}\n".encode()
