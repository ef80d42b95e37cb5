"""Where an exported file may stand."""

from pathlib import Path

from guancha.exceptions import ArgumentError
from guancha.export.publication import MANIFEST, manifest_path


def find_place(file: str, data: Path, database: Path | None) -> Path:
    """The path of FILE; raises ArgumentError where an export would not fit, or would harm the archive.

    ``data`` is the data directory, ``database`` the file of SQLite, if it is one.
    """
    path = Path(file)
    if not path.parent.is_dir():
        raise ArgumentError(f"-o {file}: expected a folder that is there, got {path.parent}")
    if file.endswith(MANIFEST):
        raise ArgumentError(f"-o {file}: expected another ending, for manifests have it")
    for each in (path, manifest_path(path)):
        if each.is_symlink() or (each.exists() and not each.is_file()):
            raise ArgumentError(f"-o {file}: expected a file or nothing at {each}")
    folder = path.parent.resolve()
    if folder.is_relative_to(data.resolve()):
        raise ArgumentError(f"-o {file}: expected a place outside of the data directory {data}")
    # SQLite keeps more files beside it, whose names begin with its own.
    if database and folder == database.parent.resolve() and path.name.startswith(database.name):
        raise ArgumentError(f"-o {file}: expected another file than the store's")
    return path
