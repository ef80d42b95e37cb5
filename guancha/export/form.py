"""The form of an exported file: its format and how it is packed, which its name must not contradict."""

from dataclasses import dataclass
from pathlib import Path

from guancha.exceptions import ArgumentError

FORMATS = ("jsonl", "csv", "parquet")
PACKED = {".gz": "gzip", ".zst": "zstd"}
"""Ending of a name -> what it promises."""
GZIP_LEVEL = 6
"""That of gzip itself."""
STDOUT = "-"


@dataclass(frozen=True)
class Form:
    """How the records are written."""

    format: str
    """jsonl, csv or parquet."""
    compression: str | None
    """gzip, zstd or None; inside the file for Parquet, around it otherwise."""

    @classmethod
    def parse(cls, file: str, format: str | None, compression: str | None) -> "Form":  # noqa: A002 - the option's name
        """The form that was asked for; the format may be told by FILE's ending alone.

        Raises ArgumentError where FILE's name says something else, or nothing is said.
        """
        packed, named = _promise(file)
        chosen = format or named
        if chosen is None:
            known = ", ".join(FORMATS)
            raise ArgumentError(f"--format: expected one of {known}, for {file!r} ends in none")
        if named not in (None, chosen):
            raise ArgumentError(f"-o {file}: expected a name that fits --format {chosen}")
        if chosen == "parquet":
            _refuse(file, packed is not None, "without .gz or .zst: Parquet is packed inside")
            _refuse(file, file == STDOUT, "of a file: Parquet is nothing for a pipe")
            return cls(chosen, compression or "zstd")
        ending = next((end for end, name in PACKED.items() if name == compression), "")
        _refuse(file, packed is not None and packed != compression, f"for --compress {packed}")
        _refuse(file, bool(named and ending and not packed), f"that ends in .{named}{ending}")
        return cls(chosen, compression)


def _promise(file: str) -> tuple[str | None, str | None]:
    """What the endings of a name promise: packing and format."""
    *_, before, last = ["", "", *(suffix.lower() for suffix in Path(file).suffixes)]
    packed = PACKED.get(last)
    ending = (before if packed else last).removeprefix(".")
    return packed, ending if ending in FORMATS else None


def _refuse(file: str, is_wrong: bool, expected: str) -> None:
    if is_wrong:
        raise ArgumentError(f"-o {file}: expected a name {expected}")
