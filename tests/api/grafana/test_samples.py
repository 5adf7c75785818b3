"""The requests that Grafana OnCall's documentation prints, as printed there: only keys and ids are ours."""

from __future__ import annotations

import re

from bot.usecases.timeline.add import add
from bot.usecases.timeline.wanted import WantedEntry
from bot.vocabulary import Origin
from storage.models import TimelineEntry
from tests.api.grafana.conftest import Grafana
from tests.conftest import StillClock, met

JSON = {"Content-Type": "application/json"}
P, M, U = (re.compile(rf"{letter}[A-Z0-9]{{12}}") for letter in "PMU")


async def test_create_get_list_update_and_delete_as_printed(grafana: Grafana, clock: StillClock) -> None:
    clock.advance(microseconds=430444)
    group = grafana.incident.id
    data = f"""{{
      "alert_group_id": "{group}",
      "text": "Demo postmortem text"
  }}"""
    made = await grafana.ask("POST", data=data, headers=JSON)
    assert (made.status, P.fullmatch(made.body["id"]) is not None) == (201, True)
    assert made.body == {
        "id": made.body["id"],
        "alert_group_id": group,
        "created_at": "2026-11-18T09:00:00.430444Z",
        "text": "Demo postmortem text",
    }
    assert list(made.body) == ["id", "alert_group_id", "created_at", "text"]
    await _say(grafana, clock)
    found = await grafana.get(f"{made.body['id']}/", headers=JSON)
    (message,) = found.body["postmortem_messages"]
    assert found.body == {**made.body, "postmortem_messages": [message]}
    assert (M.fullmatch(message["id"]) is None, U.fullmatch(message["author"]) is None) == (False, False)
    assert message == {
        "id": message["id"],
        "alert_group_id": group,
        "author": message["author"],
        "source": "web",
        "created_at": "2026-11-18T09:00:00.430444Z",
        "text": "Demo postmortem message",
    }
    listed = await grafana.get(headers=JSON)
    assert listed.body == {"count": 1, "next": None, "previous": None, "results": [found.body]}
    data = """{
      "text": "Demo postmortem text"
  }"""
    changed = await grafana.ask("PUT", f"{made.body['id']}/", data=data, headers=JSON)
    assert (changed.status, changed.body) == (200, made.body)
    gone = await grafana.ask("DELETE", f"{made.body['id']}/")
    assert (gone.status, gone.text) == (204, "")
    assert (await grafana.get(f"{made.body['id']}/")).status == 404


async def _say(grafana: Grafana, clock: StillClock) -> None:
    """Ana writes to the timeline of the first postmortem, on the web."""
    ana = await met(grafana.api.units, "UANA")
    async with grafana.api.units.begin(ana) as unit:
        added = await add(unit, 1, WantedEntry(at=clock(), text="Demo postmortem message"))
        entry = await unit.session.get(TimelineEntry, added.entry_id)
        assert entry is not None
        entry.origin = Origin.WEB
