"""How a record becomes a line."""

import json

from guancha.items import Record


def line(record: Record) -> bytes:
    """A record as one line of UTF-8 JSON, keys in the order of the data dictionary."""
    # Fields stand in a record's dictionary as they were declared; asdict would copy every text.
    return json.dumps(record, ensure_ascii=False, default=vars).encode() + b"\n"
