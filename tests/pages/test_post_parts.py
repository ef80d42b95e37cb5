"""A post in parts: in order, each once, and whole only where all of it is there."""

from guancha.pages.post import PostPage
from guancha.pages.post_parts import MAX_PAGES, PostParts
from tests.pages.post_builder import PostHtml, pager


def page(*words: str, count: int = 3) -> PostPage:
    body = "".join(f"<p>{word}</p>" for word in words)
    return PostHtml(body, after=pager(*range(1, count + 1))).read()


def joined(first: PostPage, *others: PostPage | None) -> tuple[list[str], bool]:
    parts = PostParts(first)
    for other in others:
        parts.add(other)
    assert not parts.wanted
    post = parts.post()
    return post.paragraphs, post.is_complete


def test_a_post_without_a_pager_is_whole() -> None:
    assert joined(page("一", count=1)) == (["一"], True)


def test_parts_are_joined_in_order() -> None:
    assert joined(page("一", "二"), page("三"), page("四")) == (["一", "二", "三", "四"], True)


def test_what_a_part_repeats_is_there_once() -> None:
    assert joined(page("一", "二"), page("二", "三"), page("四")) == (
        ["一", "二", "三", "四"],
        True,
    )


def test_a_missing_part_is_told() -> None:
    assert joined(page("一"), None, page("三")) == (["一", "三"], False)


def test_a_site_that_answers_with_the_first_page_again_is_not_believed() -> None:
    first = page("一")

    assert joined(first, page("一"), page("一")) == (["一"], False)


def test_a_whole_page_with_a_pager_is_the_post() -> None:
    whole = page("一", "二", "三", "四")

    assert joined(whole, page("二", "三"), page("四")) == (["一", "二", "三", "四"], True)


def test_a_pager_may_show_more_further_on() -> None:
    parts = PostParts(page("一", count=2))
    parts.add(page("二", count=3))
    assert list(parts.wanted) == [3]
    parts.add(page("三"))

    assert parts.post().paragraphs == ["一", "二", "三"]


def test_no_more_are_asked_for_than_any_post_has() -> None:
    parts = PostParts(page("一", count=999))
    while parts.wanted:
        parts.add(page(str(len(parts.wanted)), count=999))

    assert len(parts.post().paragraphs) == MAX_PAGES
    assert not parts.post().is_complete
