"""Ids that are made of ours: scripts keep them, so they must never be others."""

from __future__ import annotations

from bot.api.grafana.ids import MESSAGE, USER, short_id

OURS = "0a5f1c1e-8f0b-4f43-9d55-0d1c8a2b7f11"


def test_the_same_thing_has_the_same_id_for_ever_and_a_message_another_than_a_person() -> None:
    assert short_id(MESSAGE, OURS) == "ML9M9GOYC3W0P"
    assert short_id(USER, OURS) == "UMY7ETXABX6XQ"
