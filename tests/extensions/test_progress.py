"""The progress of a run: a display on a terminal, elsewhere lines of JSON."""

import json
import os
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from guancha.exceptions import ArgumentError
from guancha.extensions.progress import Progress
from guancha.extensions.standing import Standing, standing
from tests.conftest import Run, environment
from tests.extensions.watched import CORNER, archived, command, figure, torn, watch
from tests.terminal import Terminal

QUICK = ("-a", "related=0", "-a", "limit=30")


def objects(log: str) -> list[dict[str, object]]:
    """What was logged as JSON."""
    return [json.loads(found) for found in re.findall(r" INFO     (\{.*\})$", log, re.MULTILINE)]


def test_a_terminal_shows_the_figures_of_the_run(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 60 --faults errors=0.1", *QUICK)
    code, shown = terminal.end(), terminal.text()

    assert code in (0, 3), shown
    assert torn(terminal) == []
    assert not terminal.screen.cursor.hidden
    assert figure(shown, "read") == archived(tmp_path)
    assert figure(shown, "requests") > figure(shown, "read")
    assert " retried" in shown
    assert re.search(rb"\x1b\[[0-9;]*36m", terminal.shown)


def test_a_narrow_terminal_without_colours_shows_them_too(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 20", *QUICK, columns=40, NO_COLOR="1")
    code, shown = terminal.end(), terminal.text()

    assert code == 0, shown
    assert figure(shown, "read") == archived(tmp_path)
    assert sum(line.startswith(CORNER) for line in shown.splitlines()) == 1
    assert not terminal.screen.cursor.hidden
    assert not re.search(rb"\x1b\[[0-9;]*3[0-9]", terminal.shown)


def test_a_terminal_that_cannot_draw_gets_lines(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 20", *QUICK, columns=400, TERM="dumb")

    assert terminal.end() == 0
    assert b"\x1b" not in terminal.shown
    assert [line["read"] for line in objects(terminal.text())] == [archived(tmp_path)]


def test_elsewhere_each_interval_logs_one_object(replica_run: Callable[..., Run]) -> None:
    pace = ("-s", "PROGRESS_INTERVAL=0.02", "-s", "DOWNLOAD_DELAY=0.05", "-a", "related=0")
    days = ("-a", "sections=mainnews-gd", "-a", "since=2019-09-08")
    run = replica_run("--articles 300", *pace, *days)
    lines = objects(run.log)

    assert run.code == 0, run.log
    assert len(lines) > 2
    assert all(list(line) == [field.name for field in fields(Standing)] for line in lines)
    assert lines[-1]["read"] == len(run.lines("articles"))
    assert {line["listing"] for line in lines} == {"", "mainnews-gd"}
    assert lines[-1]["listing"] == ""
    assert lines[-1]["queue"] == lines[-1]["errors"] == 0
    assert "\x1b" not in run.log
    assert run.out == ""


def test_a_terminal_that_goes_away_does_not_end_the_run(tmp_path: Path) -> None:
    deaf = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *command("--articles 20", *QUICK)]
    terminal = Terminal(deaf, environment(tmp_path, PYTHONUNBUFFERED=""), columns=100)
    terminal.wait_for("read +[1-9]")
    os.close(terminal.keyboard)

    assert terminal.child.wait(60) == 0
    assert archived(tmp_path) == 19


def test_a_run_that_fails_gives_the_terminal_back(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    terminal = watch(tmp_path / "file", "--articles 20")
    code, shown = terminal.end(), terminal.text()

    assert code == 1
    assert torn(terminal) == []
    assert not terminal.screen.cursor.hidden
    assert str(tmp_path / "file") in shown


def test_stats_that_are_absent_are_nought() -> None:
    nothing = standing({}, 1.9, 0.04)

    assert set(vars(nothing).values()) == {1, 0, ""}


def test_figures_are_sums_of_stats() -> None:
    kinds = {"commit/outcome/layout": 1, "commit/outcome/error": 2, "commit/outcome/challenge": 4}
    stats = {
        **kinds,
        "faults/KeyError": 5,
        "faults/OSError": 3,
        "commit/read": 3,
        "commit/sighting": 4,
    }
    queue = {"scheduler/enqueued": 9, "scheduler/dequeued": 4, "written/first": 2}
    now = standing({**stats, **queue, "commit/outcome/gone": 100}, 0, 0)

    assert (now.errors, now.read, now.new, now.queue) == (15, 7, 2, 5)


@pytest.mark.parametrize("value", ["x", "-1", "nan", "inf"])
def test_an_interval_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(ArgumentError, match="PROGRESS_INTERVAL: expected a number of seconds"):
        Progress(get_crawler(settings_dict={"PROGRESS_INTERVAL": value}))


def test_without_an_interval_there_is_nothing_to_see() -> None:
    with pytest.raises(NotConfigured):
        Progress(get_crawler())
