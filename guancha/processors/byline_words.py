"""The words that bylines are made of: roles, houses, titles, and what looks like a name only.

Tables, and how to look for their words. A word that misses here costs an author; a wrong one
invents somebody: when in doubt, it stays out of ``ROLES`` and goes into ``NO_NAMES``.
"""

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest that fits.

    >>> any_of(["编辑", "编辑部"])
    '编辑部|编辑'
    """
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def _words(row: str) -> frozenset[str]:
    return frozenset(row.split())


ROLES = {
    "author": "文 文字 撰文 作者 本文作者 主笔 撰稿 撰稿人 采写 执笔 记者 特约记者 实习记者 通讯员",
    "translator": "译 翻译 编译 译者 摘译 节译 中译",
    "interviewer": "采访 专访 对话 采访人 采访者",
    "compiler": "整理 文字整理 视频整理 采访整理 整理人",
    "editor": "编辑 责编 责任编辑 实习编辑 执行编辑 编审 编校 校对 校译 核译 审校 审核",
    "speaker": "演讲 演讲者 演讲人 主讲 主讲人 口述 讲述 讲述人 发言 嘉宾",
    "presenter": "视频 主持 主持人 主播 出镜 播讲",
    "photographer": "摄影 拍摄 摄影报道 图",
}
"""Our role: the words printed for it before a slash or colon."""

ONLY_JOINED = _words("图")
"""Roles beside another one only (文/… 图/…): by themselves they credit a picture."""

GLUED = _words("译 翻译 编译 摘译 整理 采访 编辑 责编 校对 审校 摄影 视频")
"""Roles that may follow a name without a separator (…译/…): names end in 文, not in these."""

CREDITS = _words("presenter photographer")
"""Roles under which pictures and clips are credited to anything: only a sure name is one there."""

SPEECH = _words("记者 主持 主持人 主播 主讲 主讲人 演讲者 发言 嘉宾 对话 专访")
"""Before a colon without brackets these may introduce what somebody says, as in an interview."""

HOUSES = _words(
    "观察者网 观网 风闻社区 风闻 科工力量 心智观察所 底线思维 观学院 新华社 新华网 "
    "人民网 人民日报 央视 央广 光明网 中新社 中新网 中评社 环球时报 环球网 参考消息 澎湃 "
    "路透社 法新社 美联社 塔斯社 彭博社 俄新社 共同社 韩联社 卫星社 半岛电视台 "
    "今日俄罗斯 视觉中国 维基百科 百度百科 新浪 搜狐 网易 腾讯 凤凰网 财新 虎嗅 界面"
)
"""Media and sections: the affiliation of a name, glued to it or not; alone they name nobody."""

PRESS_TITLES = _words(
    "专栏作者 专栏作家 特约作者 特约撰稿人 特约撰稿 撰稿人 特约评论员 评论员 特约记者 "
    "实习记者 记者 特派员 通讯员 特约观察员"
)
"""Titles that make a byline even without a role word (【某报记者 某某】)."""

TITLES = _words(
    "作者 作家 编辑 主编 总编 总编辑 主笔 观察员 教授 副教授 讲师 研究员 博士 博士生 "
    "博士后 硕士 院长 副院长 所长 副所长 主任 副主任 秘书长 会长 副会长 理事长 主席 院士 "
    "学者 律师 经济学家 分析师 总裁 董事长 创始人 大使 外长 部长 总统 总理 议员 工程师 "
    "医生 导演 专家 顾问 编辑部 评论部 国际部 实习生 社长 总经理"
)
"""Other titles that stand before a name."""

ORGANISATIONS = _words(
    "大学 学院 研究院 研究所 研究中心 研究会 智库 基金会 日报 晚报 时报 周报 早报 周刊 "
    "杂志 新闻 通讯社 电视台 出版社 工作室 公众号 客户端 频道 集团 公司 委员会 协会 学会 "
    "论坛 网站 观察所 财经 专栏 栏目"
)
"""Words that end the name of an organisation, wherever they stand."""

NO_NAMES = _words(
    "文章 本文 全文 原文 译文 节选 摘要 作者 笔者 译者 编者 记者 编辑 佚名 匿名 网友 "
    "网络 综合 综合报道 谢谢 高兴 明白 时间 方法 方式 安全 平台 资料 资料图 截图 图片 "
    "视频 音频 官网 微博 微信 抖音 推特 脸书 谷歌 机器 机构 团队 小编 独家 授权 实录 "
    "简介 何时 何处 何人 黄金 白银 石油 经济 经历 水平 游戏 成本 成功 成都 广州 金融 "
    "金额 安排 于是 关于 关系 方面 时候 时评 时事 时政 文化 文学 文艺 文字 文本 文史 "
    "文旅 文献 华人 华为 包括 任务 任何 温度 常识 常见 路线 路透 古代 解释 解读 解放 "
    "解决 解析 万一 有限 有关 强调 牛市 公告 公式 高度 高清 高层 高盛 高校 白宫 白皮书 "
    "项目 支持 支援 党建 党史 国际 国家 国内 国防 美联 张望 毛笔 应该 应用 马上 车辆 "
    "车市 钱包 时代 易读 严重 严格 池塘 施工 施政 盛世 季度 康复 单位 宣传 朗读 尚未 "
    "曾经 连线 连载 连接 全球 全国 全媒体 全景 明星 明天 和平 和谐 项链 段落 段子 乐队 "
    "乐观 乐谱 综述 报道 评论 社论 社评 快讯 消息 专电 原创 转载 自制 剪辑 出品 联合 "
    "字幕 字幕组 后期"
)
"""Words of two or three characters that begin like a surname, or stand where a name would."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程"
    "苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江阎薛闫雷段龙黎史陶贺毛郝顾"
    "龚邵万覃武钱戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳"
    "甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬"
    "师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝由谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢"
    "劳谌奚皮粟冼蔺楼盘闻厉伊仝区郜海阚花帅屠豆朴盖练廉禹井祖漆巴丰支卿狄平索宣晋云容敬扈晁芮普"
    "阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况宿鲜印逯隆茹诺战慕危玉银亢嵇哈湛宾戎勾茅居干尉冶檀"
    "衣阴智幸封衡昝尹常洪荀赖竺桓习贡濮鄂怀"
)
"""The first character of nearly every Chinese name."""

COMPOUND_SURNAMES = _words(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 端木 南宫 独孤 西门"
)
"""Surnames of two characters."""
