"""The page of a reader's post: its classes are those that others report, all else is invented."""

from replica.pages.body import body_html, text
from replica.pages.frame import FOOT, NEW_NAVIGATION, head
from replica.post_lists import of_writer
from replica.posting import post_id
from replica.posts import Post, post_title
from replica.remarks import shown
from replica.timeline import World

WHOLE = 0
"""The page that holds all parts."""
BESIDE = 5


def _writer(post: Post) -> str:
    home = f"/user/personal-homepage?uid={post.author.user_id}"
    return (
        '<div class="user-box clearfix">\n<div class="user-avatar popup-user" '
        f'data-uid="{post.author.user_id}"><img src="https://i.guancha.cn/default.png"></div>\n'
        f'<div class="user-main">\n<h4><a href="{home}" target="_blank">{post.author.name}</a>'
        f"</h4>\n<p>{text(post.author.about)}</p>\n</div>\n</div>\n"
    )


def _topics(post: Post) -> str:
    links = "".join(
        f'<a href="/topic/post-list?topic_id={topic.topic_id}" target="_blank">{text(topic.name)}</a>\n'
        for topic in post.topics
    )
    return f'<div class="article-topics">\n{links}</div>\n' if links else ""


def _pager(post: Post, page: int) -> str:
    """Links between the parts of a long post, and to its whole."""
    if len(post.parts) == 1 or page == WHOLE:
        return ""
    path = f"/main/content?id={post.post_id}&amp;page="
    numbers = "".join(
        f'<span class="active">{turn}</span>\n'
        if turn == page
        else f'<a href="{path}{turn}">{turn}</a>\n'
        for turn in range(1, len(post.parts) + 1)
    )
    return f'<div class="article-pages">\n{numbers}<a href="{path}{WHOLE}">余下全文</a>\n</div>\n'


def _counts(post: Post) -> str:
    return (
        f'<div class="article-counts">\n<span class="view-num">阅读 {post.views}</span>\n'
        f'<a href="#comments-container" class="comment-num">评论 {post.comments}</a>\n'
        f'<a href="javascript:;" class="praise">赞<span>{post.praise}</span></a>\n'
        f'<a href="javascript:;" class="collection">收藏<span>{post.collects}</span></a>\n</div>\n'
    )


def _beside(world: World, post: Post) -> str:
    """What else the writer has written."""
    others = [other for other in of_writer(world, post.author.number) if other != post.post]
    items = "".join(
        f'<li><a href="/main/content?id={post_id(world, other)}&amp;s=fwzwyzzwz" target="_blank">'
        f"{text(post_title(world, other))}</a></li>\n"
        for other in others[:BESIDE]
    )
    return f'<div class="side-list">\n<h4>作者文章</h4>\n<ul>\n{items}</ul>\n</div>\n'


def post_html(world: World, post: Post, page: int) -> str:
    """One page of a post, counted from 1; WHOLE is all of it."""
    blocks = post.blocks if page == WHOLE else post.parts[page - 1]
    return (
        f'{head(post.title, None)}{NEW_NAVIGATION}<div class="main-content">\n'
        f'<div class="article-content">\n<h1>{text(post.title)}</h1>\n{_writer(post)}'
        f'<span class="time1">{shown(post.published, world.now)}</span>\n{_topics(post)}'
        f'<div class="article-txt-content">\n{body_html(blocks, old=False)}\n</div>\n'
        f"{_pager(post, page)}{_counts(post)}</div>\n"
        f'<div class="gc-comment" id="comments-container" data-id="{post.post_id}" '
        f'data-type="2"></div>\n{_beside(world, post)}</div>\n{FOOT}'
    )
