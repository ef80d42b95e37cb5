"""Invented words: everything a reader of the stand-in sees is made here from a seed."""

from hashlib import blake2b
from random import Random

FIRST = "云海山川林石松竹梅兰星月晨岚溪泉峰岭湖沙雪霜雨雷风虹霞晴青白玄金银铜玉珠锦绣"
SECOND = "港湾谷桥塔船厂站园城镇村坊渡堤坝田圃仓库梁栈舟帆轮机网台院馆厅廊阁亭窑坡滩洲"
THIRD = "料品器具件纹谱图册表单款项案线道口岸层架板箱带"
VERBS = (
    "启动 公布 调整 扩建 验收 试行 推迟 核算 移交 检修 升级 缩减 筹备 登记 评估 改造 复测 重启 "
    "交付 封存 巡检 编制 比对 测绘 汇总 翻新 试运 采样 归档 校准"
).split()
ADJECTIVES = (
    "平稳 罕见 漫长 低廉 紧凑 庞大 细碎 陈旧 崭新 温和 迟缓 密集 稀疏 轻便 厚重 笨拙 灵巧 清晰"
).split()
MOMENTS = "入夏以来 上个月 本周 清晨时分 前天下午 开春后 今年以来 连日来 入夜后 近期".split()
OFFICES = "管理处 联席会 工务所 协作社 调度室 评议会 研究室 监测站 合作署 商会".split()
SURNAMES = (
    ("宋", "Song"), ("秦", "Qin"), ("陶", "Tao"), ("骆", "Luo"), ("盛", "Sheng"), ("柏", "Bai"),
    ("戚", "Qi"), ("卞", "Bian"), ("欧", "Ou"), ("葛", "Ge"), ("梅", "Mei"), ("阮", "Ruan"),
    ("苗", "Miao"), ("冯", "Feng"), ("汤", "Tang"), ("吴", "Wu"), ("俞", "Yu"), ("贺", "He"),
    ("康", "Kang"), ("单", "Dan"), ("简", "Jian"), ("彭", "Peng"), ("池", "Chi"), ("倪", "Ni"),
    ("安", "An"), ("晏", "Yan"), ("祝", "Zhu"), ("向", "Xiang"),
)  # fmt: skip
GIVEN = (
    ("越川", "YueChuan"), ("思澜", "SiLan"), ("乐山", "LeShan"), ("晏如", "YanRu"), ("一舟", "YiZhou"),
    ("北辰", "BeiChen"), ("望", "Wang"), ("宁", "Ning"), ("知白", "ZhiBai"), ("青禾", "QingHe"),
    ("牧", "Mu"), ("霁", "Ji"), ("千帆", "QianFan"), ("闻笛", "WenDi"), ("若谷", "RuoGu"),
)  # fmt: skip
FOREIGN = (
    ("奥莱", "Aulay"), ("布兰多", "Brando"), ("塞蒂", "Setti"), ("杜恩", "Duhn"), ("菲罗", "Firo"),
    ("格雷塔", "Greta"), ("霍姆", "Holm"), ("伊莎", "Issa"), ("卡米", "Kami"), ("洛文", "Lowen"),
)  # fmt: skip
STAFF_GIVEN = "小满 立夏 白露 寒露 秋分 谷雨 惊蛰 清和".split()
MEDIA = "云港日报 《溪桥周刊》 松塔电讯 岚谷新闻社 《月台》杂志 霞湾都市报 LANTOP".split()


def number(*keys: int | str) -> int:
    """A 64-bit number that depends on the keys alone, today and on every machine."""
    return int.from_bytes(blake2b(repr(keys).encode(), digest_size=8).digest(), "big")


def draw(*keys: int | str) -> Random:
    """A stream of choices that depends on the keys alone."""
    return Random(number(*keys))


def noun(rng: Random) -> str:
    """An invented thing: two or three characters."""
    text = rng.choice(FIRST) + rng.choice(SECOND)
    return text + rng.choice(THIRD) if rng.random() < 0.3 else text


def place(rng: Random) -> str:
    """An invented place or body, such as 松湾监测站."""
    return rng.choice(FIRST) + rng.choice(SECOND) + rng.choice(OFFICES)


def clause(rng: Random) -> str:
    """Half a sentence, without its mark."""
    form = rng.randrange(6)
    if form == 0:
        return f"{rng.choice(MOMENTS)}，{place(rng)}{rng.choice(VERBS)}了{noun(rng)}与{noun(rng)}"
    if form == 1:
        return f"{noun(rng)}的{noun(rng)}比预想更{rng.choice(ADJECTIVES)}"
    if form == 2:
        share = rng.randrange(2, 97)
        return f"{noun(rng)}中约有{share}.{rng.randrange(10)}%用于{rng.choice(VERBS)}{noun(rng)}"
    if form == 3:
        return f"{place(rng)}表示，“{rng.choice(ADJECTIVES)}的{noun(rng)}仍需{rng.choice(VERBS)}”"
    if form == 4:
        count = rng.randrange(3, 900)
        return f"{place(rng)}共{rng.choice(VERBS)}{count}处{noun(rng)}，从{noun(rng)}到{noun(rng)}"
    return f"{rng.choice(ADJECTIVES)}的{noun(rng)}，让{noun(rng)}不得不{rng.choice(VERBS)}"


def sentence(rng: Random) -> str:
    """A whole sentence of one or two clauses."""
    if rng.random() < 0.4:
        return f"{clause(rng)}，而{clause(rng)}。"
    return f"{clause(rng)}。"


def paragraph(rng: Random) -> str:
    """Two to five sentences."""
    return "".join(sentence(rng) for _ in range(rng.randint(2, 5)))


def headline(rng: Random) -> str:
    """A title; some hold quotes, some hold what HTML has to escape."""
    form = rng.randrange(8)
    if form == 0:
        return f"“{rng.choice(ADJECTIVES)}的{noun(rng)}”，{place(rng)}要{rng.choice(VERBS)}{noun(rng)}了？"
    if form == 1:
        return f"{place(rng)}：{noun(rng)}{rng.choice(VERBS)}在即，{noun(rng)}先行"
    if form == 2:
        return (
            f'{rng.randrange(3, 99)}座{noun(rng)}{rng.choice(VERBS)}，{noun(rng)}迎来"{noun(rng)}"'
        )
    if form == 3:
        return f"Q&A：{noun(rng)}为何{rng.choice(VERBS)}{noun(rng)}"
    return f"{place(rng)}{rng.choice(VERBS)}{noun(rng)}，{noun(rng)}{rng.choice(ADJECTIVES)}"


def staff_name(index: int) -> str:
    """The name of a member of the staff; distinct for 224 indexes."""
    surname = SURNAMES[index % len(SURNAMES)][0]
    return surname + STAFF_GIVEN[index // len(SURNAMES) % len(STAFF_GIVEN)]


def author_name(index: int) -> tuple[str, str]:
    """Name and slug of a columnist; distinct for 400 indexes, every fourth one from abroad."""
    if index % 4 == 3:
        turn = index // 4
        given = FOREIGN[turn % len(FOREIGN)]
        family = FOREIGN[(turn // len(FOREIGN) + turn + 1) % len(FOREIGN)]
        return f"{given[0]}·{family[0]}", f"{given[1]}-{family[1]}"
    turn = index - index // 4
    surname = SURNAMES[turn % len(SURNAMES)]
    given = GIVEN[(turn + turn // len(SURNAMES)) % len(GIVEN)]
    digit = "2" if turn % 7 == 5 else ""
    return surname[0] + given[0], surname[1] + given[1] + digit
