from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

company = partial(Line, "company")
marketing = partial(Line, "marketing")

LINES = (
    company(
        "shenyan",
        (8, "09:30"),
        "各位同事，晨光 S1 进入上市倒计时。今年只做这一件大事：**12月8日，一次做对。** "
        "其他项目如有冲突，先在各自的群里说明，再找我。",
    ),
    company(
        "sunli",
        (4, "17:00"),
        "本周六 22:00 至周日 06:00 机房割接，邮箱和知识库会有约 20 分钟不可用。预发布环境不受影响。",
        edited="本周六 22:00 至周日 04:00 机房割接，邮箱和知识库会有约 20 分钟不可用。预发布环境不受影响。",
    ),
    company(
        "zhaomin",
        (1, "11:00"),
        """\
新版《差旅与报销》已发布，约 3 分钟读完，主要改了三处：

1. 市内交通不再贴票，按行程单报销
2. 海外差旅每日补贴分三档，新加坡 90 新元，柏林 75 欧元
3. 报销单五个工作日内审批完，超时自动提醒审批人

全文在 [知识库](https://wiki.yuanshan.example/hr/travel)。The English version is on the same page.""",
    ),
    marketing(
        "linxiaoyu",
        (5, "10:02"),
        """\
双十二物料的分工我先列一版：

- 主 KV 延展：设计部，我对接
- 店铺首页：高远
- 短视频 6 条：我
- 英文版：Emma""",
    ),
    marketing("lilei", (5, "10:11"), "可以。短视频先做 3 条，跑两天数据再决定后 3 条拍什么。"),
    marketing(
        "lilei", (2, "18:02"), "周报按老规矩，每人三行：做了什么、卡在哪、下周一件事。明天下班前发群里。"
    ),
    marketing(
        "linxiaoyu", (1, "09:58"), "双十二物料分工更新：店铺首页和 S1 上市首页共用一套组件，省掉两天。"
    ),
    marketing("gaoyuan", (1, "10:06"), "那我的交付日提前到 12月2日，请 @林小雨 周知供应商。"),
    marketing("linxiaoyu", (1, "10:09"), "已经说了。"),
    marketing(
        "emma",
        (1, "10:31"),
        "Weekly, Emma: spec sheet 80% done. Blocked by the warranty text. Next week: dealer training deck.",
    ),
    marketing(
        "lukas",
        (1, "15:04"),
        "Weekly, Lukas: two of five retailers confirmed the landing page. Blocked by the CE label on "
        "the box. Next week: Cologne store visit.",
    ),
    marketing(
        "gaoyuan",
        (1, "15:20"),
        "周报，高远：直播流程 v2 写完，主持人档期确认。卡在嘉宾名单。下周：12月4日前彩排一次。",
    ),
    marketing(
        "linxiaoyu",
        (1, "15:31"),
        "周报，林小雨：预热稿 3 篇，合计阅读 9.6 万。卡在夜间模式的实拍样机，只有一台。下周："
        "短视频前 3 条上线。",
    ),
    marketing("gaoyuan", (1, "15:42"), "样机我桌上还有一台，固件是 1.4.1，拍微光够用，别拍渐亮。"),
    marketing("linxiaoyu", (1, "15:44"), "够了，我下午来拿。"),
    marketing(
        "emma",
        (1, "16:25"),
        "One question on wording: do we say “sunrise lamp” or “wake-up light” in English? The second "
        "one is a competitor's product name in the EU.",
    ),
    marketing(
        "lukas",
        (1, "16:33"),
        "“Sunrise lamp”, please. “Wake-up light” brought us a letter from their lawyers with the L1.",
    ),
    marketing(
        "gaoyuan",
        (1, "17:15"),
        "周报汇总贴在 [知识库](https://wiki.yuanshan.example/marketing/weekly-7)，第 7 期，漏了的自己补。",
    ),
)
