from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

rd = partial(Line, "rd")
firmware = partial(Line, "firmware")
design = partial(Line, "design")
supply = partial(Line, "supply")
it = partial(Line, "it")
hr = partial(Line, "hr")
legal = partial(Line, "legal")

LINES = (
    rd(
        "hanmeimei", (9, "14:00"), "发版节奏调整：12月8日之前，预约和短信相关的服务只修不加，评审至少两个人。"
    ),
    rd(
        "priya",
        (5, "11:15"),
        "Post-mortem of the first load test is [here](https://wiki.yuanshan.example/rd/load-test-1). "
        "Short version: pool size 20, no idempotency key, and our alert fired 6 minutes late.",
    ),
    rd("hanmeimei", (5, "11:22"), "告警那条最要紧，@Priya Nair 阈值和延迟一起改，改完拉一次演练。"),
    rd("hedi", (2, "15:30"), "5 万并发的大促压测脚本写到一半，需要 8 台施压机，预算找谁批？"),
    rd(
        "wufan",
        (1, "09:50"),
        "样机 07 的蓝牙偶发断连，只在 2.4 GHz 信道 11 出现。抓包在共享盘，怀疑是天线匹配，不是固件。",
    ),
    rd("hedi", (1, "17:05"), "施压机先借到 4 台，下周一轮 2.5 万，够看趋势。"),
    firmware(
        "liuyang",
        (7, "10:30"),
        "1.4.2 的冻结清单：九项里关了三项，低亮度曲线优先。分支名 `release/1.4.2`，只收带编号的提交。",
    ),
    firmware("wufan", (7, "10:36"), "OTA 回滚的用例我来补，断电、断网、低电各一条。"),
    firmware("liuyang", (1, "16:45"), "72 小时老化跑完，低亮度没有跳变。剩四项，都是文案和日志，可以冻结。"),
    design(
        "wangfang", (5, "14:00"), "下次评审看两件：详情页长图结构、门店价签。每件 20 分钟，先说问题再说喜好。"
    ),
    design(
        "jonas",
        (1, "15:40"),
        "I put the material samples of the base on your shelf in Shanghai last week: sand, linen, "
        "graphite. Sand hides fingerprints best.",
    ),
    design(
        "chenchen",
        (1, "16:30"),
        "长图第一屏两种口径都排好了，放在 [素材库](https://files.yuanshan.example/s1/detail-v2)，"
        "评审时想听听大家的意见。",
    ),
    design("xuning", (1, "17:35"), "我投“先场景”。参数表折叠起来，懂的人自己会点开。"),
    supply(
        "zhouting",
        (6, "09:30"),
        "仓库确认过，5,000 台的备货周期是 9 天，追加 2,000 台再加 6 天。前提是固件冻结之后不动。",
    ),
    supply(
        "huangtao",
        (1, "14:48"),
        "光学模组第三批到货 1,800 套，抽检 200 套，不良 9 套，合 4.5%，在允收范围内。",
    ),
    it("sunli", (3, "09:10"), "本周变更两件：周六机房割接，预发布第二次演练。都要双人在场。"),
    it("machao", (1, "18:05"), "预发布证书快到期了，续期要业务负责人批，已经请孙丽去问李雷。"),
    hr("zhaomin", (3, "10:30"), "《差旅与报销》的英文版请 @冯雪 再读一遍，补贴档位别和中文版对不上。"),
    hr("fengxue", (1, "10:20"), "读完了，新加坡那档的币种写成了 USD，已经改成 SGD。可以发。"),
    legal(
        "luojing",
        (3, "11:05"),
        "市场部送来 S1 的质保条款，中英两份。@唐宁 英文先看欧盟部分，重点是法定权利那一句。",
    ),
    legal(
        "tangning",
        (2, "17:15"),
        "Read it. Two years is fine, but the exclusion of “consumable parts” must name them. An LED "
        "module is not consumable.",
    ),
)
