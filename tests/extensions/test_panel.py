"""What the display looks like, on terminals of any width, with names of any kind."""

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from guancha.extensions.panel import WIDTH, panel
from guancha.extensions.standing import standing

STATS = {"commit/read": 1_234_567, "written/first": 1_200_000, "commit/outcome/layout": 3}
NOW = standing(STATS | {"listing/current": "CaiJing"}, 90_000, 59.6)


def drawn(width: int, listing: str = "CaiJing") -> list[str]:
    """The lines of a display."""
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    with console.capture() as capture:
        console.print(panel(replace(NOW, listing=listing), width))
    return capture.get().splitlines()


def test_it_says_what_there_is_to_say() -> None:
    shown = "\n".join(drawn(80))

    for words in ("1,234,567  1,200,000 new ", "60 a minute ", "3  3 layout ", "财经 CaiJing "):
        assert words in shown
    assert "1 day, 1:00:00" in shown
    assert "edited" not in shown


@pytest.mark.parametrize("width", [8, 20, 40, WIDTH, 200])
def test_it_fits_any_width(width: int) -> None:
    lines = drawn(width)

    assert len(lines) == 7
    assert max(map(cell_len, lines)) <= min(width, WIDTH)


def test_a_narrow_one_keeps_every_name_and_number() -> None:
    shown = "\n".join(drawn(40))

    for word in ("read", "requests", "queue", "errors", "listing", "1,234,567"):
        assert word in shown
    assert "1,200,00…" in "\n".join(drawn(34))


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("[/]", "[/]"),
        ("a\x1b[2Jb\x9b\r\x07", r"a\x1b[2Jb\x9b \x07"),
        ("a\nb", "a b"),
        ("", "–"),
    ],
)
def test_a_listing_is_shown_as_it_is_written(slug: str, words: str) -> None:
    lines = drawn(80, slug)

    assert len(lines) == 7
    assert lines[5].strip("│ ").removeprefix("listing").strip() == words
