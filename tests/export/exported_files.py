"""What an export has left in a folder."""

import hashlib
import json
from pathlib import Path
from typing import Any

from guancha.export.publication import manifest_path

FILES = ("a.jsonl", "a.csv", "a.parquet", "a.jsonl.zst")


def option(name: str) -> list[str]:
    return ["--compress", "zstd"] if name.endswith(".zst") else []


def rows(path: Path) -> int:
    """What the manifest says, once it is sure to be that of the file."""
    manifest: dict[str, Any] = json.loads(manifest_path(path).read_text("utf-8"))
    assert manifest["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    return int(manifest["rows"])


def litter(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]
