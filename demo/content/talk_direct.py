from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

lilei_hanmeimei = partial(Line, "lilei-hanmeimei")
lilei_emma = partial(Line, "lilei-emma")
lilei_wangfang = partial(Line, "lilei-wangfang")
lilei_sunli = partial(Line, "lilei-sunli")
lilei_zhaomin = partial(Line, "lilei-zhaomin")
hanmeimei_zhangwei = partial(Line, "hanmeimei-zhangwei")
emma_lukas = partial(Line, "emma-lukas")
s1_128 = partial(Line, "s1-128")

LINES = (
    lilei_hanmeimei("lilei", (3, "18:20"), "今天会上顶你的 4,000，不是不信良率，是渠道那边真的会撤排面。"),
    lilei_hanmeimei(
        "hanmeimei", (3, "18:24"), "我知道。你把断货那次的数据发我，我拿去和工厂谈良率，比我空口说有用。"
    ),
    lilei_hanmeimei("lilei", (3, "18:31"), "发你邮箱了，两页，第二页是按天的排名。"),
    lilei_hanmeimei(
        "hanmeimei",
        (1, "18:20"),
        "工厂答应 95% 保底，5,000 我这边可以点头了。群里那条等你回，别让周婷等到中午。",
    ),
    lilei_emma(
        "emma",
        (4, "11:02"),
        "Quick one: may I share the launch date, 8 December, with the Malaysian distributor or only "
        "“early December”?",
    ),
    lilei_emma(
        "lilei",
        (4, "11:06"),
        "Only “early December” until the pre-launch livestream. After that everything is public.",
    ),
    lilei_emma("emma", (4, "11:07"), "Clear, thanks."),
    lilei_emma(
        "emma",
        (1, "15:06"),
        "I commented on the launch plan: the English line also works for the box lid. If you agree I "
        "will tell Jonas today.",
    ),
    lilei_emma("lilei", (1, "15:12"), "Agreed, go ahead. 盒盖只放这一句，别再加副标题。"),
    lilei_wangfang(
        "wangfang",
        (2, "15:20"),
        "主视觉一会儿发群里，先跟你说一声：研发多半会选冷光，理由也站得住。你选之前想好怎么回。",
    ),
    lilei_wangfang("lilei", (2, "15:26"), "想好了，回名字。冷光那张不浪费，放夜间模式。"),
    lilei_wangfang("wangfang", (2, "15:27"), "行。"),
    lilei_wangfang(
        "wangfang", (1, "16:12"), "值班表我把你排在 08:00 那一班，开卖第一个小时渠道的电话都会找你。"
    ),
    lilei_wangfang("lilei", (1, "16:25"), "可以，我七点半到。产品页口径的事我晚点在官网群里回你。"),
    lilei_sunli("lilei", (4, "14:00"), "预约页上线那天，能请信息技术部也排一位值班吗？"),
    lilei_sunli("sunli", (4, "14:09"), "排马超，08:00 到 12:00，他对预发布最熟。"),
    lilei_sunli(
        "sunli",
        (1, "18:31"),
        "预发布证书今晚 20:00 过期，需要你作为业务负责人批准续期，否则今晚的预约测试打不开。单号 "
        "IT-2291，批一下就行。",
    ),
    lilei_zhaomin(
        "zhaomin", (5, "13:40"), "直播彩排在 19:30，超出工作时间。参加的同事请提前两天报名单，我来安排调休。"
    ),
    lilei_zhaomin("lilei", (5, "13:52"), "好，高远整理，大约八个人。"),
    hanmeimei_zhangwei("hanmeimei", (5, "18:02"), "短信的事别熬夜改，明早人清醒了再合。"),
    hanmeimei_zhangwei("zhangwei", (5, "18:10"), "好。根因已经写在单子里，改动不到 30 行。"),
    hanmeimei_zhangwei(
        "zhangwei",
        (1, "17:58"),
        "S1-128 给李雷发了加急，问他能不能接受下个工作日验证。他要是不同意，我今晚 20:00 之后在家跑。",
    ),
    emma_lukas(
        "lukas", (2, "16:40"), "Are you in Shanghai for the launch, or do you cover it from Singapore?"
    ),
    emma_lukas(
        "emma",
        (2, "16:52"),
        "Singapore. I asked for the 14:00 shift, which is 7 in the morning for you, so please stay asleep.",
    ),
    emma_lukas(
        "lukas", (1, "16:50"), "German warranty text is done, two paragraphs. I sent it to you and 唐宁."
    ),
    s1_128("lilei", (4, "17:30"), "S1-128 拉个小群说：直播当天如果短信再重复，会是什么量级？"),
    s1_128(
        "zhangwei", (4, "17:36"), "按压测的比例，1 万预约大约 37 个人收到两条。不会多扣费，但会有人截图。"
    ),
    s1_128("liuyang", (4, "17:41"), "灯这边不受影响，配网的短信走另一条通道。"),
    s1_128(
        "lilei",
        (4, "17:45"),
        "37 个截图够上一次热搜了。上线标准：**重复为零**，做不到就先关短信、改站内提示。",
    ),
    s1_128(
        "zhangwei",
        (1, "15:36"),
        "降级开关已经做好：`SMS_ENABLED=0` 时页面直接显示预约号，不发短信。今天合进去了。",
    ),
)
