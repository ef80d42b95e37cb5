"""A manifest says all of what it says, or nothing."""

from pathlib import Path

import pytest

from guancha.exceptions import StoreError
from guancha.store import manifest


def test_one_that_was_cut_anywhere_is_none(tmp_path: Path) -> None:
    said = manifest.Manifest("a", "1", "0", "", {"lines": 1}, "b")
    manifest.write(tmp_path, said)
    assert manifest.read(tmp_path) == said

    whole = (tmp_path / manifest.NAME).read_text("utf-8").rstrip()
    for length in range(len(whole)):
        (tmp_path / manifest.NAME).write_text(whole[:length], "utf-8")
        with pytest.raises(StoreError, match="is no backup"):
            manifest.read(tmp_path)
