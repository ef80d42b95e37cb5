"""How a record becomes a line."""

import json
from dataclasses import asdict

from guancha.items import Record


def line(record: Record) -> bytes:
    """A record as one line of UTF-8 JSON, keys in the order of the data dictionary."""
    return json.dumps(asdict(record), ensure_ascii=False).encode() + b"\n"
