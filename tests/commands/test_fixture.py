"""``scrapy fixture``: a case that can be published, from a saved page or from the site."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from guancha import cases
from guancha.scramble import scramble
from tests import shared
from tests.conftest import ROOT, Run, environment

HAN = re.compile(r"[\u3400-\u9fff]{12,}")
_PYTHON = (sys.executable, "-m")
URL = "https://www.guancha.cn/WangWen/2019_09_07_516891.shtml"


def test_a_saved_page_becomes_a_case(scrapy: Callable[..., Run], tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_bytes(shared.page("article-2019-column"))
    run = scrapy("fixture", str(saved), "--url", URL, "--name", "one", "--into", str(tmp_path))
    folder = tmp_path / "article/one"

    assert run.code == 0, run.log
    assert run.out.strip() == str(folder)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    assert expected == cases.yielded(folder)
    assert expected["authors"][0]["affiliation"] == "观察者网专栏作者"
    assert expected["page_count"] == 2
    assert expected["article_id"] != "516891"
    again = scrapy("fixture", str(saved), "--url", URL, "--name", "one", "--into", str(tmp_path))
    assert again.code == 2


def test_no_words_of_the_page_are_left() -> None:
    for name in shared.ARTICLES:
        before = shared.page(name).decode()
        after = scramble(before)
        assert len(after) == len(before)
        left = set(HAN.findall(before)) & set(HAN.findall(after))
        assert {words for words in left if not words.startswith("本文系观察者网")} == set()


def test_a_page_of_the_site_becomes_a_case(tmp_path: Path) -> None:
    url = "https://www.guancha.cn/mainnews-gd/"
    command = ["scrapy", "fixture", url, "--name", "one", "--into", str(tmp_path)]
    done = subprocess.run(
        [*_PYTHON, "replica", "run", "--articles", "20", "--", *_PYTHON, *command],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "listing/one/expected.json").read_text("utf-8"))) > 5
    assert not (tmp_path / "data").exists()


def test_wrong_use_exits_2(scrapy: Callable[..., Run]) -> None:
    run = scrapy("fixture", "https://example.com/", "--name", "one")

    assert run.code == 2
    assert "https://example.com/" in run.out + run.log
