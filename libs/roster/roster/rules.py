"""Words of registry that decide who counts where."""

FORMAL = "formal"
PARTY_MEMBER_STAGES = (FORMAL, "probationary")
CANDIDATE_STAGES = ("prospect", "activist")
GROUP_KINDS = ("party_group", "project_group")
NOT_OF_THE_COMMITTEE = ("instructor",)
SECRETARY = "secretary"
