"""What only the pages since the change have: staff box, report form, advert below the text."""

from html import escape

from replica.articles import Facts

BLOCKS = "".join(
    f'            <div class="share-block"><a class="{name}" data-cmd="{command}"></a></div>\n'
    for name, command in (
        ("sina-2", "tsina"),
        ("qq-2", "sqq"),
        ("qq-z-2", "qzone"),
        ("weixin-2", "weixin"),
    )
)
SHARE_ABOVE = f"""    <!-- 分享 -->
    <div class="share">
        <span>分享到：</span>
        <div class="share-box fl share-box-2" style="margin-top:0px;">
{BLOCKS}        </div>
        <div class="other-box fr">
            <a class="collect ml10" title="收藏本文"><i></i><span id="count0"></span></a>
            <a class="comment ml10" href="#comment" title="查看评论"><i></i>
                <span id="count2"></span>
            </a>
            <a class="count" href="#comment"></a>
        </div>
    </div>
"""
AFTER_SOURCE = '        <span class="postpage-view"></span>\n'
MEMBERS = '<div class="n_c_ecommerce-image" style="display: none"></div>\n'
AFTER_LISTS = ""
REASONS = {
    1: "违反法律法规",
    2: "垃圾信息、广告",
    3: "色情、淫秽信息",
    4: "人身攻击",
    5: "谣言、不实信息",
    6: "冒充，冒用信息",
    8: "破坏社区秩序",
    7: "其他",
    9: "涉未成年人有害信息",
}
CHOICES = "".join(
    "                    <li>\n                        "
    '<input name="accusation_type" type="radio" '
    f'value="{value}" id="accusation{value}">\n'
    f'                        <label for="accusation{value}">{reason}'
    "</label>\n                    </li>\n"
    for value, reason in REASONS.items()
)
ADVERT = """    <div class="content-bottom-ad">
        <div class="content-bottom-ad-flicking" style="display:none;">
            <div><a href="#" class="on"></a></div>
        </div>
        <div class="content-bottom-ad-image">
            <ul>
                <li>
                    <a href="https://member.guancha.cn/gcyquanyi/member.html" target="_blank">
                        <img src="https://i.guancha.cn/member/news_content_image.png?r=1791101976;"
                             width="770px" alt="加入观察员">
                    </a>
                </li>
            </ul>
        </div>
        <a href="javascript:;" id="content-bottom-ad-btn_prev" style="display:none;"></a>
        <a href="javascript:;" id="content-bottom-ad-btn_next" style="display:none;"></a>
    </div>
"""
SHARE_BELOW = f"""{ADVERT}    <!--footer-->
    <div class="share fix" style="position:relative;">
        <div class="share-box share-box-2 fl">
{BLOCKS}        </div>
        <div class="other-box fl">
            <a class="collect ml10" title="收藏本文"><i></i><span id="count0_1"></span></a>
        </div>
        <div class="post_vline">|</div>
        <div class="post_accusation">举报</div>
        <div class="accusation-down-list">
            <div class="acc-tips-body">
                <ul>
{CHOICES}                </ul>
                <div class="clear"></div>
                <p><a target="_blank" href="//www.guancha.cn/about/report.shtml">举报制度规范</a></p>
            </div>
            <div class="arr-tips-footer"> <a href="javascript:;" class="ok">确定</a> \
<a href="javascript:;" class="cancel">取消</a> </div>
            <div class="arrows"></div>
        </div>
    </div>
"""


def staff_box(article: Facts) -> str:
    """The editor's box of a piece without a columnist: no author, whatever it looks like."""
    if article.box or not article.editor:
        return ""
    return f"""    <ul class="editor fix">
                <li>
                    <div class="editor-intro fix">
                        <a href="" target="_blank"><img src="https://i.guancha.cn/users/{article.entry}.png"></a>
                        <p><a href="" target="_blank">{escape(article.editor)}</a><span></span></p>
                    </div>
                </li>
    </ul>
"""


def scripts(_: Facts) -> str:
    """The head holds no script of interest any more."""
    return ""


def share_below(_: Facts) -> str:
    """Advert, second share bar and report form."""
    return SHARE_BELOW


def linked_data(_: Facts) -> str:
    """There is no JSON-LD any more."""
    return ""
