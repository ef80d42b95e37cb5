"""CSV that is safe to open in a spreadsheet; for exact values there are JSON Lines and Parquet."""

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any, BinaryIO

from guancha.exceptions import StoreError
from guancha.export.columns import names
from guancha.export.rows import Row

BOM = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the country."""
HARMLESS = "'"
"""Makes a text of what follows."""
# Spreadsheets differ in what they skip before a formula, and some take the full-width signs.
_FORMULA = re.compile(r"[\s\x00-\x1f\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")


class Spreadsheet:
    """Writes CSV: a head, absent as an empty cell, lists and objects as JSON, ``true`` and ``false``.

    A text that a spreadsheet could run as a formula begins with an apostrophe here.
    """

    def __init__(self, record: type, file: BinaryIO) -> None:
        self._file = file
        self._names = names(record)
        self._put([self._names], BOM)

    def write(self, rows: Sequence[Row]) -> None:
        """Adds rows; raises StoreError for text that is no Unicode."""
        self._put([[cell(row.record.get(name)) for name in self._names] for row in rows])

    def close(self) -> None:
        """There is no end to write."""

    def _put(self, rows: Sequence[Sequence[str]], before: str = "") -> None:
        text = io.StringIO(newline="")
        text.write(before)
        # All in quotes: where a spreadsheet parts cells at semicolons, it must not find one in a text.
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
        try:
            self._file.write(text.getvalue().encode())
        except UnicodeEncodeError as error:
            raise StoreError(f"the store holds a text that is no Unicode: {error}") from error


def cell(value: Any) -> str:
    """A value as a cell.

    >>> cell("=1+1"), cell("－5 度"), cell("正文"), cell(-5), cell(None), cell(True), cell(["a"])
    ("'=1+1", "'－5 度", '正文', '-5', '', 'true', '["a"]')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return HARMLESS + value if _FORMULA.match(value) else value
