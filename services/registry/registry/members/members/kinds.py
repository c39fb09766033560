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
