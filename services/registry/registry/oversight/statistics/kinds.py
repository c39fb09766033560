from kit.edge import LabelledEnum


class StatisticGroup(LabelledEnum):
    SEX = "sex", "性别"
    AGE = "age", "年龄"
    EDUCATION = "education", "学历(累计)"
    POST = "post", "党内职务"
    UNIT_POST = "unit_post", "单位职务"
    WORKPLACE = "workplace", "工作单位类别"
    ENTERPRISE_STAFF = "enterprise_staff", "非公企业职工"
