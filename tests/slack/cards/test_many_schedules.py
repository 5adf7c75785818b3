"""Answers about many schedules and a channel's own: within Slack's limits, and what stands where."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text
from bot.queries.on_call import Because, HandOff, Holder, ScheduleStanding
from bot.queries.schedules import ScheduleName
from bot.slack.cards.blocks import Card
from bot.slack.cards.links import link_form, links_card
from bot.slack.cards.more import PAGE, Asked, Rest, more_buttons, more_view
from bot.slack.cards.on_call import next_card, next_rows, now_card, now_rows
from bot.slack.cards.schedules import ScheduleLine, schedule_rows, schedules_card
from tests.slack.cards.views import NOW, person

ANYBODY = Reader(people={}, channels={})
LONG = "x" * 100
CHANNEL = "C02INCIDENTS"


def _standing(number: int, names: tuple[str, str] = ("Ana " * 20, "Raj " * 20), called: str = LONG) -> ScheduleStanding:
    """Two people with names of eighty characters, one by an override, then both again after two others."""
    people = (person(1, names[0]), person(2, names[1]))
    because = Because(called, turn=1, is_override=True, override_by=people[0], override_until=NOW, instead_of=people[1])
    holders = tuple(Holder(each, NOW, NOW + timedelta(days=7), because) for each in people)
    others = (person(3, names[0]), person(4, names[1]))
    hand_off = HandOff(NOW + timedelta(days=6), others, NOW + timedelta(days=9))
    return ScheduleStanding(f"s{number}", f"{number} {called}"[:100], "Europe/Berlin", True, holders, hand_off, None)


STANDS = [_standing(number) for number in range(PAGE)]
ODD_STANDS = [_standing(number, ("&" * 80, "<" * 80), "&" * 100) for number in range(PAGE)]
"""Names that are five times as long once they are escaped."""
REST = Rest(Asked.NOW, 8, CHANNEL)


def _lines(stands: list[ScheduleStanding]) -> list[ScheduleLine]:
    return [ScheduleLine(stand, LONG, may_edit=True) for stand in stands]


def _is_fine(card: Card) -> None:
    for sending in (Sending.POST, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []


@pytest.mark.parametrize("linked", [0, 3, 8])
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("stands", [STANDS[:8], ODD_STANDS[:8]])
def test_an_answer_about_eight_stays_within_slacks_limits(
    stands: list[ScheduleStanding], linked: int, public: bool
) -> None:
    more = more_buttons(REST, 1_000)
    for at in (NOW, NOW + timedelta(hours=15)):  # by day, and when all are asleep
        _is_fine(now_card(stands, at=at, line="oncall now", linked=linked, more=more, public=public))
    _is_fine(next_card(stands, line="oncall next", linked=linked, more=more, public=public))
    _is_fine(schedules_card(_lines(stands), more=more, may_create=True))


@pytest.mark.parametrize("stands", [STANDS, ODD_STANDS])
def test_a_page_of_the_others_stays_within_slacks_limits(stands: list[ScheduleStanding]) -> None:
    rest = Rest(Asked.AT, 48, CHANNEL, NOW)
    for rows in (
        now_rows(stands, at=NOW, public=False),
        next_rows(stands, public=False),
        schedule_rows(_lines(stands)),
    ):
        view = more_view(rest, rows, shown=PAGE, total=1_000, first=8)
        assert [str(problem) for problem in validate_view(view)] == []


def test_the_channels_own_stand_apart_from_the_others() -> None:
    for linked, dividers in ((0, 0), (2, 1), (8, 0)):
        card = next_card(STANDS[:8], line="oncall next", linked=linked, more=[], public=True)
        assert [block["type"] for block in card.blocks].count("divider") == dividers
        if dividers:
            assert card.blocks[linked]["type"] == "divider"


@pytest.mark.parametrize(("total", "labels"), [(8, []), (9, ["1 more"]), (1_000, ["992 more"])])
def test_the_button_says_how_many_more_there_are(total: int, labels: list[str]) -> None:
    assert [each["text"]["text"] for each in more_buttons(REST, total)] == labels


@pytest.mark.parametrize("rest", [REST, Rest(Asked.AT, 48, "", NOW)])
def test_a_button_carries_what_was_asked(rest: Rest) -> None:
    assert Rest.read(rest.value) == rest


@pytest.mark.parametrize(
    ("skip", "shown", "total", "words"),
    [
        (8, 2, 10, "9 to 10 of 10\nrow"),
        (8, 40, 100, "9 to 48 of 100\nrow\nNext"),
        (48, 40, 100, "49 to 88 of 100\nrow\nBack\nNext"),
        (88, 12, 100, "89 to 100 of 100\nrow\nBack"),
        (8, 0, 7, "7 in all\nThere are no more schedules by now."),
        (48, 0, 7, "7 in all\nThere are no more schedules by now.\nBack"),
    ],
)
def test_pages_are_turned_where_there_are_some(skip: int, shown: int, total: int, words: str) -> None:
    rows = [{"type": "section", "text": {"type": "mrkdwn", "text": "row"}}] if shown else []
    view = more_view(Rest(Asked.NOW, skip, CHANNEL), rows, shown=shown, total=total, first=8)
    assert blocks_text(view["blocks"], ANYBODY) == words


def test_what_is_linked_is_listed_eight_at_most_with_a_button_each() -> None:
    linked = [ScheduleName(f"s{number}", LONG) for number in range(30)]
    card = links_card(linked, channel=CHANNEL, said="Which one?")
    assert "22 more: name the one you mean" in blocks_text(card.blocks, ANYBODY)
    assert sum(block.get("accessory", {}).get("text", {}).get("text") == "Unlink" for block in card.blocks) == 8
    _is_fine(card)


@pytest.mark.parametrize(("linked", "primary"), [([], 1), ([ScheduleName("s", "Payments")], 0)])
def test_linking_is_the_main_thing_to_do_where_nothing_is_linked(linked: list[ScheduleName], primary: int) -> None:
    card = links_card(linked, channel=CHANNEL)
    assert str(card.blocks).count("'primary'") == primary
    _is_fine(card)


@pytest.mark.parametrize("channel", [CHANNEL, None])
def test_the_form_is_one_that_slack_takes(channel: str | None) -> None:
    assert [str(problem) for problem in validate_view(link_form(channel))] == []
