"""The form of a schedule as Slack sends it back, read into its fields; nothing is judged here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.slack.cards.schedule_form import NO_TEAM, SKIPS
from bot.slack.cards.schedule_form_fields import RotationFields, ScheduleFields, block_id
from bot.slack.forms.values import Filled
from bot.vocabulary import RotationType


def fields_of(view: dict[str, Any]) -> ScheduleFields:
    """What stands in the form now, exactly as typed."""
    about: Mapping[str, Any] = json.loads(view["private_metadata"])
    filled, edition = Filled(view), about["edition"]
    team = _looked_up(view, block_id("team", edition))
    return ScheduleFields(
        schedule_id=about["schedule"],
        version=about["version"],
        sitting=about["sitting"],
        edition=edition,
        next_key=about["next"],
        name=filled.text(block_id("name", edition)),
        timezone=_looked_up(view, block_id("timezone", edition)),
        team="" if team == NO_TEAM["value"] else team,
        rotations=tuple(_rotation(view, filled, edition, key, id_) for key, id_ in about["rotations"]),
    )


def _rotation(view: dict[str, Any], filled: Filled, edition: int, key: int, rotation_id: str | None) -> RotationFields:
    def block(name: str) -> str:
        return block_id(name, edition, key)

    return RotationFields(
        key=key,
        id=rotation_id,
        name=filled.text(block("name")),
        people=filled.users(block("people")),
        type=filled.choice(block("type")) or RotationType.WEEKLY,
        length=filled.text(block("length")),
        day=str(filled.day(block("day")) or ""),
        time=_held(view, block("time")).get("selected_time") or "",
        windows=filled.text(block("windows")),
        skips=SKIPS in filled.choices(block("skips")),
    )


def _looked_up(view: dict[str, Any], block: str) -> str:
    """What was chosen in a menu that is looked up; such a menu has an action_id of its own."""
    return str((_held(view, block).get("selected_option") or {}).get("value", ""))


def _held(view: dict[str, Any], block: str) -> dict[str, Any]:
    """What the one element of a block holds."""
    elements: dict[str, dict[str, Any]] = view["state"]["values"].get(block, {})
    return next(iter(elements.values()), {})
