"""A real browser takes the stand-in for the site: it trusts it, runs its scripts, keeps its cookie."""

import os
import shutil
import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Runner = Callable[..., CompletedProcess[str]]
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    BROWSER is None or shutil.which("certutil") is None, reason="needs chromium and certutil"
)
HOME = "https://www.guancha.cn/"
DUMP = (str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom")


def test_a_challenge_is_passed_by_a_browser(replica: Runner) -> None:
    done = replica("run", "--articles", "30", "--faults", "challenge=1", "--", *DUMP, HOME)
    assert done.returncode == 0, done.stderr
    assert "document.cookie" not in done.stdout
    assert done.stdout.count("<dt>") == 22


def test_the_home_is_the_commands_alone(replica: Runner) -> None:
    code = "import os; print(os.environ['HOME'])"
    home = replica("run", "--articles", "30", "--", sys.executable, "-c", code).stdout.strip()
    assert home not in ("", os.environ.get("HOME"))
    assert not os.path.exists(home)


def test_without_certutil_the_command_runs(
    replica: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = os.environ["HOME"]
    monkeypatch.setenv("PATH", os.path.dirname(sys.executable))
    code = "import os; print(os.environ['HOME'])"
    done = replica("run", "--articles", "30", "--", sys.executable, "-c", code)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, home, "")
