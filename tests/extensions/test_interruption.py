"""Ctrl-C and SIGTERM: at once, and at the end, a word on what is kept."""

import re
import signal
import subprocess
from pathlib import Path

from tests.conftest import environment
from tests.extensions.watched import CORNER, archived, command, torn, watch

SLOW = ("-s", "DOWNLOAD_DELAY=0.1", "-a", "sections=home")
CTRL_C = b"\x03"
AT_ONCE = "what is under way is finished; again to stop at once"
READ = re.compile("degraded: ([0-9]+) articles read")
KEPT = "interrupted: what was had is kept, and the next run goes on"


def test_ctrl_c_stops_cleanly_and_says_what_is_kept(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 60", *SLOW)
    terminal.wait_for("read +[1-9]")
    terminal.type(CTRL_C)
    code, shown = terminal.end(), terminal.text()

    assert code == 3
    assert AT_ONCE in shown
    assert KEPT in shown
    assert [int(count) for count in READ.findall(shown)] == [archived(tmp_path)]
    assert torn(terminal) == []
    assert not terminal.screen.cursor.hidden


def test_a_second_ctrl_c_stops_at_once(tmp_path: Path) -> None:
    terminal = watch(tmp_path, "--articles 20 --faults slow=1")
    terminal.wait_for("expecting")
    terminal.type(CTRL_C)
    terminal.wait_for(AT_ONCE)
    terminal.type(CTRL_C)
    code, shown = terminal.end(), terminal.text()

    assert code == 1
    assert "stopping at once (SIGINT): what was committed is kept" in shown
    assert KEPT not in shown
    assert torn(terminal) == []
    assert not terminal.screen.cursor.hidden
    assert terminal.shown.rpartition(CORNER.encode())[2].count(b"\x1b[?25h") == 1


def test_sigterm_is_answered_in_a_log_too(tmp_path: Path) -> None:
    run = subprocess.Popen(
        command("--articles 60", *SLOW, "-s", "PROGRESS_INTERVAL=0.1", "-L", "WARNING"),
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        text=True,
    )
    while not archived(tmp_path):
        assert run.poll() is None
    run.send_signal(signal.SIGTERM)
    _, log = run.communicate(timeout=60)

    assert run.returncode == 3
    assert f"stopping (SIGTERM): {AT_ONCE}" in log
    assert KEPT in log
    assert [int(count) for count in READ.findall(log)] == [archived(tmp_path)]
    assert "Traceback" not in log
