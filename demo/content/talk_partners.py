from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

overseas = partial(Line, "overseas")
support_kb = partial(Line, "support-kb")
agency = partial(Line, "agency")
books = partial(Line, "books")
pay_review = partial(Line, "pay-review")
s1_naming = partial(Line, "s1-naming")

LINES = (
    books("hedi", (6, "12:40"), "下个月读《设计中的设计》，周四午休在三楼会议室聊，没读完也可以来。"),
    books("priya", (6, "12:52"), "Is there an English edition? I would read along."),
    books("chenchen", (6, "13:05"), "有的，英文名 *Designing Design*，我桌上那本可以先借你。"),
    pay_review("zhaomin", (3, "09:20"), "调薪的时间表：本周收齐各部门的建议，下周三对齐，月底前谈完。"),
    pay_review("luojing", (3, "09:41"), "书面通知的模板我更新了一版，用之前先给我看一眼。"),
    overseas(
        "emma",
        (8, "10:00"),
        "Status of the five launch markets: Singapore and Malaysia signed, Thailand in review, "
        "Germany and the Netherlands waiting for the CE label.",
    ),
    overseas("zhouting", (8, "10:25"), "CE 标签的送审材料还缺一份 EMC 报告，实验室排期最快六天。"),
    overseas(
        "lukas",
        (8, "16:10"),
        "Six days is tight. The Dutch retailer needs the label artwork three weeks before the first "
        "delivery. Can we send the draft now and the number later?",
    ),
    overseas(
        "tangning",
        (8, "16:31"),
        "Please do not publish a label without the notified body's number. A draft marked “not for "
        "print” is fine.",
    ),
    overseas(
        "emma",
        (4, "10:08"),
        "海外这边备货先按 1,000 台排，关税的结果下周出。新加坡 500，马来西亚 300，其余机动。",
    ),
    overseas("huangtao", (4, "10:20"), "1,000 台里欧规插头要多少？插头的交期 12 天，比整机还长。"),
    overseas(
        "lukas", (4, "16:02"), "400 with EU plugs, please. The rest can ship with the Singapore type G."
    ),
    overseas(
        "zhouting",
        (2, "10:10"),
        "海外包材打样等设计部两天了，刀模图还是 800 lm 的旧版。@Emma Chen 能帮忙催一下吗？",
    ),
    overseas(
        "emma",
        (2, "10:17"),
        "It is there already: 陈晨 uploaded the dieline with 820 lm two days ago. The file name ends "
        "in `-v5`.",
    ),
    overseas("zhouting", (1, "10:44"), "拿到了，v5 已经下到工厂，三天后看样。"),
    overseas(
        "luojing",
        (1, "15:48"),
        "质保条款的英文稿我今天看完：两年没问题，但欧盟消费者的部分必须写明 *statutory rights remain "
        "unaffected*。终稿在共享盘 `legal/S1-warranty-en-v3`，@Emma Chen 确认后就可以用。",
    ),
    overseas(
        "lukas",
        (1, "16:15"),
        "That sentence is standard here, fine for Germany. @Emma Chen I also need the text in German "
        "for the box insert and can translate it myself in an hour.",
    ),
    support_kb(
        "gaoyuan",
        (7, "15:00"),
        "客服知识首批 40 篇，已写 14 篇。写法只有一条：一篇只答一个问题，标题就是用户的原话。",
    ),
    support_kb("fengxue", (7, "15:20"), "新客服下月入职，培训用得上。能不能每篇末尾写清楚“什么情况转二线”？"),
    support_kb("gaoyuan", (7, "15:26"), "可以，加进模板。"),
    support_kb(
        "tangning",
        (2, "16:40"),
        "Two articles promise a refund “at any time”. Our terms say 7 days without reason and 15 "
        "days for defects. Please correct both before they go live.",
    ),
    support_kb("linxiaoyu", (1, "14:10"), "已改两篇，退换统一写“七天无理由，十五天质量问题换新”。"),
    agency(
        "linxiaoyu",
        (6, "11:00"),
        "@顾清 欢迎。直播的执行和线下物料都在这个群里对，文件放共享盘的“青禾”目录。",
    ),
    agency("guest", (6, "11:08"), "收到。我们这边两位导播、一位灯光，彩排需要场地半天。主视觉什么时候能给？"),
    agency(
        "wangfang",
        (2, "18:10"),
        "主视觉今天定了暖光版，终稿明天中午传共享盘。门店立牌请按 800 × 1800 mm 出，四边各留 5 mm 出血。",
    ),
    agency(
        "guest",
        (1, "10:12"),
        "立牌打样两天。另外灯光师问：一镜到底那段，灯的亮度能不能用手机手动推？自动渐亮 30 分钟太长，"
        "现场等不了。",
    ),
    agency("gaoyuan", (1, "11:30"), "可以，演示固件有 90 秒的快速渐亮，彩排前给你两台样机。"),
    agency("chenchen", (1, "13:20"), "终稿已传，`青禾/hero-warm-final`，含分层源文件，字体已转曲。"),
    agency("linxiaoyu", (1, "16:55"), "彩排时间先按 12月3日 19:30 留，@顾清 请确认两位导播都在。"),
    s1_naming("lilei", (10, "09:05"), "命名三选一：晨光、初曜、白露。请在今天内说理由，不要只说喜欢。"),
    s1_naming(
        "luojing",
        (10, "09:18"),
        "第 11 类检索结果：“白露”有近似在先注册，风险高；“晨光”加型号可用；“初曜”无障碍但认知成本高。",
    ),
    s1_naming(
        "emma",
        (10, "09:21"),
        "For English I would not translate it word by word. “Yuanshan S1” on the box, “Morning "
        "Light” only in the story.",
    ),
    s1_naming("lilei", (10, "09:28"), "定名“晨光 S1”，英文盒面用 Yuanshan S1。这个群存档，后续都去上市群。"),
)
