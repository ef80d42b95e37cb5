"""What stands around every page: head, navigation, foot."""

from html import escape

from replica.addresses import SITE
from replica.pages.body import text
from replica.places import NEW_SECTIONS, OLD_SECTIONS

OLD_NAMES = dict(zip(OLD_SECTIONS, ("国际", "时政", "财经", "军事", "科技", "社会"), strict=True))
FOOT = """<div class="footer">
	<ul class="fix">
		<li><a href="http://www.guancha.cn/about/about.shtml" target="_blank">关于我们 </a></li>
		<li><a href="http://www.guancha.cn/about/sitemap.shtml" target="_blank">网站地图</a></li>
	</ul>
	<p>这是一个练习用的替身，文字皆为虚构。</p>
</div>
</body>
</html>
"""


def _old_navigation() -> str:
    cells = "".join(
        '\t<div class="nav-cell j-nav-cell">\n\t\t'
        f'<a href="/{slug}?s=dh{slug}" title="{name}">{name}</a>\n\t</div>\n'
        for slug, name in OLD_NAMES.items()
    )
    return (
        '<div class="content-menu"><div class="header-content"><a href="/">'
        '<img src="../images/logo.png"></a>'
        '</div></div>\n<!-- 导航 start -->\n<div class="nav">\n\t'
        '<div class="nav-cell j-nav-cell">\n'
        '\t\t<a href="/?s=dhshouye">首页</a>\n\t</div>\n\t<div class="nav-cell j-nav-cell">\n'
        '\t\t<a href="http://user.guancha.cn/?s=dhfengwen">风闻</a>\n\t</div>\n'
        f"{cells}</div>\n<!-- 导航 end -->\n"
    )


def _new_navigation() -> str:
    cells = "".join(
        f'\t\t<a href="/column/{slug}?s=dh{slug.replace("·", "").lower()}" '
        f'title="{name}">{name}</a>\n'
        for slug, (name, _) in NEW_SECTIONS.items()
    )
    return (
        '<!-- 导航 start -->\n<div class="header-index">\n<div class="header-index-box">\n'
        '\t<a href="/" target="_blank">'
        '<img src="../images/mian-logo.png" style="padding:13px 0;"></a>\n'
        '\t<div class="header-index-nav">\n\t<div class="header-nav-cell j-nav-cell">\n'
        '\t\t<a href="/?s=dhshouye" title="首页">首页</a>\n'
        '\t\t<a href="https://user.guancha.cn/?s=dhfengwen" title="风闻">风闻</a>\n'
        f"{cells}"
        f'\t\t<a href="{SITE}/mainnews-gd/" title="滚动">滚动</a>\n'
        '\t\t<a href="/video/gczvideo/list.html" title="视频" class="last">视频</a>\n'
        "\t</div>\n\t</div>\n</div>\n</div>\n<!-- 导航 end -->\n"
    )


OLD_NAVIGATION, NEW_NAVIGATION = _old_navigation(), _new_navigation()


def navigation(old: bool) -> str:
    """The bar at the top."""
    return OLD_NAVIGATION if old else NEW_NAVIGATION


def head(title: str, description: str | None, extra: str = "") -> str:
    """Everything before the body's content; the author named in it is a placeholder."""
    return (
        '<!DOCTYPE html>\n<html lang="zh-cmn-Hans">\n<head>\n    <meta charset="utf-8">\n'
        '    <meta name="author" content="name, email@gmail.com">\n'
        '    <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n'
        '    <meta name="Keywords" content="">\n'
        f'    <meta name="Description" content="{escape(description or "")}">\n'
        f"    <title>{text(title)}</title>\n{extra}</head>\n<body>\n"
    )
