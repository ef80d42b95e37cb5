"""Pages lie beside the records, and are no business of backup, restore and rebuild."""

import shutil
from pathlib import Path

from guancha.store.backup import backup
from guancha.store.rebuild import rebuild
from guancha.store.restore import restore
from guancha.store.store import Store
from tests.store.conftest import NOW
from tests.store.samples import files, fill
from tests.warc import pages


def quiet(*_: int) -> None:
    """Nobody looks on."""


def test_pages_are_copied_apart(url: str | None, tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    store = Store(url, data)
    fill(store)
    store.close()
    (path,) = pages.fill(data / "warc", map(pages.capture, (1, 2)))
    held = path.read_bytes()
    made = backup(url, data, tmp_path / "backups", NOW, quiet)
    # Copied before the rest is restored.
    shutil.copytree(data / "warc", elsewhere / "warc")
    restored = list(restore(made, None, elsewhere, quiet))

    assert not list(made.rglob("*.gz"))
    assert files(elsewhere) == files(data)
    assert sorted(restored) == list(rebuild(url, data)) == sorted(files(data))
    for folder in (data, elsewhere):
        assert [p.read_bytes() for p in (folder / "warc").iterdir()] == [held]
    again = Store(None, elsewhere)
    again.close()
