"""Every saved case below ``tests/pages`` yields what a person has reviewed."""

import json
from pathlib import Path

import pytest

from guancha import cases

PAGES = Path(__file__).parent / "pages"
FOLDERS = sorted(path.parent for path in PAGES.glob("*/*/" + cases.PAGE))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(PAGES)))
def test_case(folder: Path) -> None:
    expected = folder / cases.EXPECTED
    yielded = cases.yielded(folder)
    if not expected.exists():
        expected.write_text(cases.dump(yielded), "utf-8")
        pytest.fail(f"{expected} was missing and is written now: review it")
    assert yielded == json.loads(expected.read_text("utf-8"))
