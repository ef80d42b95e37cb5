"""What only the pages of 2019 have: their share bars, scripts and JSON-LD."""

import json

from replica.articles import Facts

COUNTER = 'onclick=\'_czc.push(["_trackEvent", "commentcount", "click", "icon"]);\''
BLOCKS = "".join(
    f'\t\t<div class="share-block"><a class="{name}" data-cmd="{command}"></a></div>\n'
    for name, command in (
        ("sina-2", "tsina"),
        ("qq-2", "sqq"),
        ("qq-z-2", "qzone"),
        ("weixin-2", "weixin"),
        ("other-2", "more"),
    )
)
SHARE_ABOVE = f"""<!-- 分享 -->
<div class="share">
	<span>分享到：</span>
	<div class="share-box fl share-box-2 bdsharebuttonbox" style="margin-top:0px;">
{BLOCKS}	</div>
	<div class="other-box fr">
		<a class="collect ml10" title="收藏本文"><i></i><span id="count0"></span></a>
		<a class="comment ml10" href="#comment" title="查看评论" {COUNTER}><i></i>
		<span id="count2"></span></a>
		<a class="count" href="#comment" {COUNTER}></a>
	</div>
</div>
"""
AFTER_SOURCE = ""
MEMBERS = """<div id="post-member"><h4><img src="https://i.guancha.cn/vip-crown.gif?20160614">\
<a href="https://member.guancha.cn" target="_blank">观察员</a></h4>\
<div class="post-member-box" data-id="785"><img class="post-member-href" src="https://i.guancha.cn/post/1.jpg">\
<div class="post-member-title"><span class="post-member-href">付费专栏选读</span>\
<a href="https://member.guancha.cn/column/dacankao" target="_blank">大参考</a></div>\
<span>2019-09-07</span></div></div>
"""
AFTER_LISTS = """<script>
$(function(){
	$('.module-interact span').each(function(){
		ndate = $(this).text();
		$(this).text(ndate.substr(0,16));
	})
})
</script>
"""


def staff_box(_: Facts) -> str:
    """The staff had no box yet."""
    return ""


def scripts(article: Facts) -> str:
    """The page for telephones, and the script that holds the key of the comments."""
    mobile = article.url.replace("www.", "m.", 1)
    return (
        f'<link rel="alternate" media="only screen and (max-width: 970px)" href="{mobile}">\n'
        '<script type="text/javascript">\n\tvar _API_URL="http://api.guancha.cn",\n'
        '\t\t_CMT_URL="http://comment.guancha.cn",\n'
        f'\t\t_DOC_ID="{article.doc_id}";\n\t\t_AD_SWITCH="1";\n</script>\n'
    )


def share_below(article: Facts) -> str:
    """The second share bar, whose script names the share picture."""
    return f"""<div class="share fix">
	<div class="share-box share-box-2 fl bdsharebuttonbox">
{BLOCKS}		<script>
			window._bd_share_config = {{
				common : {{
					bdText : '{_quoted(article.list_title)}-观察者网',
					bdDesc : '{article.description or ""}',
					bdUrl :  window.location.href,
					bdPic : '{article.image or ""}'
				}},
				share : [{{
					bdCustomStyle :"../css/share.css"
				}}]
			}}
		</script>
	</div>
	<div class="other-box fl">
		<a class="collect ml10" title="收藏本文"><i></i><span id="count0_1"></span></a>
	</div>
</div>
"""


def _quoted(words: str) -> str:
    return words.replace("'", "\\'")


def linked_data(article: Facts) -> str:
    """JSON-LD; its pubDate is the time of the last update."""
    shown = article.modified or article.published
    data = {
        "@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld ",
        "@id": article.url + " ",
        "title": article.title,
        "images": [article.image] if article.image else [],
        "pubDate": f"{shown:%Y-%m-%dT%H:%M:%S}",
    }
    body = json.dumps(data, ensure_ascii=False, indent=4)
    return f'<script type="application/ld+json">\n{body}\n</script>\n'
