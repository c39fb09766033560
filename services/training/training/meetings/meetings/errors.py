"""What a meeting refuses; several domains act on meetings, so these stand together."""

from kit import problems


class MeetingNotFound(problems.NotFound):
    code = "meeting-not-found"
    detail = "没有这个会议,或不在您的管理范围内"


class MeetingAlreadyPlanned(problems.Conflict):
    code = "meeting-already-planned"
    detail = "同一党组织在同一时间已安排同类会议"


class MeetingAlreadyConfirmed(problems.Conflict):
    code = "meeting-already-confirmed"
    detail = "考勤已确认,不能再修改或重复确认"


class MeetingCancelled(problems.Conflict):
    code = "meeting-cancelled"
    detail = "会议已取消"


class MeetingReopened(problems.Conflict):
    code = "meeting-reopened"
    detail = "考勤曾经确认、由上级重新打开,只能更正后再次确认,不能取消会议或移出人员"


class MeetingNotOver(problems.Conflict):
    code = "meeting-not-over"
    detail = "会议尚未结束,不能确认考勤"


class MeetingTooOld(problems.Conflict):
    code = "meeting-too-old"
    detail = "会议日期早于 {first},已超过登记和确认期限"


class WrongOrganizationKind(problems.Unprocessable):
    code = "wrong-organization-kind"
    detail = "{kind}不能由这一类党组织召集"


class InactiveOrganization(problems.Unprocessable):
    code = "inactive-organization"
    detail = "党组织已撤销,不能再安排会议"


class ClassKindMismatch(problems.Unprocessable):
    code = "class-kind-mismatch"
    detail = "培训班须注明形式,其他会议不填"


class AudienceMismatch(problems.Unprocessable):
    code = "audience-mismatch"
    detail = "{kind}的参加范围不正确"


class ExchangeMismatch(problems.Unprocessable):
    code = "exchange-mismatch"
    detail = "学习交流须写明走出去或请进来和对方单位,其他类型不填"


class VisitMismatch(problems.Unprocessable):
    code = "visit-mismatch"
    detail = "现场观摩须写明观摩的示范点,其他类型不填"


class NotADemonstrationPoint(problems.Unprocessable):
    code = "not-a-demonstration-point"
    detail = "所填党组织不在本区,或 {day} 不是示范点"


class LengthMismatch(problems.Unprocessable):
    code = "length-mismatch"
    detail = "起止时间与折算方式不符:结束须晚于开始,按实际时长不超过 12 小时,跨天只限全天培训班且不跨年度"


class ElectionNotPossible(problems.Unprocessable):
    code = "election-not-possible"
    detail = "只有支部党员大会和支委会可以选举"


class ChosenParticipantsMismatch(problems.Unprocessable):
    code = "chosen-participants-mismatch"
    detail = "参加范围为指定人员时须列出参加人,其他范围不列"


class UnknownParticipant(problems.Unprocessable):
    code = "unknown-participant"
    detail = "名单中有 {count} 人不是本组织的党员"


class NobodyExpected(problems.Unprocessable):
    code = "nobody-expected"
    detail = "参加范围内没有党员"


class ParticipantAlreadyPresent(problems.Conflict):
    code = "participant-already-present"
    detail = "已签到或已登记的人员不能移出名单"
