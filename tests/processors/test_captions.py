"""Captions and editor lines told from text by their words."""

import time

import pytest

from guancha.processors.captions import MAX_LENGTH, is_credited, is_editor_line


@pytest.mark.parametrize(
    "text",
    [
        "资料图",
        "会场外的队伍 资料图",
        "会场外的队伍（资料图）",
        "会场外的队伍（资料图/某社）",
        "资料图：会场外的队伍",
        "资料图片",
        "视频截图",
        "截图",
        "某台报道截图",
        "截图自某台",
        "截图来自某某官网",
        "视频截图 会场外的队伍",
        "图自某社",
        "图自网络",
        "会场外的队伍，图自某社",
        "会场外的队伍。图自某社。",
        "会场外的队伍图自某社",
        "图源：某社",
        "会场外的队伍（图源：某社）",
        "会场外的队伍 图源某社",
        "图片来源：某社",
        "图片来源见水印",
        "图片来自某社",
        "数据来源：某某年鉴",
        "图/某某",
        "会场外的队伍 图/某某",
        "（图/某社）",
        "（图：某社）",
        "（图 某社）",
        "（某社图）",
        "某某 摄",
        "张三摄",
        "张三/摄",
        "会场外的队伍 张三 摄",
        "会场外的队伍。某某社记者张三摄",
        "某某社记者 张三、李四 摄",
        "会场外的队伍（张三 摄）",
        "约翰·某某 摄",
        "摄影：张三",
        "张三供图",
        "受访者供图",
        "会场外的队伍（某某供图）",
        "某某系统结构示意图",
        "某地物价变化图",
    ],
)
def test_credited(text: str) -> None:
    assert is_credited(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "绘就新蓝图",
        "绘就新蓝图。",
        "一张通向未来的路线图",
        "宏伟蓝图：下一个五年",
        "他们企图自保",
        "他们企图自立门户",
        "这幅蓝图自古就有",
        "他们力图自强",
        "他们意图自明",
        "他们试图自救",
        "辽阔的版图自北向南",
        "图自己方便",
        "这种企图源于恐惧",
        "他们（另有所图）",
        "街上没有人（他们企图自保）",
        "这部电影由张三拍摄",
        "电影由他拍摄",
        "天地都在他的统摄",
        "这些都由他们去摄",
        "他说，图纸已经完成。",
        "图书馆的灯还亮着",
        "为大家提供图",
        "截图里没有他",
        "图" * (MAX_LENGTH + 1),
        "街" * MAX_LENGTH + "（资料图）",
    ],
)
def test_not_credited(text: str) -> None:
    assert not is_credited(text)


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：张三",
        "责任编辑: 张三",
        "责任编辑 ：张三。",
        "（责任编辑：张三）",
        "【责任编辑：张三】",
        "[责任编辑：张三 ]",
        "责任编辑：张 三",
        "责任编辑：张三 李四",
        "责任编辑：张三、李四",
        "责任编辑：欧阳三四",
        "责任编辑：晨曦",
        "责任编辑：Rita",
        "责任编辑：John Smith",
        "责任编辑：",
    ],
)
def test_editor_lines(text: str) -> None:
    assert is_editor_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "责任编辑",
        "责任编辑制度改变了。",
        "责任编辑：张三认为这件事还没有完",
        "责任编辑：张三认为很好",
        "责任编辑：张三说没完",
        "责任编辑：张三，认为这件事还没有完",
        "责任编辑：张三、李四、王五",
        "责任编辑：谁都可以",
        "责任编辑：那天下雨，街上没有人",
        "他的责任编辑：张三",
    ],
)
def test_no_editor_lines(text: str) -> None:
    assert not is_editor_line(text)


@pytest.mark.parametrize("unit", ["图", "（", " ", "摄", "张三 ", "图自", "责任编辑：", "资料图"])
def test_hostile_input_takes_no_time(unit: str) -> None:
    start = time.perf_counter()
    for size in (MAX_LENGTH, 1_000_000):
        text = (unit * size)[:size]
        for line in (text, f"责任编辑：{text}"[: len(text)], f"（{text}摄"[: len(text)]):
            is_credited(line)
            is_editor_line(line)
    assert time.perf_counter() - start < 1
