"""The log of schedules as sentences, word for word, and within Slack's limits whatever has happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.playground.blockkit import Sending, validate_message
from bot.playground.rendering import Reader, blocks_text
from bot.queries.changes import DELETED, UNDONE, Changing, Passing
from bot.queries.log import Entry, Page
from bot.queries.people import Person
from bot.slack.cards.blocks import Card
from bot.slack.cards.log import log_card
from tests.slack.cards.views import NOW, person

ANYBODY = Reader(people={}, channels={})
ANA, RAJ, MIA = person(1, "Ana"), person(2, "Raj"), person(3, "Mia")
LATER = (NOW + timedelta(days=5)).isoformat()
NIGHTS = {
    "type": "time-of-day",
    "windows": [
        {"start_day": None, "start_hour": 18, "start_minute": 0, "end_day": None, "end_hour": 8, "end_minute": 0}
    ],
}


def rotation(*people: Person, id_: str = "r1", **facts: Any) -> dict[str, Any]:
    """A weekly rotation as an event holds it."""
    usual = {
        "id": id_,
        "name": "Primary",
        "start": NOW.isoformat(),
        "end": None,
        "type": "weekly",
        "length": 1,
        "participants": [{"type": "user", "id": each.id} for each in people],
        "restriction": None,
        "turns": "all",
        "holds_from": None,
    }
    return usual | facts


def schedule(*rotations: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A schedule as an event holds it."""
    return {"name": "Payments", "timezone": "Europe/Berlin", "team": None, "rotations": list(rotations)} | facts


def entry(verb: str, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None) -> Entry:
    """Raj's deed on Payments."""
    known = {each.id: each for each in (ANA, RAJ, MIA)}
    return Entry(NOW, verb, RAJ, "Payments", before or {}, after or {}, known)


OVERRIDE = entry(
    Changing.OVERRIDDEN,
    after={"user_id": MIA.id, "start": NOW.isoformat(), "end": LATER, "rotation_ids": [], "replaced": [ANA.id]},
)
GROUPS = [{"type": "team", "id": "t"}, {"type": "escalation", "id": "e"}, {"type": "none"}, {"type": "team", "id": "x"}]
SPAN = "from Nov 18, 2026 at 09:00 until Nov 23, 2026 at 09:00"


def forwarding(giver: Person, heir: Person) -> dict[str, str]:
    """A forwarding as an event holds it."""
    return {"from_user_id": giver.id, "to_user_id": heir.id, "start": NOW.isoformat(), "end": LATER}


def put(kind: str, name: str) -> Entry:
    """A team or an escalation put on call by a program."""
    after = {**OVERRIDE.after, "user_id": None, "participant": {"type": kind, "id": "t", "name": name}}
    return replace(entry(Changing.OVERRIDDEN, after=after), by=None, by_key="ci")


GOLDEN = {
    "teams and escalations in a roster": (
        replace(
            entry(Changing.CREATED, after=schedule(rotation(participants=GROUPS))), groups={"t": "Ops", "e": "Late"}
        ),
        "Raj made *Payments*|• Europe/Berlin, no team"
        "|• Primary: the team Ops, the escalation Late, nobody, a team, every week",
    ),
    "a team put on": (
        put("team", "Ops"),
        f"The key “ci” put the team Ops instead of Ana on call for *Payments* {SPAN}",
    ),
    "an escalation put on": (
        put("escalation", "Late"),
        f"The key “ci” put the escalation Late instead of Ana on call for *Payments* {SPAN}",
    ),
    "a forwarding made by a program": (
        replace(entry(Passing.MADE, after=forwarding(ANA, MIA)), by=None, by_key="ci"),
        f"The key “ci” forwarded the duty of Ana to Mia {SPAN}",
    ),
    "a forwarding made by a person": (
        entry(Passing.MADE, after=forwarding(ANA, MIA)),
        f"Raj forwarded the duty of Ana to Mia {SPAN}",
    ),
    "a forwarding changed": (
        entry(Passing.EDITED, forwarding(ANA, RAJ), forwarding(ANA, MIA)),
        f"Raj changed a forwarding: the duty of Ana to Mia {SPAN}|• Before: the duty of Ana to Raj {SPAN}",
    ),
    "a forwarding removed": (
        entry(Passing.REMOVED, forwarding(ANA, MIA)),
        f"Raj removed a forwarding: the duty of Ana to Mia {SPAN}",
    ),
    "made": (
        entry(Changing.CREATED, after=schedule(rotation(ANA, RAJ), team="Money")),
        "Raj made *Payments*|• Europe/Berlin, team Money|• Primary: Ana, Raj, every week",
    ),
    "made under another name": (
        entry(Changing.CREATED, after=schedule(name="Cash")),
        "Raj made *Payments*, then called Cash|• Europe/Berlin, no team",
    ),
    "name, zone and team": (
        entry(
            Changing.EDITED,
            schedule(name="Cash"),
            schedule(timezone="America/New_York", team="Money"),
        ),
        "Raj edited *Payments*|• Name: Cash → Payments|• Time zone: Europe/Berlin → America/New_York"
        "|• Team: none → Money",
    ),
    "another roster from the next hand-off on": (
        entry(Changing.EDITED, schedule(rotation(ANA, RAJ)), schedule(rotation(MIA, RAJ, holds_from=LATER))),
        "Raj edited *Payments*|• Primary: Ana, Raj → Mia, Raj, from Nov 23, 2026 at 09:00",
    ),
    "everything else of a rotation at once": (
        entry(
            Changing.EDITED,
            schedule(rotation(ANA)),
            schedule(rotation(ANA, name="Nights", type="daily", length=2, restriction=NIGHTS, turns="active")),
        ),
        "Raj edited *Payments*|• Primary: now called Nights; every week → every 2 days; "
        "around the clock → only 18:00-08:00; times without duty take no turn",
    ),
    "a rotation added and one closed": (
        entry(
            Changing.EDITED,
            schedule(rotation(ANA)),
            schedule(rotation(RAJ, id_="r2", name="Nights", restriction=NIGHTS), closed={"r1": LATER}),
        ),
        "Raj edited *Payments*|• New rotation Nights: Raj, every week, only 18:00-08:00"
        "|• Without the rotation Primary, from Nov 23, 2026 at 09:00",
    ),
    "an edit of which nothing was kept": (
        entry(Changing.EDITED, schedule(rotation(ANA)), schedule(rotation(ANA))),
        "Raj edited *Payments*",
    ),
    "an edit of what only programs can say": (
        entry(Changing.EDITED, schedule(enabled=True, description="a"), schedule(enabled=False, description="b")),
        "Raj edited *Payments*|• Another description|• Switched off: nobody is on call by it",
    ),
    "an end": (entry(DELETED, schedule()), "Raj deleted *Payments*"),
    "an override": (
        OVERRIDE,
        "Raj put Mia instead of Ana on call for *Payments* from Nov 18, 2026 at 09:00 until Nov 23, 2026 at 09:00",
    ),
    "an override by nobody": (
        entry(Changing.OVERRIDDEN, after={"user_id": None}),
        "Raj put nobody on call for *Payments*",
    ),
    "a link": (entry(Changing.LINKED, after={"channel": "C01"}), "Raj linked *Payments* to #C01"),
    "an unlink": (entry(Changing.UNLINKED, {"channel": "C01"}), "Raj unlinked *Payments* from #C01"),
    "an undo": (
        replace(
            entry(UNDONE, after={"event": 1, "ended_at": LATER}),
            by=ANA,
            undone=entry("link-channel", None, {"channel": "C01"}),
        ),
        "Ana took back a change of *Payments*|• Raj linked *Payments* to #C01 · Nov 18, 2026 at 09:00"
        "|• It had begun, and ended Nov 23, 2026 at 09:00",
    ),
    "a verb nobody knows": (
        entry("frobnicate", {"x": 1}, {"y": [2]}),
        "Raj changed *Payments* (frobnicate)",
    ),
    "nobody we know": (
        replace(entry(Changing.CREATED, after=schedule(rotation(person(9, "Zoe")))), by=None),
        "Watchbill made *Payments*|• Europe/Berlin, no team|• Primary: somebody, every week",
    ),
}


def _card(*entries: Entry, **facts: Any) -> Card:
    usual: dict[str, Any] = {
        "about": ["Payments"],
        "line": "oncall log payments",
        "number": 2,
        "offers_all": True,
        "public": False,
    }
    return log_card(Page(entries, has_older=True), **(usual | facts))


@pytest.mark.parametrize("what", GOLDEN)
def test_a_change_reads(what: str) -> None:
    told, words = GOLDEN[what]
    head, *details = words.split("|")
    row = "\n".join([f"{head} · Nov 18, 2026 at 09:00", *details])
    read = blocks_text(_card(told).blocks, ANYBODY)
    assert read == f"*Changes of Payments*\n{row}\nNewer\nOlder\nAll schedules\nShow to channel"


def test_a_log_of_nothing_says_so_and_one_of_all_is_called_that() -> None:
    card = log_card(Page((), has_older=False), about=(), line="oncall log", number=1, offers_all=False, public=True)
    assert blocks_text(card.blocks, ANYBODY) == "*Changes of all schedules*\nNothing has happened yet."
    assert "There is nothing older." in blocks_text(_card(number=3).blocks, ANYBODY)


def test_what_was_typed_pings_nobody() -> None:
    told = entry(Changing.EDITED, schedule(name="<!channel>"), schedule(rotation(ANA, name="<@U1> & co")))
    assert "<!channel>" not in str(_card(told).payload) and "<@U1>" not in str(_card(told).payload)


def test_the_longest_entries_stay_within_what_slack_takes() -> None:
    crowd = [person(number, "&" * 80) for number in range(40)]
    known = {each.id: each for each in crowd}
    rotations = [rotation(*crowd, id_=str(number), name="<" * 100, restriction=NIGHTS) for number in range(20)]
    others = [{**each, "participants": each["participants"][::-1], "holds_from": LATER} for each in rotations]
    before, after = schedule(*rotations, name="&" * 100), schedule(*others, name="<" * 100, team=">" * 100)
    told = replace(entry(Changing.EDITED, before, after), schedule="&" * 100, by=person(1, "&" * 80), people=known)
    card = _card(*[told] * 8, about=["&" * 100] * 20)
    for sending in (Sending.POST, Sending.UPDATE, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []
    assert sum(len(block["text"]["text"]) for block in card.blocks if "text" in block) < 13_000
