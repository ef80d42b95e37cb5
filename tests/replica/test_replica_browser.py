"""A real browser takes the stand-in for the site: it trusts it, runs its scripts, keeps its cookie."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from replica import threads
from replica.addresses import url_of
from replica.articles import doc_id
from replica.comment_truth import comments
from replica.headline_truth import headlines
from replica.timeline import World
from tests.browsers import need

Runner = Callable[..., CompletedProcess[str]]
HOME = "https://www.guancha.cn/"
DUMP = ("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom")

LOOK = str(Path(__file__).with_name("replica_browser.py"))
ITEMS = """[...document.querySelectorAll("SELECTOR > li")].map(item => {
    const text = item.querySelector(":scope > .comment-txt"), footer = item.lastElementChild;
    const folded = text.querySelector(".unfold") !== null;
    return {id: item.dataset.id, root: item.dataset.root, folded,
        parent: item.querySelector(".comment-box")?.dataset.id ?? null,
        text: folded ? text.firstElementChild.textContent : text.textContent,
        time: footer.querySelector(".time").textContent,
        member: item.querySelector(".member-logo") !== null,
        praise: +footer.querySelector(".praise span").textContent,
        tread: +footer.querySelector(".tread span").textContent};
})"""
ALL, HOT = (ITEMS.replace("SELECTOR", f"ul.list-{name}-all") for name in ("body", "hot-body"))
FILLED = (
    'document.querySelector("ul.list-body-all") && document.querySelector("#count0")?.textContent'
)
THREAD = f"""{FILLED} ? {{all: {ALL}, hot: {HOT}, collects: document.querySelector("#count0").textContent,
    count: document.querySelector("#count2").textContent}} : null"""
ACTIVE = 'document.querySelector(".pagination-normal .active")?.textContent'
CLICK = "document.querySelector(\".pagination-normal a[data-page='2']\")?.click() ?? null"
SECOND_PAGE = f'{ACTIVE} === "2" ? {{all: {ALL}}} : {CLICK}'
LINKS = ", ".join(
    (
        "#news-index-focus a",
        "#news-index-redian a",
        "#post-fengwen a.fenwen24-title",
        "#hot-comments a.hot-comment-txt",
    )
)
BOXES = f"""{json.dumps(LINKS.split(", "))}.every(box => document.querySelector(box)) ?
    [...document.querySelectorAll({json.dumps(LINKS)})].map(link => (
        {{href: link.href, text: link.innerText}})) : null"""


def looked(replica: Runner, options: tuple[str, ...], *pairs: tuple[str, str]) -> list[Any]:
    """What the browser finds on each page by an expression."""
    asked = [word for pair in pairs for word in pair]
    done = replica("run", *options, "--", sys.executable, LOOK, str(need()), *asked)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_a_challenge_is_passed_by_a_browser(replica: Runner) -> None:
    done = replica(
        "run", "--articles", "30", "--faults", "challenge=1", "--", str(need()), *DUMP, HOME
    )
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


def test_scripts_fill_what_is_empty_as_served(replica: Runner) -> None:
    world = World(1, 60, 1)
    entry = next(e for e in range(60) if world.alive(e) and threads.comment_count(world, e) > 60)
    page, second, boxes = looked(
        replica,
        ("--articles", "60", "--day", "1", "--faults", "challenge=1"),
        (url_of(world, entry), THREAD),
        (url_of(world, entry), SECOND_PAGE),
        (HOME, BOXES),
    )
    lines = [line for line in headlines(world) if line["box"] not in ("headline", "main")]
    assert [" ".join(box["text"].split()) for box in boxes] == [line["title"] for line in lines]
    for box, line in zip(boxes, lines, strict=True):
        assert line["url"].rpartition("/")[2] in box["href"]
        assert "s=sy" in box["href"]
    true = {line["comment_id"]: line for line in comments(world)}
    newest = sorted(
        key for key, line in true.items() if line["doc_id"] == str(doc_id(world, entry))
    )
    shown = [key for key in reversed(newest) if not true[key]["is_quoted"]]
    assert [item["id"] for item in page["all"]] == shown[:20]
    assert [item["id"] for item in second["all"]] == shown[20:40]
    assert page["count"] == str(len(shown))
    assert page["collects"].isdigit()
    for item in page["all"] + page["hot"] + second["all"]:
        line = true[item["id"]]
        assert (item["root"] if item["root"] != "0" else None) == line["root_id"]
        assert item["parent"] == line["parent_id"]
        assert item["folded"] == (line["status"] == "folded")
        assert (item["praise"], item["tread"]) == (line["praise_count"], line["tread_count"])
        assert item["member"] == line["is_member"]
        assert "".join(item["text"].split()) == "".join(line["text"].split())
        assert item["time"].strip() == line["date_published_raw"]
    assert {item["id"] for item in page["hot"]} <= {k for k, line in true.items() if line["is_hot"]}
