from __future__ import annotations

from functools import partial

from demo.content.shapes import Line

website = partial(Line, "website")
staging = partial(Line, "staging")

LINES = (
    website(
        "wangfang",
        (6, "10:15"),
        "首页改版进入收尾，剩三件：首屏、导航、性能。首屏等 S1 的主视觉，其余本周完成。",
    ),
    website("xuning", (6, "10:40"), "导航从 9 项收到 5 项，点击热图里后 4 项合计不到 2%。"),
    website("lilei", (3, "16:30"), "灰度我建议从 10% 开始，时间不多了。"),
    website(
        "machao",
        (1, "11:12"),
        """\
新旧首页的切换放在网关做，按 cookie 固定，同一个人不会来回跳：

```nginx
split_clients "${cookie_vid}home" $home_version {
    5%      next;
    *       current;
}
```""",
    ),
    website("zhangwei", (1, "11:20"), "5% 比 10% 稳。预约入口也在首页上，出错直接影响预约数。"),
    website("xuning", (1, "11:26"), "同意 5%。一天大约 1,900 人，足够看出跳出率的差别。"),
    website(
        "wangfang",
        (1, "11:40"),
        "决定 **W-06**：首页灰度从 5% 开始，连续两天跳出率不高于现版就放到 25%。@李雷 你之前提的 "
        "10%，这样处理可以吗？",
    ),
    website("machao", (1, "13:35"), "回滚演练做了一次，改一行、重载，9 秒生效。"),
    website("chenchen", (1, "14:02"), "首屏图压到 186 KB（AVIF），老浏览器回退 JPEG 412 KB。"),
    website("zhangwei", (1, "14:15"), "手机上 LCP 从 3.4 s 到 1.9 s，主要是去掉了轮播。"),
    website("linxiaoyu", (1, "14:32"), "轮播去掉之后，双十二的入口放哪？"),
    website("xuning", (1, "14:40"), "首屏下面第一行，高 120 px，带倒计时，活动结束自动消失。"),
    website(
        "wangfang",
        (1, "15:55"),
        "产品页的文案是否沿用 S1 的口径，先讲场景再讲光？@李雷 这条需要你定，定了陈晨就能排长图。",
    ),
    website("chenchen", (1, "16:03"), "两种口径我都排了第一屏，今晚传上来。"),
    staging(
        "machao",
        (6, "10:05"),
        "预发布环境计划 **12月2日** 正式切换到新机房，切换窗口 14:00–16:00，之前演练两次。",
    ),
    staging(
        "sunli",
        (4, "15:30"),
        "第一次演练失败，原因是内网 DNS 缓存没清，旧地址多活了 11 分钟。TTL 已经从 600 改到 30。",
    ),
    staging("hanmeimei", (4, "15:41"), "演练失败比切换失败好。第二次演练前请把回退步骤也写进清单。"),
    staging(
        "sunli",
        (2, "17:20"),
        """\
清单更新了：

1. 冻结发布
2. 停写，等复制追平
3. 切 DNS，核对三个出口
4. 跑冒烟用例 42 条
5. 不通过就按反序回退，负责人马超""",
    ),
    staging("lilei", (2, "17:31"), "切换当天下午直播要彩排，预约页能保证可用吗？"),
    staging("sunli", (2, "17:38"), "可以，彩排用的是生产环境，不受影响。"),
    staging("machao", (1, "11:05"), "第二次演练通过，全程 38 分钟，停写 6 分钟。"),
    staging(
        "zhangwei",
        (1, "15:10"),
        "@孙丽 短信平台要给预发布的新出口加白名单：`203.0.113.24`、`203.0.113.25`。S1-128 "
        "等着它验证，今天能加上吗？",
    ),
    staging(
        "sunli", (1, "16:02"), "工单收到。短信平台每天两个生效点，赶得上今晚 20:00，到时我在这里回一声。"
    ),
    staging(
        "priya",
        (1, "16:20"),
        "Note for the new site: the booking service reads `SMS_EGRESS` from its environment. I set "
        "it to the pool of both addresses, so a failover needs no new ticket.",
    ),
)
