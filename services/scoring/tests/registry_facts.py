"""What registry tells of members and branches, as it stands in its events."""

from uuid import uuid4

MEMBER, OTHER, BRANCH = uuid4(), uuid4(), uuid4()
JUDGED = {
    "organization_id": str(BRANCH),
    "revision": 1,
    "year": 2025,
    "quarter_ends_on": "2025-03-31",
    "transfers": 1,
    "is_on_time": True,
    "members": [
        {"member_id": str(MEMBER), "is_on_time": True, "is_clean": True, "is_complete": True},
        {"member_id": str(OTHER), "is_on_time": False, "is_clean": False, "is_complete": False},
    ],
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
