"""The edge: a process whose environment names it takes the stand-in for the site."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

ROOT = Path(__file__).parents[2]
Runner = Callable[..., CompletedProcess[str]]

CLIENT = """
import json, os, ssl, sys
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit
from urllib.request import urlopen

def ask(url):
    try:
        with urlopen(url) as answer:
            return answer.status, answer.geturl(), answer.read().decode()
    except (OSError, HTTPException) as error:
        return getattr(error, "code", 0), url, type(error).__name__

proxy = urlsplit(os.environ["https_proxy"])
def conversation(host, *requests):
    line = HTTPSConnection(proxy.hostname, proxy.port, context=ssl.create_default_context())
    line.set_tunnel(host, 443)
    for method, path, headers in requests:
        line.request(method, path, headers=headers)
        answer = line.getresponse()
        yield answer.status, dict(answer.getheaders()), answer.read()
"""


def client(replica: Runner, code: str, *options: str) -> list[object]:
    """Runs code beside the functions of CLIENT; its ``found`` comes back."""
    script = CLIENT + code + "\nprint(json.dumps(found))"
    done = replica("run", "--articles", "30", *options, "--", sys.executable, "-c", script)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return list(json.loads(done.stdout))


def test_the_site_answers_behind_the_proxy(replica: Runner) -> None:
    code = """
found = [ask("https://www.guancha.cn/?s=dhshouye"), ask("https://guancha.cn/"),
    ask("http://www.guancha.cn/robots.txt"), ask("https://www.guancha.cn/unknown/list_1.shtml"),
    ask("https://i.guancha.cn/x.jpg"), ask("https://example.org/")]
"""
    home, bare, robots, unknown, image, outside = client(replica, code, "--crawl-delay", "7")
    assert home[0] == 200
    assert home[2].count("<dt>") == 22
    assert bare[1:] == unknown[1:] == ["https://www.guancha.cn/", home[2]]
    assert robots[1] == "https://www.guancha.cn/robots.txt"
    assert robots[2].splitlines()[1:] == [
        "Disallow: /Search/",
        "Disallow: /df888/",
        "Crawl-delay: 7",
    ]
    assert image[0] == 404
    assert outside[2] == "URLError"


def test_one_connection_serves_many_requests(replica: Runner) -> None:
    code = """
requests = ("GET", "/", {}), ("HEAD", "/", {}), ("GET", "/nothing", {})
first, head, missing = conversation("m.guancha.cn", *requests)
again, = conversation("www.guancha.cn", ("GET", "/", {"If-None-Match": first[1]["ETag"]}))
found = [len(first[2]), first[1], head[:2], len(head[2]), missing[:2], again[0]]
"""
    size, headers, head, head_size, missing, again = client(replica, code)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Length"] == str(size)
    assert head == [200, headers]
    assert head_size == 0
    assert missing[0] == 302
    assert missing[1]["Location"] == "https://www.guancha.cn/"
    assert again == 304


def test_the_environment_names_the_hour(replica: Runner) -> None:
    code = 'found = [os.environ["GUANCHA_NOW"], os.environ["no_proxy"]]'
    assert client(replica, code, "--day", "3") == ["2019-09-11T20:00:00+08:00", ""]


def test_faults_reach_the_client(replica: Runner) -> None:
    code = 'found = [ask("https://www.guancha.cn/") for _ in range(12)] + [ask("https://www.guancha.cn/robots.txt")]'
    *answers, robots = client(replica, code, "--faults", "errors=0.4,reset=0.4,rename=dt")
    errors = [answer for answer in answers if answer[0] == 503]
    resets = [answer for answer in answers if answer[0] == 0]
    whole = [answer for answer in answers if answer[0] == 200]
    assert errors
    assert resets
    assert whole
    assert all("<new-dt>" in answer[2] and "<dt>" not in answer[2] for answer in whole)
    assert robots[0] == 200


@pytest.mark.parametrize(("command", "code"), [("exit 7", 7), ("kill -KILL $$", 137)])
def test_the_exit_code_is_the_commands(replica: Runner, command: str, code: int) -> None:
    assert replica("run", "--", "sh", "-c", command).returncode == code


def test_a_command_that_is_not_there(replica: Runner) -> None:
    done = replica("run", "--", "no-such-command")
    assert done.returncode == 127
    assert "no-such-command" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_are_passed_on(number: signal.Signals) -> None:
    command = "trap 'exit 3' INT TERM; echo $SSL_CERT_FILE; while :; do sleep 0.05; done"
    line = [sys.executable, "-m", "replica", "run", "--", "sh", "-c", command]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        ca_file = Path(running.stdout.readline().strip())
        assert ca_file.exists()
        running.send_signal(number)
        assert running.wait(20) == 3
    assert not ca_file.parent.exists()


def test_serve_runs_until_interrupted() -> None:
    line = [sys.executable, "-m", "replica", "serve", "--articles", "10"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        exports = [running.stdout.readline() for _ in range(3)]
        assert all(export.startswith("export ") for export in exports)
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            ("--articles", "9"),
            "argument --articles: expected a whole number from 10 to 100000, got '9'",
        ),
        (("--day", "x"), "argument --day: expected a whole number from 0 to 10000, got 'x'"),
        (("--era", "2020"), "argument --era: invalid choice: '2020'"),
        (("--faults", "typo=1"), "argument --faults: expected one of errors, reset"),
        (("--faults", "errors=2"), "errors: expected a probability from 0 to 1, got '2'"),
        (("--faults", "errors=0.6,reset=0.6"), "of at most 1, got 'errors=0.6,reset=0.6'"),
        (("--faults", "rename=a b"), "rename: expected .class, #id or a tag, got 'a b'"),
    ],
)
def test_a_wrong_argument_is_named(
    capsys: pytest.CaptureFixture[str], options: tuple[str, str], words: str
) -> None:
    from replica.__main__ import main

    with pytest.raises(SystemExit) as ended:
        main(["truth", *options])
    assert ended.value.code == 2
    assert words in capsys.readouterr().err
