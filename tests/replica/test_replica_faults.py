"""Faults: seeded, so that the same run fails in the same way, and a retry may succeed."""

from collections import Counter

import pytest

from replica.faults import FaultError, parse_faults
from replica.site import HTML, Answer

URL = "https://www.guancha.cn/politics/2019_09_07_516891.shtml"
PAGE = Answer(
    200,
    '<h3 class="big">题</h3><div class="content all-txt" id="text">正文</div>'.encode(),
    {"Content-Type": HTML},
)


def test_the_same_request_meets_the_same_fault() -> None:
    faults = parse_faults("errors=0.2,reset=0.2,truncate=0.2,slow=0.5,challenge=0.1,garbage=0.1", 4)
    again = parse_faults("errors=0.2,reset=0.2,truncate=0.2,slow=0.5,challenge=0.1,garbage=0.1", 4)
    first = [faults.befall(URL, turn, PAGE) for turn in range(400)]
    assert first == [again.befall(URL, turn, PAGE) for turn in range(400)]
    statuses = Counter(mishap.answer.status for mishap in first)
    assert 40 < statuses[503] < 130
    assert 120 < sum(mishap.delay > 0 for mishap in first) < 280
    assert 40 < sum(mishap.reset for mishap in first) < 130
    assert 40 < sum(mishap.sound for mishap in first) < 130


@pytest.mark.parametrize("name", ["challenge", "garbage", "truncate"])
def test_an_answer_of_200_may_lie(name: str) -> None:
    mishap = parse_faults(f"{name}=1", 1).befall(URL, 1, PAGE)
    assert mishap.answer.status == 200
    assert mishap.answer.headers == {"Content-Type": HTML}
    assert mishap.answer.body != PAGE.body
    assert not mishap.sound


def test_a_challenge_has_a_script_and_no_headline() -> None:
    body = parse_faults("challenge=1", 1).befall(URL, 1, PAGE).answer.body
    assert b"document.cookie" in body
    assert b"<h3" not in body


def test_who_passed_the_challenge_meets_none() -> None:
    always = parse_faults("challenge=1", 1)
    assert always.befall(URL, 1, PAGE, "passed=20; x=passed=21").answer != PAGE
    assert always.befall(URL, 1, PAGE, "a=1; passed=21").answer == PAGE
    errors = parse_faults("errors=1", 1)
    assert errors.befall(URL, 1, PAGE, "passed=21").answer.status == 503


def test_a_cut_page_is_a_beginning() -> None:
    cut = parse_faults("truncate=1", 1).befall(URL, 1, PAGE).answer.body
    assert PAGE.body.startswith(cut)


def test_robots_txt_is_spared() -> None:
    faults = parse_faults("errors=1", 1)
    assert faults.befall("https://www.guancha.cn/robots.txt", 1, PAGE).answer == PAGE


@pytest.mark.parametrize(
    ("selector", "old", "new"),
    [
        (".all-txt", b'class="content all-txt"', b'class="content new-all-txt"'),
        ("#text", b'id="text"', b'id="new-text"'),
        ("h3", b"<h3 class", b"<new-h3 class"),
    ],
)
def test_a_redesign_renames(selector: str, old: bytes, new: bytes) -> None:
    body = parse_faults(f"rename={selector}", 1).befall(URL, 1, PAGE).answer.body
    assert body == PAGE.body.replace(old, new).replace(
        b"</h3>", b"</new-h3>" if selector == "h3" else b"</h3>"
    )


@pytest.mark.parametrize(
    "text", ["x=1", "errors", "errors=-1", "errors=nan", "rename=", "rename=.a>b"]
)
def test_a_wrong_specification_is_refused(text: str) -> None:
    with pytest.raises(FaultError, match="expected"):
        parse_faults(text, 1)
