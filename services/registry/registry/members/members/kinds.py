"""What is known of a member by code; of the national standards the value is the code, exchanged as it is."""

from typing import Self

from kit.edge import LabelledEnum


class Sex(LabelledEnum):
    """GB/T 2261.1"""

    MALE = "male", "男"
    FEMALE = "female", "女"


class MemberStage(LabelledEnum):
    FORMAL = "formal", "正式党员"
    PROBATIONARY = "probationary", "预备党员"
    PROSPECT = "prospect", "发展对象"
    ACTIVIST = "activist", "入党积极分子"
    APPLICANT = "applicant", "入党申请人"


ENROLLED = (MemberStage.FORMAL, MemberStage.PROBATIONARY)


class CodedEnum(LabelledEnum):
    @classmethod
    def named(cls, text: str) -> Self | None:
        """By code, by name, or by what people usually write for it."""
        usual = USUAL.get(text, text)
        return next(
            (one for one in cls if usual in (one.value, one.label) or text.zfill(len(one.value)) == one.value), None
        )


class Ethnicity(CodedEnum):
    """GB/T 3304-1991: the numeric codes."""

    HAN = "01", "汉族"
    MONGOL = "02", "蒙古族"
    HUI = "03", "回族"
    TIBETAN = "04", "藏族"
    UYGHUR = "05", "维吾尔族"
    MIAO = "06", "苗族"
    YI = "07", "彝族"
    ZHUANG = "08", "壮族"
    BUYEI = "09", "布依族"
    KOREAN = "10", "朝鲜族"
    MANCHU = "11", "满族"
    DONG = "12", "侗族"
    YAO = "13", "瑶族"
    BAI = "14", "白族"
    TUJIA = "15", "土家族"
    HANI = "16", "哈尼族"
    KAZAKH = "17", "哈萨克族"
    DAI = "18", "傣族"
    LI = "19", "黎族"
    LISU = "20", "傈僳族"
    VA = "21", "佤族"
    SHE = "22", "畲族"
    GAOSHAN = "23", "高山族"
    LAHU = "24", "拉祜族"
    SUI = "25", "水族"
    DONGXIANG = "26", "东乡族"
    NAXI = "27", "纳西族"
    JINGPO = "28", "景颇族"
    KIRGHIZ = "29", "柯尔克孜族"
    MONGUOR = "30", "土族"
    DAUR = "31", "达斡尔族"
    MULAO = "32", "仫佬族"
    QIANG = "33", "羌族"
    BLANG = "34", "布朗族"
    SALAR = "35", "撒拉族"
    MAONAN = "36", "毛南族"
    GELAO = "37", "仡佬族"
    XIBE = "38", "锡伯族"
    ACHANG = "39", "阿昌族"
    PUMI = "40", "普米族"
    TAJIK = "41", "塔吉克族"
    NU = "42", "怒族"
    UZBEK = "43", "乌孜别克族"
    RUSSIAN = "44", "俄罗斯族"
    EVENKI = "45", "鄂温克族"
    DEANG = "46", "德昂族"
    BONAN = "47", "保安族"
    YUGUR = "48", "裕固族"
    GIN = "49", "京族"
    TATAR = "50", "塔塔尔族"
    DERUNG = "51", "独龙族"
    OROQEN = "52", "鄂伦春族"
    HEZHEN = "53", "赫哲族"
    MONBA = "54", "门巴族"
    LHOBA = "55", "珞巴族"
    JINO = "56", "基诺族"
    OTHER = "97", "其他"
    NATURALISED = "98", "外国血统中国籍人士"


class Education(CodedEnum):
    """GB/T 4658-2006."""

    POSTGRADUATE = "10", "研究生教育"
    DOCTORAL_GRADUATE = "11", "博士研究生毕业"
    DOCTORAL_COMPLETED = "12", "博士研究生结业"
    DOCTORAL_LEFT = "13", "博士研究生肄业"
    MASTERS_GRADUATE = "14", "硕士研究生毕业"
    MASTERS_COMPLETED = "15", "硕士研究生结业"
    MASTERS_LEFT = "16", "硕士研究生肄业"
    POSTGRADUATE_CLASS_GRADUATE = "17", "研究生班毕业"
    POSTGRADUATE_CLASS_COMPLETED = "18", "研究生班结业"
    POSTGRADUATE_CLASS_LEFT = "19", "研究生班肄业"
    UNDERGRADUATE = "20", "大学本科教育"
    UNDERGRADUATE_GRADUATE = "21", "大学本科毕业"
    UNDERGRADUATE_COMPLETED = "22", "大学本科结业"
    UNDERGRADUATE_LEFT = "23", "大学本科肄业"
    GENERAL_CLASS_GRADUATE = "28", "大学普通班毕业"
    COLLEGE = "30", "大学专科教育"
    COLLEGE_GRADUATE = "31", "大学专科毕业"
    COLLEGE_COMPLETED = "32", "大学专科结业"
    COLLEGE_LEFT = "33", "大学专科肄业"
    VOCATIONAL = "40", "中等职业教育"
    TECHNICAL_SECONDARY_GRADUATE = "41", "中等专科毕业"
    TECHNICAL_SECONDARY_COMPLETED = "42", "中等专科结业"
    TECHNICAL_SECONDARY_LEFT = "43", "中等专科肄业"
    VOCATIONAL_HIGH_GRADUATE = "44", "职业高中毕业"
    VOCATIONAL_HIGH_COMPLETED = "45", "职业高中结业"
    VOCATIONAL_HIGH_LEFT = "46", "职业高中肄业"
    SKILLED_WORKERS_GRADUATE = "47", "技工学校毕业"
    SKILLED_WORKERS_COMPLETED = "48", "技工学校结业"
    SKILLED_WORKERS_LEFT = "49", "技工学校肄业"
    SENIOR_HIGH = "60", "普通高级中学教育"
    SENIOR_HIGH_GRADUATE = "61", "普通高中毕业"
    SENIOR_HIGH_COMPLETED = "62", "普通高中结业"
    SENIOR_HIGH_LEFT = "63", "普通高中肄业"
    JUNIOR_HIGH = "70", "初级中学教育"
    JUNIOR_HIGH_GRADUATE = "71", "初中毕业"
    JUNIOR_HIGH_LEFT = "73", "初中肄业"
    PRIMARY = "80", "小学教育"
    PRIMARY_GRADUATE = "81", "小学毕业"
    PRIMARY_LEFT = "83", "小学肄业"
    OTHER = "90", "其他"


class Degree(CodedEnum):
    """GB/T 6864-2003: the classes of degrees; the subject of a degree is not kept."""

    HONORARY_DOCTOR = "1", "名誉博士"
    DOCTOR = "2", "博士"
    MASTER = "3", "硕士"
    BACHELOR = "4", "学士"


USUAL = {
    "研究生": "研究生教育",
    "博士研究生": "博士研究生毕业",
    "硕士研究生": "硕士研究生毕业",
    "大学本科": "大学本科教育",
    "本科": "大学本科教育",
    "大学": "大学本科教育",
    "大学专科": "大学专科教育",
    "大专": "大学专科教育",
    "专科": "大学专科教育",
    "中专": "中等专科毕业",
    "职高": "职业高中毕业",
    "技校": "技工学校毕业",
    "高中": "普通高级中学教育",
    "初中": "初级中学教育",
    "小学": "小学教育",
}
