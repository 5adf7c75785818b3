"""Conditions on alerts as they are answered: of routing rules and of policies."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.api.opsgenie.wire import Wire
from bot.vocabulary import CriteriaKind


class ConditionReply(Wire):
    """One condition, as it is kept. Terraform compares `not` and `order`: they are always answered."""

    field: str
    key: str | None = None
    not_: Annotated[bool, Field(alias="not")] = False
    operation: str
    expected_value: str | None = None
    order: int = 0


class CriteriaReply(Wire):
    """Which alerts something is for."""

    type: CriteriaKind
    conditions: tuple[ConditionReply, ...] | None = None
