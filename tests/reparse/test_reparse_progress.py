"""How far it is: a bar for those who watch, lines for those who read later, nothing for those who want none."""

import signal
from pathlib import Path

import pytest

from guancha.reparse.progress import Shown
from tests.commands.archives import PYTHON
from tests.reparse.archived import command
from tests.terminal import Terminal
from tests.warc.foreign import answer


def test_a_terminal_shows_a_bar_and_is_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "pages.warc"
    address = "https://www.guancha.cn/CaiJing/2026_10_04_{}.shtml"
    file.write_bytes(b"".join(answer(url=address.format(number)) for number in range(3000)))
    typed, where = command(tmp_path / "data", file, "--into", tmp_path / "out")
    terminal = Terminal([*PYTHON, *typed[2:]], where)

    terminal.wait_for(r"reading.*[1-9]%")
    terminal.type(b"\x03")
    assert terminal.end() == 1
    assert "scrapy reparse: it was stopped" in terminal.text()
    # Shown again in the same breath in which it was hidden.
    assert terminal.shown.count(b"\x1b[?25l") < terminal.shown.count(b"\x1b[?25h")
    assert terminal.child.returncode != -signal.SIGINT


def test_elsewhere_there_are_lines_and_not_many(capsys: pytest.CaptureFixture[str]) -> None:
    with Shown(quiet=False) as shown:
        for number in range(1001):
            shown("reading", number, 1000)

    assert capsys.readouterr().err == "reading: 0%\nreading: 100%\n"


def test_quiet_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with Shown(quiet=True) as shown:
        shown("reading", 0, 1)
        shown("reading", 1, 1)

    assert capsys.readouterr() == ("", "")
