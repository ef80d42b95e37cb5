"""Readings of bylines: real ones from the labelled data, invented ones here."""

from typing import Any

import pytest

from guancha.processors.bylines import parse_byline

Reading = tuple[str, str, str | None, str | None]


def read(raw: str) -> list[Reading]:
    return [(a.name, a.role, a.role_raw, a.affiliation) for a in parse_byline(raw)]


def test_every_labelled_byline(labelled_bylines: list[dict[str, Any]]) -> None:
    expected = {
        row["raw"]: [
            (author["name"], author["role"], author["role_raw"], author["affiliation"])
            for author in row["authors"]
        ]
        for row in labelled_bylines
    }
    assert len(expected) == 30
    assert {raw: read(raw) for raw in expected} == expected


READINGS: dict[str, list[Reading]] = {
    "【文：张三】": [("张三", "author", "文", None)],
    "【文／张三】": [("张三", "author", "文", None)],
    "（文/张三。）": [("张三", "author", "文", None)],
    "[文/晨曦]": [("晨曦", "author", "文", None)],
    "【文/张三）": [("张三", "author", "文", None)],
    "文/张三": [("张三", "author", "文", None)],
    "文/晨曦": [("晨曦", "author", "文", None)],
    "文 | 张三": [("张三", "author", "文", None)],
    "文丨张三": [("张三", "author", "文", None)],
    "\u200b【文/\xa0张三】\ufeff": [("张三", "author", "文", None)],
    "【文/张 三】": [("张 三", "author", "文", None)],
    "【文/欧阳三四】": [("欧阳三四", "author", "文", None)],
    "作者：张三": [("张三", "author", "作者", None)],
    "编辑：李四": [("李四", "editor", "编辑", None)],
    "翻译：李四 校对：王五": [
        ("李四", "translator", "翻译", None),
        ("王五", "editor", "校对", None),
    ],
    "【文/观察者网 张三 李四】": [
        ("张三", "author", "文", "观察者网"),
        ("李四", "author", "文", "观察者网"),
    ],
    "【文/观察者网 张三，李四】": [
        ("张三", "author", "文", "观察者网"),
        ("李四", "author", "文", None),
    ],
    "【文/观察者网专栏作者 张三，某某大学教授 李四】": [
        ("张三", "author", "文", "观察者网专栏作者"),
        ("李四", "author", "文", "某某大学教授"),
    ],
    "【文/张三和李四】": [("张三", "author", "文", None), ("李四", "author", "文", None)],
    "【文/张和平】": [("张和平", "author", "文", None)],
    "【文/张三，某某大学教授】": [("张三", "author", "文", None)],
    "【文/某某大学教授、某某研究院院长 张三】": [
        ("张三", "author", "文", "某某大学教授、某某研究院院长")
    ],
    "【文/某某研究 张三】": [("张三", "author", "文", "某某研究")],
    "【文/观察者网·科工力量 张三】": [("张三", "author", "文", "观察者网·科工力量")],
    "【文/《某某》张三】": [("张三", "author", "文", "《某某》")],
    "【文/John Smith】": [("John Smith", "author", "文", None)],
    "【文/J. K. Smith 译/李四】": [
        ("J. K. Smith", "author", "文", None),
        ("李四", "translator", "译", None),
    ],
    "【文/约翰·F·某某】": [("约翰·F·某某", "author", "文", None)],
    "【文/约翰·D. 某某】": [("约翰·D. 某某", "author", "文", None)],
    "【文/让-约翰•某某；译/李四】": [
        ("让-约翰•某某", "author", "文", None),
        ("李四", "translator", "译", None),
    ],
    "【文/约翰·某某（John Mou） 译/观察者网 李四】": [
        ("约翰·某某", "author", "文", None),
        ("李四", "translator", "译", "观察者网"),
    ],
    "【文/约翰·某某译/观察者网李四】": [
        ("约翰·某某", "author", "文", None),
        ("李四", "translator", "译", "观察者网"),
    ],
    "【文/观察者网 张三，编辑/李四】": [
        ("张三", "author", "文", "观察者网"),
        ("李四", "editor", "编辑", None),
    ],
    "【文/张三 编辑 李四】": [("张三", "author", "文", None), ("李四", "editor", "编辑", None)],
    "【文、图/张三】": [
        ("张三", "author", "文、图", None),
        ("张三", "photographer", "文、图", None),
    ],
    "【采访、整理/观察者网 张三】": [
        ("张三", "interviewer", "采访、整理", "观察者网"),
        ("张三", "compiler", "采访、整理", "观察者网"),
    ],
    "【口述/李四 采访/观察者网 张三】": [
        ("李四", "speaker", "口述", None),
        ("张三", "interviewer", "采访", "观察者网"),
    ],
    "（文/新华社记者 张三、李四 摄影/王五）": [
        ("张三", "author", "文", "新华社记者"),
        ("李四", "author", "文", "新华社记者"),
        ("王五", "photographer", "摄影", None),
    ],
    "【文/张三 图/新华社】": [("张三", "author", "文", None)],
    "【文/张三 图/王五】": [
        ("张三", "author", "文", None),
        ("王五", "photographer", "图", None),
    ],
    "（翻译：晨曦，核译：李四）": [
        ("晨曦", "translator", "翻译", None),
        ("李四", "editor", "核译", None),
    ],
    "【观察者网 文/张三】": [("张三", "author", "文", None)],
    "（观察者网讯 文/张三）": [("张三", "author", "文", None)],
    "（张三/文）": [("张三", "author", "文", None)],
    "（观察者网 李四/译）": [("李四", "translator", "译", "观察者网")],
    "（观察者网李四译）": [("李四", "translator", "译", "观察者网")],
    "（李四译自某国《某报》）": [("李四", "translator", "译", None)],
    "（观察者网李四、王五编译自《某报》网站5月10日文章，有删节）": [
        ("李四", "translator", "编译", "观察者网"),
        ("王五", "translator", "编译", "观察者网"),
    ],
    "【某某时报驻某国特约记者 张三 某某时报记者 李四】": [
        ("张三", "author", None, "某某时报驻某国特约记者"),
        ("李四", "author", None, "某某时报记者"),
    ],
    "（作者：张三，某某大学教授）": [("张三", "author", "作者", None)],
    "【文/张三】 （观察者网李四译自某国《某报》）": [
        ("张三", "author", "文", None),
        ("李四", "translator", "译", "观察者网"),
    ],
}


@pytest.mark.parametrize(("raw", "expected"), READINGS.items(), ids=READINGS)
def test_forms(raw: str, expected: list[Reading]) -> None:
    assert read(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "【】",
        "【文/】",
        "【文/观察者网】",
        "【观察者网】",
        "【环球时报报道】",
        "【环球时报综合报道】",
        "【2021年以来中国多家互联网巨头遭遇反垄断调查……】",
        "【延伸阅读】",
        "【延伸阅读/相关】",
        "【编者按】",
        "【导读】张三说",
        "（图/新华社）",
        "（图/新华社记者 张三）",
        "（图/新华网）",
        "（资料图/马尼拉公报）",
        "（新华社记者张三摄）",
        "（视频：央视新闻）",
        "【视频/截图】",
        "【中文/英文】",
        "（译自某国《某报》）",
        "（文章译自《某报》）",
        "（观察者网编译自《某报》）",
        "（观察者网综合译自《某报》）",
        "（本文根据现场速记整理，未经演讲者审定。）",
        "（演讲实录由某某网整理）",
        "（译者注：原文如此）",
        "（翻译：我爱你）",
        "（作者系复旦大学教授，观察者网专栏作者）",
        "（作者张三系某某大学教授）",
        "（李四译，某某出版社）",
        "（张三，第90页）",
        "（右）",
        "[2]",
        "【文/这里有一句话，说的是别的】",
        "【文/张三",
        "文/张三】",
        "来源：观察者网 guancha.cn",
        "观察者网：请问您怎么看？",
        "记者：谢谢",
        "主持人：张三",
        "作者：是啊",
        "视频/图片",
        "编辑/美工",
        "【" * 500,
        "文/" * 1000,
    ],
)
def test_what_names_nobody_is_no_byline(raw: str) -> None:
    assert read(raw) == []
