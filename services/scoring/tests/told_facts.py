"""What registry, training and scoring itself tell of members and branches, as it stands in their events."""

from typing import Any
from uuid import UUID, uuid4

MEMBER, OTHER, BRANCH = uuid4(), uuid4(), uuid4()
JUDGED = {
    "organization_id": str(BRANCH),
    "revision": 1,
    "year": 2025,
    "quarter_ends_on": "2025-03-31",
    "month": "2025-03",
    "transfers": 1,
    "is_on_time": True,
    "owing": 3,
    "is_full": True,
    "took_part": True,
    "is_complete": True,
    "members": [
        {"member_id": str(MEMBER), "is_on_time": True, "is_clean": True, "is_complete": True, "is_paid": True},
        {"member_id": str(OTHER), "is_on_time": False, "is_clean": False, "is_complete": False, "is_paid": False},
    ],
}
KEPT = {
    "id": "0197a000-0000-7000-8000-00000000c001",
    "organization_id": str(BRANCH),
    "holder_id": str(MEMBER),
    "member_id": str(MEMBER),
    "set_up_on": "2025-03-03",
    "happened_on": "2025-03-20",
    "held_on": "2025-03-10",
    "judged_on": "2025-12-31",
    "year": 2025,
    "participants": [{"member_id": str(MEMBER)}],
    "meets_standard": True,
    "is_earning": True,
}
REACHED = {
    "development_id": "0197a000-0000-7000-8000-00000000d001",
    "paper_id": "0197a000-0000-7000-8000-00000000d002",
    "organization_id": str(BRANCH),
    "person_id": str(MEMBER),
    "milestone": "received",
    "occurred_on": "2025-03-20",
    "named_on": "2025-03-20",
    "is_backbone": True,
    "holds": True,
    "revision": 1,
}
DEVELOPED = {
    "organization_id": str(BRANCH),
    "year": 2025,
    "cases": 1,
    "is_complete": True,
    "planned": 5,
    "is_fulfilled": True,
    "revision": 1,
}
SITE = {
    "organization_id": str(BRANCH),
    "year": 2025,
    "has_place": True,
    "has_equipment": True,
    "has_signs": True,
    "has_flag": True,
    "has_books": True,
    "has_rules": True,
    "revision": 1,
}
VISITED = {"organization_id": str(BRANCH), "month": "2025-03", "visits": 1, "revision": 1}
HELPED = {
    "id": str(uuid4()),
    "kind": "village",
    "acted_on": "2025-03-12",
    "organizations": [{"organization_id": str(BRANCH)}],
    "is_earning": True,
    "revision": 1,
}
LEDGER = {
    "id": str(uuid4()),
    "organization_id": str(BRANCH),
    "quarter_ends_on": "2025-03-31",
    "compiled_on": "2025-03-20",
    "holds": True,
}
ANSWERED = {
    "id": str(uuid4()),
    "organization_id": str(BRANCH),
    "authors": [{"member_id": str(MEMBER)}],
    "answered_on": "2025-03-20",
    "is_solved": True,
    "revision": 2,
}
QUARTER = {"organization_id": str(BRANCH), "ends_on": "2025-03-31", "due": 4, "answered_in_time": 4, "revision": 1}


def meeting(kind: str) -> dict[str, Any]:
    return {
        "meeting_id": str(uuid4()),
        "kind": kind,
        "organization_id": str(BRANCH),
        "held_on": "2025-03-10",
        "is_valid": True,
        "participants": [
            {"member_id": str(MEMBER), "attended": True},
            {"member_id": str(OTHER), "attended": False},
        ],
    }


def activity(kind: str, *, guests: int = 30) -> dict[str, Any]:
    """Somebody came who was expected, and guests; a member spoke who came, another did not come."""
    came = {"member_id": str(MEMBER), "attended": True, "spoke": True}
    return {
        **meeting(kind),
        "guests": guests,
        "participants": [came, {**came, "member_id": str(OTHER), "attended": False}],
    }


SITE_MONTH = {
    "organization_id": str(BRANCH),
    "month": "2025-03",
    "is_kept": True,
    "members": [{"member_id": str(MEMBER), "is_met": True}, {"member_id": str(OTHER), "is_met": False}],
    "revision": 1,
}
PROVIDED = {
    "id": str(uuid4()),
    "organization_id": str(BRANCH),
    "member_id": str(MEMBER),
    "provided_on": "2025-03-20",
    "is_earning": True,
    "revision": 2,
}
EXAMINED = {
    "id": str(uuid4()),
    "organization_id": str(BRANCH),
    "member_id": str(MEMBER),
    "score": "78.00",
    "taken_on": "2025-03-20",
    "is_earning": True,
    "revision": 2,
}
WON = {
    "id": str(uuid4()),
    "organization_id": str(BRANCH),
    "kind": "safety_knowledge",
    "member_id": str(MEMBER),
    "held_on": "2025-03-20",
    "is_passed": True,
    "has_place": True,
    "revision": 1,
}


def silent(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "participants": [{**one, "spoke": False} for one in told["participants"]]}


STUDY_YEAR = {
    "year": 2025,
    "organization_id": str(BRANCH),
    "members": [
        {"member_id": str(MEMBER), "hours": "24", "required": "32"},
        {"member_id": str(OTHER), "hours": "40", "required": "32"},
    ],
    "leaders": [{"member_id": str(OTHER), "hours": "56", "required": "56"}],
}
TO_MEMBERS = "32"
STUDY_YEAR_OF_ALL = {
    **STUDY_YEAR,
    "members": [
        {"member_id": str(MEMBER), "hours": "31.99", "required": TO_MEMBERS, "required_of_members": TO_MEMBERS},
        {"member_id": str(OTHER), "hours": "40", "required": "56", "required_of_members": TO_MEMBERS},
    ],
    "leaders": [{"member_id": str(OTHER), "hours": "40", "required": "56", "required_of_members": TO_MEMBERS}],
}
"""A leader who has the members' 32 hours and not the leaders' 56 is one of two members with their hours (rules §7)."""

PLEDGE = {
    "pledge_id": str(uuid4()),
    "subject_kind": "member",
    "subject_id": str(MEMBER),
    "organization_id": str(BRANCH),
    "approved_on": "2025-01-15",
    "rated_on": "2025-12-20",
    "is_fulfilled": True,
}


def opinion(kind: str, subject_kind: str, subject: UUID, score: str) -> dict[str, Any]:
    return {
        "survey_id": str(uuid4()),
        "ballot_id": str(uuid4()),
        "kind": kind,
        "subject_kind": subject_kind,
        "held_on": "2025-11-01",
        "closed_on": "2025-11-01",
        "results": [{"subject_id": str(subject), "score": score}],
    }


def comment(subject_kind: str, *, is_commented: bool = True) -> dict[str, Any]:
    """On a report of the subject, or on a month of the branch."""
    return {
        "review_id": str(uuid4()),
        "subject_kind": subject_kind,
        "subject_id": str(BRANCH),
        "organization_id": str(BRANCH),
        "commented_on": "2025-06-30",
        "month": "2025-06",
        "is_commented": is_commented,
    }


MONTH = {
    "month": "2025-03",
    "organization_id": str(BRANCH),
    "is_demonstration_point": True,
    "members": [
        {"member_id": str(MEMBER), "grade": "good", "visits": 1, "days": 25, "rate": "0.8065"},
        {"member_id": str(OTHER), "grade": "average", "visits": 0, "days": 24, "rate": "0.7742"},
    ],
}
POINT = {"organization_id": str(BRANCH), "level": "city", "valid_from": "2025-02-01", "valid_to": None}
FORM = {"organization_id": str(BRANCH), "year": 2025, "is_form_fitting": False, "is_team_complete": False}
LEADERSHIP = {
    "organization_id": str(BRANCH),
    "year": 2025,
    "is_term_kept": False,
    "is_secretary_kept": False,
    "is_cross_appointed": False,
}
FORM_YEAR, LEADERSHIP_YEAR = "registry.form_year.judged.v1", "registry.leadership_year.judged.v1"
TREE_YEARS: tuple[tuple[str, str, dict[str, Any], str, str], ...] = (
    ("O01", FORM_YEAR, FORM, "is_form_fitting", "2.00"),
    ("O02", FORM_YEAR, FORM, "is_team_complete", "2.00"),
    ("O03", LEADERSHIP_YEAR, LEADERSHIP, "is_term_kept", "2.00"),
    ("O04", LEADERSHIP_YEAR, LEADERSHIP, "is_secretary_kept", "1.00"),
    ("O06", LEADERSHIP_YEAR, LEADERSHIP, "is_cross_appointed", "1.50"),
)
