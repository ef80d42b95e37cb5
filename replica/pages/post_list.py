"""Lists of readers' posts as mark-up."""

from replica.pages.body import text
from replica.pages.frame import FOOT, NEW_NAVIGATION, head
from replica.posts import Post, PostTopic, summary
from replica.readers import Reader
from replica.remarks import shown
from replica.timeline import World


def _item(world: World, post: Post) -> str:
    href = f"/main/content?id={post.post_id}&amp;s=fwlb"
    home = f"/user/personal-homepage?uid={post.author.user_id}"
    return (
        '<div class="index-list-item">\n<div class="list-item clearfix">\n'
        f'<div class="user-box"><a href="{home}" class="user-nick">{post.author.name}</a></div>\n'
        f'<h4><a href="{href}" target="_blank">{text(post.title)}</a></h4>\n'
        f'<p class="item-content">{text(summary(post))}</p>\n<div class="list-footer">'
        f'<span class="time1">{shown(post.published, world.now)}</span>'
        f"<span>评论 {post.comments}</span><span>赞 {post.praise}</span></div>\n</div>\n</div>\n"
    )


def fragment(world: World, posts: list[Post]) -> str:
    """The piece of a page that a script asks for; empty past the end."""
    return "".join(_item(world, post) for post in posts)


def _page(world: World, title: str, posts: list[Post]) -> str:
    return (
        f'{head(title, None)}{NEW_NAVIGATION}<div class="main-content">\n<h1>{text(title)}</h1>\n'
        f'<div class="index-list">\n{fragment(world, posts)}</div>\n</div>\n{FOOT}'
    )


def front_html(world: World, posts: list[Post]) -> str:
    """The front of the community."""
    return _page(world, "风闻社区", posts)


def topic_html(world: World, topic: PostTopic, posts: list[Post]) -> str:
    """One page of a topic's posts."""
    return _page(world, topic.name, posts)


def reader_html(world: World, reader: Reader, posts: list[Post]) -> str:
    """The page of a reader."""
    return _page(world, reader.name, posts)
