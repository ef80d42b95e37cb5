"""Lists of URLs: plain, CDX, CDXJ, and lines that are none of it."""

import logging
from pathlib import Path

import pytest

from guancha import seeds
from guancha.arguments.articles import read_article
from guancha.arguments.comments import article_id
from guancha.exceptions import ArgumentError

URL = "https://www.guancha.cn/CaiJing/2026_10_04_{}.shtml"


def ids(value: str) -> list[str]:
    return [article.article_id for article in seeds.read(value, read_article)]


def test_a_comma_list() -> None:
    assert ids(f"{URL.format(1)}, //m.guancha.cn/CaiJing/2026_10_04_2_s.shtml ,") == ["1", "2"]


@pytest.mark.parametrize(
    "line",
    [
        URL.format(7),
        f"  {URL.format(7)}?s=zwytt  ",
        f"cn,guancha)/caijing/x 20261004000000 {URL.format(7)} text/html 200 ABC - - 1 2 x.warc.gz",
        f'cn,guancha)/caijing/x 20261004000000 {{"url": "{URL.format(7)}", "status": "200"}}',
        f'{{"url": "{URL.format(7)}"}}',
    ],
)
def test_each_form_of_a_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "seeds"
    path.write_text(f" CDX N b a m s k r M S V g\n\n# no\n{line}\r\n", "utf-8")

    assert ids(f"@{path}") == ["7"]


def test_wrong_lines_are_named_and_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "seeds"
    wrong = [
        "https://example.com/",
        "{broken",
        '{"a":' + "[" * 50_000,
        "[1]",
        "http://[x",
        "\x00",
        "x" * 200_000,
    ]
    path.write_text("\n".join([*wrong, URL.format(7)]), "utf-8")
    with caplog.at_level(logging.WARNING):
        found = ids(f"@{path}")

    assert found == ["7"]
    assert f"{path}, line 1" in caplog.text


def test_batches_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "seeds"
    path.write_text("\n".join(URL.format(number) for number in range(1, 251)), "utf-8")

    assert [len(batch) for batch in seeds.batches(f"@{path}", read_article)] == [100, 100, 50]
    assert list(seeds.batches(None, read_article)) == []


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="none"):
        ids(f"@{tmp_path}/none")


@pytest.mark.parametrize("content", ["", "# nothing\n", "https://example.com/\n"])
def test_a_file_without_an_article_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "seeds"
    path.write_text(content, "utf-8")
    with pytest.raises(ArgumentError, match="no article"):
        ids(f"@{path}")


def test_a_mark_of_the_byte_order_is_no_part_of_a_url(tmp_path: Path) -> None:
    path = tmp_path / "seeds"
    path.write_text(URL.format(7), "utf-8-sig")

    assert ids(f"@{path}") == ["7"]


def test_ids_and_urls_of_articles(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def ids(value: str) -> list[str]:
        return list(seeds.read(value, article_id, argument="articles"))

    path = tmp_path / "articles"
    path.write_text(f"7\n{URL.format(8)}?s=x\n# no\nnone of it\n 9 \n", "utf-8")

    assert ids(f"@{path}") == ["7", "8", "9"]
    assert ids(f"7, {URL.format(9)}") == ["7", "9"]
    assert [record.getMessage() for record in caplog.records] == [
        f"{path}, line 4: not an article of guancha.cn: 'https://www.guancha.cn/it'"
    ]
    path.write_text("none")
    with pytest.raises(ArgumentError, match="'articles': no article in"):
        ids(f"@{path}")
