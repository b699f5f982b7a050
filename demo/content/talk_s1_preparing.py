from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

say = partial(Line, "s1-launch")

LINES = (
    say(
        "lilei",
        (10, "09:32"),
        """\
大家好，这个群从今天起是晨光 S1 上市的唯一主场。上市日定在 **12月8日**，官网和三家渠道同一天开卖。

先对齐四件事：

1. 首屏主视觉和一句话主张，王芳负责
2. 预约接口和短信，韩梅梅负责
3. 首批备货数量，我来牵头，和供应链部对
4. 海外渠道的英文物料，Emma 负责""",
    ),
    say(
        "hanmeimei",
        (10, "09:41"),
        "研发这边的情况：预约接口还在联调，这周能给出第一版字段。固件现在是 1.4.0，"
        "冻结前至少还有两个小版本。",
    ),
    say(
        "wangfang",
        (10, "09:50"),
        "主视觉我和 @陈晨 下周出三版，先看方向再抠细节。@李雷 主张那句话什么时候能定？没有主张，"
        "画面容易做成参数海报。",
    ),
    say(
        "emma",
        (10, "10:12"),
        "Hi all. For Singapore, Malaysia and Thailand I need the English spec sheet about two weeks "
        "before launch. Distributors print it themselves, so a PDF with crop marks please.",
    ),
    say(
        "jonas",
        (10, "16:08"),
        "Good morning from Berlin. I can deliver the CMF renders of the warm-white base this week, 6 "
        "views at 4K. Tell me early if the hero shot needs a special camera angle.",
    ),
    say(
        "wangfang",
        (10, "16:15"),
        "@Jonas Keller One low angle from the left, please, as if you were lying in bed and the lamp "
        "had just come on.",
    ),
    say(
        "lilei",
        (9, "10:03"),
        "备货我先抛一个数：首批 **8,000 台**。依据是去年 L2 首月 6,100 台，S1 的预热声量大约高三成。",
    ),
    say(
        "hanmeimei",
        (9, "10:09"),
        "8,000 我不同意。光学模组的良率刚到 94%，多备的每一台都要按旧固件烧录，万一冻结前要改，"
        "返工是按台算的。我建议 4,000。",
    ),
    say("lilei", (9, "10:14"), "4,000 撑不过首周。渠道断货一次，排面就没了。"),
    say(
        "gaoyuan",
        (9, "10:21"),
        "补一个数字：L2 首周卖了 2,870 台，第二周补货晚了五天，搜索排名掉到第 14，后来花了一个月才回来。",
    ),
    say(
        "hanmeimei",
        (9, "10:30"),
        """\
> 渠道断货一次，排面就没了

理解。那能不能分两段：先锁一个下限，冻结之后再追加？这样返工的风险只落在下限那一批上。""",
    ),
    say("lilei", (9, "10:34"), "可以接受。我去问供应链部下限和追加的周期，问到了在这里说。"),
    say(
        "zhangwei",
        (8, "11:02"),
        """\
预约接口的字段草案，各位看一眼，没意见下午就按这个写：

```json
{
  "phone": "138****2046",
  "model": "S1-warm",
  "city": "上海",
  "source": "site"
}
```

`model` 目前两个值：`S1-warm`、`S1-cool`。""",
    ),
    say("linxiaoyu", (8, "11:10"), "`source` 能不能区分直播间和短视频？复盘时这两个渠道要分开算。"),
    say(
        "zhangwei",
        (8, "11:18"),
        "可以，先定五个值：`site`、`live`、`video`、`store`、`partner`。",
        edited="可以，先定六个值：`site`、`live`、`video`、`store`、`partner`、`overseas`。补上了海外。",
    ),
    say("lilei", (8, "11:25"), "`source` 请设成必填。上次有两成预约不知道从哪来，没法算投放。"),
    say("zhangwei", (8, "11:27"), "好，缺了就返回 422，不给默认值。"),
    say(
        "emma",
        (8, "11:40"),
        "For overseas numbers please keep the country code. `phone` is 11 digits in the draft, "
        "Singapore has 8.",
    ),
    say(
        "zhangwei", (8, "11:46"), "Good catch. I will store E.164 and mask on output, so `+6591234567` works."
    ),
    say(
        "gaoyuan",
        (7, "14:05"),
        """\
直播的初步想法：60 分钟，三段。

- 20 分钟：从天黑到天亮，一镜到底
- 25 分钟：研发同事讲光
- 15 分钟：预约和答疑

需要一位研发同事出镜，有人愿意吗？""",
    ),
    say("zhangwei", (7, "14:11"), "我可以讲光，但别让我念稿子。"),
    say(
        "lilei",
        (7, "14:30"),
        """\
主张的三句备选：

1. 像早晨一样把房间叫醒
2. 光，也有作息
3. 给房间一个清晨

王芳选。""",
    ),
    say(
        "wangfang", (7, "14:52"), "选第一句。“叫醒”是动作，能拍；第二句漂亮，但像标语。第三句留给包装盒内侧。"
    ),
    say(
        "lilei",
        (6, "09:48"),
        "供应链部回了：5,000 台的备货周期是 9 天，追加 2,000 台再要 6 天，前提是固件不改。"
        "周婷的原话是“冻结之后不动，我就能保证日期”。",
    ),
    say("hanmeimei", (6, "09:57"), "那固件冻结日就是关键。刘洋，1.4.2 还差几项？"),
    say(
        "liuyang",
        (6, "10:05"),
        """\
九项，关了三项。风险最大的是渐亮曲线：30 分钟从 1% 到 100%，低亮度那一段有肉眼可见的跳变。

```c
/* 1% to 10% needs finer steps: 12-bit PWM is visible here */
static const uint16_t curve_low[] = { 41, 44, 48, 53, 59, 66, 74, 83 };
```

改成 16 位之后跳变没了，还要跑 72 小时老化。""",
    ),
    say(
        "jonas",
        (6, "16:22"),
        "Renders are on the share: `S1-hero-left-low-01` to `06`. The matte base shows fingerprints "
        "at this angle, so I raised the roughness a little. Tell me if it looks chalky.",
    ),
    say("chenchen", (6, "16:40"), "收到。03 和 05 最好用，我拿 03 做暖光版，05 做冷光版，先并排比。"),
    say(
        "hedi",
        (5, "10:20"),
        """\
压测第一轮，1 万并发，三分钟：

- P50 64 ms，P95 310 ms
- 错误 0.4%，都是短信网关超时
- **同一个手机号收到 2 条短信**，共 37 例

第三条不能带上线。""",
    ),
    say(
        "zhangwei",
        (5, "10:26"),
        """\
我来查。初步看是网关超时后我们重试，但第一条其实已经发出去了。日志：

```
10:14:07.118 sms send  req=8f2c attempt=1 timeout=2000ms
10:14:09.121 sms retry req=8f2c attempt=2
10:14:09.377 gateway   ack req=8f2c attempt=1
10:14:09.902 gateway   ack req=8f2c attempt=2
```""",
    ),
    say(
        "hanmeimei", (5, "10:33"), "重试没带幂等键。张伟改发送端，P95 也一起压到 200 ms 以内，周内再跑一轮。"
    ),
    say(
        "priya",
        (5, "10:51"),
        "I can raise the connection pool on the booking service from 20 to 60. That alone should "
        "take P95 below 220 ms, the pool was exhausted for 40 s during the run.",
    ),
    say(
        "zhangwei",
        (5, "17:44"),
        "幂等键已经加上，连接池也调了。本地重放 5,000 次没有重复，但真实网关要在预发布验证。",
    ),
)
