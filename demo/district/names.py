"""Invented names. Any likeness to a real place, enterprise or person is chance."""

from itertools import product
from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


DISTRICT = "云岚示范区"
TOWNS = _words(
    "清溪镇 松风镇 望湖镇 石桥镇 青禾镇 白鹭镇 桂溪镇 长堤镇 双河镇 梅岭镇 竹海镇 金沙镇 云台镇 银杏镇 晨光街道 "
    "朝阳里街道 滨水街道 新芽街道 南屏街道 北辰街道 东篱街道 西苑街道 中和里街道"
)
PARKS = ("云岚高新产业园", "云岚现代物流园", "云岚生态农业园")
INDUSTRY = "云岚示范区小微企业个体工商户"
SURNAMES = _words(
    "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 林 高 罗 郑 梁 谢 宋 唐 许 韩 邓 冯 曹 彭 曾 肖 田 董 潘 "
    "袁 蔡 蒋 余 于 杜 叶 程 魏 苏 吕 丁 任 卢 姚 沈 钟 姜 崔 谭 陆 范 汪 廖 石 金 韦 贾 夏 付 方 邹 熊 白 孟 秦 "
    "邱 侯 江 尹 薛 闫 段 雷 龙 黎 史 陶 贺 毛 郝 顾 龚 邵 万 覃 武 钱 戴 单 仇 解 欧阳 上官 司徒"
)
MEN = _words(
    "伟 强 磊 军 勇 杰 涛 明 超 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 旭 宁 龙 林 健 锋 翔 晖 毅 峰 立 建 "
    "国 志 文 海 永 庆 春 家 德 学 广 成 世 振"
)
WOMEN = _words(
    "芳 娜 敏 静 丽 艳 娟 霞 秀 玲 桂 英 兰 红 梅 琳 雪 云 莉 洁 倩 婷 颖 慧 莹 蓉 佳 萍 岚 璐 瑶 怡 欣 雯 淑 玉 "
    "晓 春 文 美 凤 月 小 海 思 雨 嘉 梦 可 若"
)
BRANDS = _words(
    "启明 恒远 天成 瑞丰 华盛 鼎新 宏图 锦程 万家 同心 润泽 安澜 百川 卓越 联创 金穗 绿野 新域 远航 星海 嘉禾 "
    "东篱 九州 泰和 永顺 众合 汇通 高岭 凌云 博雅 长青 丰年 聚源 晟达 中兴里 合力 森茂 海纳 晨曦 玉衡"
)
ENTERPRISE_TRADES = _words(
    "精密机械 电子科技 新材料 软件信息 建筑工程 食品加工 纺织服饰 物流运输 生物医药 环保工程 文化传媒 家具制造 "
    "汽车配件 印刷包装 物业服务 餐饮管理 检测技术 能源设备"
)
COOPERATIVE_TRADES = ("蔬菜种植", "果树种植", "水产养殖", "茶叶种植", "农机服务")
SHOP_TRADES = ("便利店", "餐馆", "修理铺", "服装店", "理发店", "五金店")
SOCIAL_TRADES = {
    "社会团体": ("商会", "行业协会", "志愿者协会", "书画协会"),
    "民办非企业单位": ("社会工作服务中心", "培训学校", "养老服务中心", "幼儿园"),
    "基金会": ("慈善基金会", "教育基金会"),
}


class UnitNames:
    """Hands out each name once."""

    def __init__(self, random: Random) -> None:
        self._left = {
            "非公企业": self._mixed(random, ENTERPRISE_TRADES, "有限公司"),
            "农民合作社": self._mixed(random, COOPERATIVE_TRADES, "专业合作社"),
            "个体工商户": self._mixed(random, SHOP_TRADES, ""),
            **{kind: self._mixed(random, trades, "") for kind, trades in SOCIAL_TRADES.items()},
        }

    @staticmethod
    def _mixed(random: Random, trades: tuple[str, ...], ending: str) -> list[str]:
        names = [brand + trade + ending for brand, trade in product(BRANDS, trades)]
        random.shuffle(names)
        return names

    def take(self, place: str, kind: str) -> str:
        return place + self._left[kind].pop()


def person_name(random: Random, *, is_man: bool) -> str:
    given = MEN if is_man else WOMEN
    length = random.choices((1, 2), (25, 75))[0]
    return random.choice(SURNAMES) + "".join(random.choice(given) for _ in range(length))
