"""GET next-on-calls: who is on call from the next change on, and who comes next in each rotation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.engines.rotation import NOBODY
from bot.vocabulary import RotationType
from tests.api.conftest import Api
from tests.api.opsgenie.schedules.watches import MONDAY, Watches, rotation

DAY = timedelta(days=1)
MIDWEEK = "2026-01-07T12:00:00Z"


def _names(data: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Those who come next and those who come exactly next, each by name without its domain."""
    fields = data["nextOnCallRecipients"], data["exactNextOnCallRecipients"]
    others, exact = ([each["name"].partition("@")[0] for each in field] for field in fields)
    return others, exact


async def test_recipients_are_objects_and_participants_are_names(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj = await watches.people("ana", "raj")
    schedule = await watches.schedule("Payments", rotation("Primary", ana, raj))
    path = f"/v2/schedules/{schedule.id}/next-on-calls?date={MIDWEEK}"
    raj_told = {"id": raj.id, "name": "raj@example.com", "type": "user"}
    parent = {"id": schedule.id, "name": "Payments", "enabled": True}
    assert (await api.get(path)).data == {
        "_parent": parent,
        "nextOnCallRecipients": [raj_told],
        "exactNextOnCallRecipients": [raj_told],
    }
    assert (await api.get(f"{path}&flat=true")).data == {
        "_parent": parent,
        "nextOnCallParticipants": ["raj@example.com"],
        "exactNextOnCallParticipants": ["raj@example.com"],
    }


async def test_exactly_next_are_all_from_the_first_change_and_next_the_first_others_of_each_rotation(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia, li = await watches.people("ana", "raj", "mia", "li")
    schedule = await watches.schedule(
        "Payments",
        rotation("Weekly", ana, ana, raj),
        rotation("Daily", mia, li, every=RotationType.DAILY),
        rotation("Alone", mia),
    )
    path = f"/v2/schedules/{schedule.id}/next-on-calls"
    for date, told in (
        (MIDWEEK, (["raj", "li"], ["ana", "li", "mia"])),
        ("2026-01-06T12:00:00Z", (["raj", "mia"], ["ana", "mia"])),
        ("2026-01-04T12:00:00Z", (["ana", "mia"], ["ana", "mia"])),
    ):
        assert _names((await api.get(f"{path}?date={date}")).data) == told, date


async def test_without_a_change_in_sight_nobody_comes_next(api: Api) -> None:
    watches = Watches(api.units)
    ana = await watches.person("ana")
    for number, roster in enumerate(((ana,), (NOBODY,))):
        schedule = await watches.schedule(f"S{number}", rotation("Primary", *roster))
        assert _names((await api.get(f"/v2/schedules/{schedule.id}/next-on-calls")).data) == ([], [])


async def test_a_gap_comes_exactly_next_as_nobody_and_a_team_as_those_it_will_stand_for(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, li = await watches.people("ana", "raj", "li")
    crew = await watches.team("Crew", li)
    own = rotation("Own", raj, start=MONDAY + 14 * DAY)
    await watches.schedule("Crew's own", own, team=crew)
    schedule = await watches.schedule("Payments", rotation("Primary", ana, NOBODY, crew))
    path = f"/v2/schedules/{schedule.id}/next-on-calls"
    answer = await api.get(f"{path}?date={MIDWEEK}")
    assert _names(answer.data) == (["Crew"], [])
    [told] = answer.data["nextOnCallRecipients"]
    assert [each["name"] for each in told["onCallParticipants"]] == ["raj@example.com"]
    flat = (await api.get(f"{path}?date={MIDWEEK}&flat=true")).data
    assert flat["nextOnCallParticipants"] == ["raj@example.com"]


async def test_forwarding_counts_and_is_not_told(api: Api) -> None:
    watches = Watches(api.units)
    ana, raj, mia = await watches.people("ana", "raj", "mia")
    schedule = await watches.schedule("Payments", rotation("Primary", ana, raj))
    await watches.forwarding(raj, mia, MONDAY, MONDAY + 30 * DAY)
    answer = (await api.get(f"/v2/schedules/{schedule.id}/next-on-calls?date={MIDWEEK}")).data
    told = {"id": mia.id, "name": "mia@example.com", "type": "user"}
    assert answer["nextOnCallRecipients"] == answer["exactNextOnCallRecipients"] == [told]
