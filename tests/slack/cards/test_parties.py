"""Teams and escalations on call, as cards: named with those they stand for, and never too long for Slack."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.blockkit import Sending, validate_message
from bot.queries.on_call import Because, HandOff, Holder, Party, ScheduleStanding
from bot.slack.cards.on_call import next_card, now_card, why_card
from bot.slack.cards.parties import called
from bot.slack.cards.schedules import ScheduleLine, schedules_card
from bot.vocabulary import ParticipantKind
from tests.slack.cards.views import NOW, person

LATER = NOW + timedelta(days=7)


def _party(name: str, people: int, called_so: str = "Ana", kind: ParticipantKind = ParticipantKind.TEAM) -> Party:
    return Party(kind, f"of {name}", name, tuple(person(number, called_so) for number in range(people)))


@pytest.mark.parametrize(
    ("party", "words"),
    [
        (_party("Ops", 0), "the team Ops (nobody in it)"),
        (_party("Ops", 1), "the team Ops (Ana)"),
        (_party("Ops", 2), "the team Ops (Ana and Ana)"),
        (_party("Ops", 9), "the team Ops (Ana, Ana and 7 more)"),
        (_party("<Up>", 1, "&", ParticipantKind.ESCALATION), "the escalation &lt;Up&gt; (&amp;)"),
    ],
)
def test_a_party_is_named_with_the_first_of_those_it_stands_for(party: Party, words: str) -> None:
    assert called(party) == words
    assert called(party, brief=True) == words.partition(" (")[0]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 20])
def test_however_many_are_on_call_an_answer_stays_within_slacks_limits(count: int) -> None:
    parties = tuple(_party("&" * 100, 30, "<" * 80) for _ in range(count))
    because = Because("&" * 100, turn=1, is_override=True, override_by=person(1, "&" * 80), instead_of=parties[0])
    holders = tuple(Holder(each, NOW, LATER, because) for each in parties)
    stands = []
    for held, following in ((holders, parties), (holders, ()), ((), parties)):
        hand_off = HandOff(LATER, following, LATER)
        stands.append(ScheduleStanding("s", "&" * 100, "Europe/Berlin", True, held, hand_off, None))
    cards = [
        now_card(stands, at=NOW, line="oncall now", linked=0, more=[], public=False),
        next_card(stands, line="oncall next", linked=0, more=[], public=True),
        schedules_card([ScheduleLine(stand, "Ops", may_edit=True) for stand in stands], more=[], may_create=True),
        why_card(stands, about=None),
    ]
    for card in cards:
        for sending in (Sending.POST, Sending.RESPONSE):
            assert [str(problem) for problem in validate_message(card.payload, sending)] == []
