"""What the system has to be told of a folder."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Has a new name in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
