"""What is told of transfers: whose, from where to where, and the days; never a name, a number or a reason."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.members.transfers.kinds import TransferState


class TransferTold(Payload):
    id: UUID
    member_id: UUID
    organization_id: UUID
    to_organization_id: UUID
    state: TransferState


class TransferAsked(TransferTold, title="申请转入组织关系"):
    type: ClassVar[str] = "registry.transfer.asked.v1"


class TransferIssued(TransferTold, title="开具组织关系介绍信"):
    type: ClassVar[str] = "registry.transfer.issued.v1"
    issued_on: date
    valid_until: date


class TransferReceived(TransferTold, title="接收组织关系"):
    type: ClassVar[str] = "registry.transfer.received.v1"
    received_on: date
    first_valid_until: date


class TransferClosed(TransferTold, title="退回或撤回组织关系转接"):
    type: ClassVar[str] = "registry.transfer.closed.v1"
    closed_on: date


class TransferVoided(TransferTold, title="作废组织关系转接"):
    type: ClassVar[str] = "registry.transfer.voided.v1"
