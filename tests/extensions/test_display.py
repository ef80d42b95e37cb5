"""The log above a display, on a terminal in memory."""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import pyte
import pytest
from rich.console import Console
from scrapy.settings import Settings
from scrapy.utils.log import get_scrapy_root_handler, install_scrapy_root_handler

from guancha.extensions.display import Display
from guancha.extensions.standing import standing

NOW = standing({"commit/read": 7}, 1, 0)


@contextmanager
def logging_to(**settings: object) -> Iterator[io.StringIO]:
    """Standard error, to which Scrapy logs, unless the settings say otherwise."""
    level, stream = logging.root.level, io.StringIO()
    with redirect_stderr(stream):
        install_scrapy_root_handler(Settings({"LOG_FORMAT": "%(message)s", **settings}))
        try:
            yield stream
        finally:
            logging.root.removeHandler(get_scrapy_root_handler())
            logging.root.setLevel(level)


def display() -> Display:
    return Display(Console(stderr=True, width=40, height=9, force_terminal=True, no_color=True))


def screen(stream: io.StringIO) -> list[str]:
    """What a terminal of that size shows after all that."""
    terminal = pyte.HistoryScreen(40, 9, history=100)
    terminal.set_mode(pyte.modes.LNM)
    pyte.Stream(terminal).feed(stream.getvalue())
    assert not terminal.cursor.hidden
    above = ["".join(line[x].data for x in range(40)) for line in terminal.history.top]
    return [line.rstrip() for line in above + terminal.display]


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ("[bold]标题[/bold] [/]", ["[bold]标题[/bold] [/]"]),
        ("a\x1b[2J\x1b[31mb\x9b2J\r\x00", [r"a\x1b[2J\x1b[31mb\x9b2J \x00"]),
        ("x" * 50, ["x" * 40, "x" * 10]),
        ("one\ntwo\n", ["one", "two", ""]),
        ("", [""]),
    ],
)
def test_log_lines_stand_whole_above_it(message: str, lines: list[str]) -> None:
    with logging_to() as error:
        shown = display()
        shown.show(NOW)
        logging.getLogger("test").error("%s", message)
        shown.show(NOW)
        logging.getLogger("test").error("after")
        shown.close()

    text = screen(error)
    assert text[: len(lines) + 1] == [*lines, "after"]
    assert text[len(lines) + 1].startswith("╭─ guancha ")
    assert sum(line.startswith("╭") for line in text) == 1


def test_what_is_typed_tears_nothing() -> None:
    with logging_to() as error:
        shown = display()
        shown.show(NOW)
        error.write("^C^C")
        shown.show(NOW)
        shown.close()

    assert "^C" not in (text := "".join(screen(error)))
    assert text.count("╭") == text.count("╰") == 1


def test_even_a_killed_program_leaves_a_cursor() -> None:
    with logging_to() as error:
        shown = display()
        shown.show(NOW)
        killed = error.getvalue()
        shown.close()

    assert "\x1b[?25l" in killed
    assert not re.search(r"\x1b\[\?25l(?!\x1b\[\?25h)", killed)


def test_the_log_is_given_back() -> None:
    with logging_to() as error:
        handler = get_scrapy_root_handler()
        shown = display()
        during = handler.stream
        shown.close()
        shown.close()

        assert during is not error
        assert handler.stream is error


def test_a_terminal_that_is_gone_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with logging_to() as error:
        shown = display()
        monkeypatch.setattr(error, "write", gone)
        shown.show(NOW)
        shown.show(NOW)

        assert get_scrapy_root_handler().stream is error


def gone(text: str) -> int:
    raise OSError(5, "Input/output error")


def test_a_log_that_goes_to_a_file_stays_there(tmp_path: Path) -> None:
    with logging_to(LOG_FILE=str(tmp_path / "log")) as error:
        shown = display()
        logging.getLogger("test").error("in the file")
        shown.close()

    assert (tmp_path / "log").read_text("utf-8") == "in the file\n"
    assert "in the file" not in error.getvalue()
