from datetime import date
from typing import ClassVar

from kit.edge import Points
from records.events import Payload
from scoring.reference.policies.models import PolicyName


class PolicySet(Payload, title="设定积分政策参数"):
    type: ClassVar[str] = "scoring.policy.set.v1"
    name: PolicyName
    effective_from: date
    value: Points
