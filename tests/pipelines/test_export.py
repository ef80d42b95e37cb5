"""An item that can't be written ends the run, whatever the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run

BROKEN = """
from guancha.settings import *
import guancha.jsonlines

def line(record, whole=guancha.jsonlines.line):
    if getattr(record, "article_id", None) and record.date_crawled:
        line.count += 1
        if line.count == 5:
            raise {error}
    return whole(record)

line.count = 0
guancha.jsonlines.line = line
"""


@pytest.mark.parametrize(
    "error",
    ["OSError(28, 'No space left on device')", "UnicodeEncodeError('utf-8', 'x', 0, 1, 'no')"],
)
def test_the_run_stops_with_a_word(
    replica_run: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    (tmp_path / "broken.py").write_text(BROKEN.format(error=error), "utf-8")
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "broken")
    run = replica_run("--articles 30", "-s", "LOG_ENABLED=1", path=tmp_path)

    assert run.code == 1
    assert "export_failed" in run.log
    assert len(run.lines("articles")) + len(run.lines("outcomes")) >= 4
