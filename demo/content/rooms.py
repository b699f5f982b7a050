from __future__ import annotations

from demo.content.shapes import RoomSpec


def department(
    key: str, name: str, english_name: str, topic: str, starred_by: tuple[str, ...] = ()
) -> RoomSpec:
    return RoomSpec(key, "department", name, english_name, topic, (key,), (), (), starred_by)


def direct(key: str, *members: str) -> RoomSpec:
    return RoomSpec(key, "direct", "", "", "", (), members, ())


ROOMS = (
    department("company", "全员公告", "Announcements", "全公司的通知 · 每周不超过三条"),
    department("marketing", "市场部", "Marketing", "周报每周五 17:30 前 · 物料放知识库", ("lilei", "emma")),
    department("rd", "研发部", "R&D", "发版、故障与评审 · 线上问题先贴日志", ("hanmeimei",)),
    department("firmware", "固件组", "Firmware team", "固件分支与烧录"),
    department("design", "设计部", "Design", "评审每周二 15:00 · 源文件放素材库", ("wangfang",)),
    department("supply", "供应链部", "Supply Chain", "备料、产线与仓库"),
    department("it", "信息技术部", "IT", "值班与变更", ("sunli",)),
    department("hr", "人事部", "HR", "招聘、培训与制度"),
    department("legal", "法务部", "Legal", "合同与合规"),
    RoomSpec(
        key="s1-launch",
        kind="project",
        name="晨光 S1 上市",
        english_name="Morning Light S1 launch",
        topic="上市筹备 · 约定 2 小时内回复 · 工作时间 09:00–18:30",
        departments=("marketing", "rd", "design"),
        members=(
            "lilei",
            "emma",
            "gaoyuan",
            "linxiaoyu",
            "hanmeimei",
            "zhangwei",
            "liuyang",
            "hedi",
            "priya",
            "wangfang",
            "chenchen",
            "jonas",
        ),
        owners=("lilei", "hanmeimei"),
        starred_by=("lilei", "emma", "hanmeimei", "zhangwei", "wangfang"),
    ),
    RoomSpec(
        key="website",
        kind="project",
        name="官网改版",
        english_name="Website redesign",
        topic="首页与产品页 · 先灰度再全量",
        departments=("marketing", "design", "rd", "it"),
        members=("wangfang", "chenchen", "xuning", "lilei", "linxiaoyu", "zhangwei", "machao"),
        owners=("wangfang",),
        starred_by=("wangfang",),
    ),
    RoomSpec(
        key="overseas",
        kind="project",
        name="海外渠道",
        english_name="Overseas channels",
        topic="东南亚与欧洲 · English is fine here",
        departments=("marketing", "supply", "legal"),
        members=("emma", "lukas", "lilei", "zhouting", "huangtao", "luojing", "tangning"),
        owners=("emma",),
        starred_by=("emma",),
    ),
    RoomSpec(
        key="staging",
        kind="project",
        name="预发布环境",
        english_name="Staging",
        topic="变更前先说一声 · 12月2日正式切换",
        departments=("it", "rd", "marketing"),
        members=("sunli", "machao", "hanmeimei", "zhangwei", "hedi", "priya", "lilei"),
        owners=("sunli", "hanmeimei"),
        starred_by=("sunli",),
    ),
    RoomSpec(
        key="support-kb",
        kind="project",
        name="客服知识整理",
        english_name="Support articles",
        topic="首批 40 篇 · 一篇只答一个问题",
        departments=("marketing", "hr", "legal"),
        members=("gaoyuan", "linxiaoyu", "lilei", "zhaomin", "fengxue", "tangning"),
        owners=("gaoyuan",),
    ),
    RoomSpec(
        key="agency",
        kind="project",
        name="青禾传播 · 直播与物料",
        english_name="Qinghe Media: livestream and print",
        topic="与代理公司的往来 · 未公开的参数不发在这里",
        departments=("marketing", "design"),
        members=("linxiaoyu", "gaoyuan", "lilei", "wangfang", "chenchen", "guest"),
        owners=("linxiaoyu",),
        starred_by=("guest",),
    ),
    RoomSpec(
        key="s1-naming",
        kind="project",
        name="S1 命名",
        english_name="Naming the S1",
        topic="已定名“晨光”，存档备查",
        departments=("marketing", "design", "legal"),
        members=("lilei", "emma", "wangfang", "luojing"),
        owners=("lilei",),
        archived=True,
    ),
    direct("lilei-hanmeimei", "lilei", "hanmeimei"),
    direct("lilei-emma", "lilei", "emma"),
    direct("lilei-wangfang", "lilei", "wangfang"),
    direct("lilei-sunli", "lilei", "sunli"),
    direct("lilei-zhaomin", "lilei", "zhaomin"),
    direct("hanmeimei-zhangwei", "hanmeimei", "zhangwei"),
    direct("emma-lukas", "emma", "lukas"),
    direct("s1-128", "lilei", "zhangwei", "liuyang"),
)
