"""Emoji on messages, and messages edited and deleted by people, as the bot hears of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.hands import NotOnScreen
from bot.playground.messages import message_object
from bot.playground.workspace import Workspace

CHANNEL = "C01GENERAL"


async def test_people_react_once_edit_and_delete_what_is_theirs(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(workspace, "emit", heard.append)
    ana, raj = workspace.person("U01ANA"), workspace.person("U02RAJ")
    root = await raj.say(CHANNEL, "it began")
    reply = await ana.say(CHANNEL, "on it", thread_ts=root.ts)
    heard.clear()

    await ana.react(root, "memo")
    (added,) = heard
    assert added | {"event_ts": ""} == {
        "type": "reaction_added",
        "user": ana.id,
        "reaction": "memo",
        "item_user": raj.id,
        "item": {"type": "message", "channel": CHANNEL, "ts": root.ts},
        "event_ts": "",
    }
    with pytest.raises(NotOnScreen, match="already"):
        await ana.react(root, "memo")
    await raj.react(root, "memo")
    shown = workspace.messages.find(CHANNEL, root.ts)
    assert shown is not None
    assert message_object(shown)["reactions"] == [{"name": "memo", "users": [ana.id, raj.id], "count": 2}]
    await ana.unreact(root, "memo")
    assert heard[-1]["type"] == "reaction_removed"
    with pytest.raises(NotOnScreen, match="has not reacted"):
        await ana.unreact(root, "memo")

    with pytest.raises(NotOnScreen, match="did not write"):
        await ana.edit(root, "mine now")
    edited = await raj.edit(root, "it began at nine")
    assert (heard[-1]["subtype"], heard[-1]["message"]["text"]) == ("message_changed", "it began at nine")
    await raj.delete(edited)  # with a reply: a tombstone keeps the thread together
    assert (heard[-1]["subtype"], heard[-1]["message"]["subtype"]) == ("message_changed", "tombstone")
    await ana.delete(reply)
    assert (heard[-1]["subtype"], heard[-1]["deleted_ts"]) == ("message_deleted", reply.ts)
