from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

say = partial(Line, "s1-launch")

LINES = (
    say("lilei", (4, "09:40"), "@Emma Chen 英文规格书缺什么？我这边只有中文的参数页。"),
    say(
        "emma",
        (4, "09:52"),
        """\
Three things:

- the final luminous flux (the draft and the box say 800 lm, the lab report says 820)
- CE and RoHS wording
- the warranty text, two years, for consumers""",
    ),
    say("liuyang", (4, "10:01"), "以 820 lm 为准，800 是 1.3 时期的数。测试条件写 25 °C、5000 K、额定电压。"),
    say("wangfang", (4, "16:12"), "@陈晨 包装图标和详情页一起改成 820 lm，今天改完发我。"),
    say(
        "chenchen",
        (4, "17:28"),
        "改好了，包装、详情页、门店价签共 4 处。价签上还有一处“护眼”，按品牌规范要换成“国标 AA "
        "级照度”，也一起换了。",
    ),
    say(
        "lilei",
        (3, "09:15"),
        "《S1 上市方案》今天定稿，见 [知识库](https://wiki.yuanshan.example/s1/launch-plan)。"
        "目标改成首月 **5,000 台**，其中海外占两成。",
    ),
    say(
        "hanmeimei",
        (3, "11:30"),
        """\
上市例会第 6 次的结论，我先贴出来，大家对一遍：

1. **D-13**：备货下限 4,000 台，固件冻结后再定是否到 5,000
2. 预约接口本周上预发布
3. 主视觉明天给两张，暖光和冷光
4. 质保条款送法务确认，@李雷 跟进""",
    ),
    say("gaoyuan", (3, "14:18"), "还有一项没人认：上市当天的值班表谁排？"),
    say("wangfang", (3, "14:25"), "我来排。每人两小时，研发和市场各留一位机动。"),
    say(
        "linxiaoyu",
        (3, "15:02"),
        "首篇预热稿阅读 4.2 万，收藏 1,300，评论里问得最多的是“夜里起来会不会刺眼”。"
        "建议详情页单独放一屏讲夜间 1% 微光。",
    ),
    say("zhangwei", (3, "18:05"), "测试一下机器人推送", deleted=True),
    say(
        "wangfang",
        (2, "16:20"),
        """\
首屏主视觉第三版，暖光和冷光各出了一张：

- A · 暖光：床头视角，灯刚亮，墙面偏橙
- B · 冷光：同一机位，5000 K，窗外已经天亮

图在 [素材库](https://files.yuanshan.example/s1/hero-v3)。@李雷 看看哪张更接近“晨光”的感觉？""",
    ),
    say("hanmeimei", (2, "16:31"), "B 更准。产品默认就是 5000 K，用户拆箱看到的是 B。"),
    say("lilei", (2, "16:36"), "我选 A。名字叫晨光，第一眼要暖；参数可以往后放。"),
    say(
        "jonas",
        (2, "16:44"),
        "A, clearly. B looks like an office lamp, and the base disappears against the window.",
    ),
    say(
        "hanmeimei",
        (2, "16:55"),
        "那我有一个条件：A 的画面旁边标注“3000 K 场景”，免得退货理由里出现“颜色和图片不符”。",
    ),
    say(
        "lilei",
        (2, "17:05"),
        "讨论有结论了，记为决定：\n\n"
        "> **D-14** 首屏主视觉采用暖光版（方案 A）。与“晨光”命名一致；冷光版留作夜间模式的素材。"
        "画面右下角标注色温。",
    ),
    say(
        "hanmeimei",
        (1, "10:05"),
        """\
预约接口已上预发布环境，字段和上周约定一致，`source` 必填：

```http
POST /api/reservations
Content-Type: application/json

{ "phone": "+86138****2046", "model": "S1-warm", "source": "live" }
```""",
    ),
    say(
        "hanmeimei",
        (1, "10:06"),
        "压测第二轮：P95 在 200 ms 以内，错误 0.02%。报告在 "
        "[这里](https://files.yuanshan.example/s1/load-test-2)。",
        edited="压测第二轮：P95 在 180 ms 以内，错误 0.02%。报告在 "
        "[这里](https://files.yuanshan.example/s1/load-test-2)。",
    ),
    say("lilei", (1, "10:22"), "很好。@高远 嘉宾名单今天给我，主持人要提前一周拿到流程。"),
    say("chenchen", (1, "11:20"), "首屏终稿已传：`hero-warm-final@2x.png`，手机竖版同名加 `-portrait`。"),
    say(
        "emma",
        (1, "11:47"),
        "Singapore distributors want the English spec sheet within two working days. I have the flux "
        "and the CE wording now, only the warranty text is missing. @李雷 can you push Legal?",
    ),
    say(
        "lilei",
        (1, "14:05"),
        "On it. Legal has had it since the day before yesterday, I will call 罗静 this afternoon. "
        "拿不到终稿就先用“两年，以当地法律为准”这一句。",
    ),
    say(
        "zhangwei",
        (1, "15:32"),
        "短信重复发送（S1-128）：加了幂等键之后还剩 3 例，原因也找到了，预发布的新出口 IP "
        "不在短信平台的白名单里，被网关退回后又重投。工单在孙丽那边，今晚 20:00 生效。\n\n"
        "@李雷 任务今天 18:30 到期，是否接受下个工作日早上验证？我会先跑一轮 `regress-sms` 再关。",
    ),
    say(
        "emma",
        (1, "16:10"),
        """\
预热直播放在哪一天？Three options, please answer with the number:

1. 12月4日 20:00
2. 12月5日 20:00
3. 12月6日 19:00

My vote is 1. It leaves us four days for the clips.""",
    ),
    say(
        "wangfang",
        (1, "17:20"),
        "12月8日上市当天的值班表定了，见 [《上市日值班表》](https://wiki.yuanshan.example/s1/duty)，"
        "请每位核对自己的时段：\n\n"
        "- 08:00–10:00 @李雷 @张伟\n"
        "- 10:00–12:00 @林小雨 @何迪\n"
        "- 12:00–14:00 @高远 @刘洋\n"
        "- 14:00–16:00 @Emma Chen @Priya Nair\n"
        "- 16:00–18:00 @陈晨 @Jonas Keller\n"
        "- 机动：我和 @韩梅梅\n\n"
        "已有 7 位确认，其余的在下个工作日 12:00 前回一声。",
    ),
    say(
        "hanmeimei",
        (1, "18:12"),
        "@李雷 首批备货 5,000 台能锁定吗？锁定后固件版本也就定在 1.4.2。老化跑完 72 小时没有跳变，"
        "良率回到 95%。最晚下个工作日 12:00 前要答复，周婷那边等着下单。",
    ),
)
