"""What all records share."""

from typing import Any

SCHEMA_VERSION = 1
REQUIRED: dict[str, Any] = {"required": True}
