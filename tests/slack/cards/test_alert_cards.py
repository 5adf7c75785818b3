"""What the cards of an alert say in each of its states, and that Slack takes them whatever is in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.engines.policies import Outcome, Tried
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.pings import mentions
from bot.playground.rendering import Reader, blocks_text
from bot.queries.alert_outlook import HandOver, NobodyCalled
from bot.queries.alerts import AlertView
from bot.slack.cards.alert import alert_card, nobody_card
from bot.slack.cards.alert_forms import hand_over_form, snooze_form
from bot.slack.cards.alert_paged import asked_card, paged_card
from bot.slack.cards.alert_why import why_view
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.page_form import PageFields, page_form
from bot.vocabulary import PolicyGroup, RecipientState
from tests.slack.cards.alerts import ANA, MIA, RAJ, alert, around, standing
from tests.slack.cards.views import NOW, person

ANYBODY = Reader(people={}, channels={})
NOTIFIED, ACKNOWLEDGED, DECLINED = RecipientState
LATER = NOW + timedelta(hours=1)
AT, AT_LATER = "Nov 18, 2026 at 09:00", "Nov 18, 2026 at 10:00"
MARKS = "<&>*_`~" * 40


def _read(blocks: Any) -> str:
    return blocks_text(list(blocks), ANYBODY).replace("*", "")


@pytest.mark.parametrize(
    ("view", "state"),
    [
        (alert(), ":red_circle: Open, nobody has acknowledged it yet"),
        (alert(owner=MIA), ":red_circle: Open, given to Mia, nobody has acknowledged it yet"),
        (alert(count=1_200), f":red_circle: Open, nobody has acknowledged it yet · 1,200 times, last {AT}"),
        (alert(acknowledged_by="Ana", owner=ANA), f":large_yellow_circle: Acknowledged by Ana {AT}"),
        (alert(acknowledged_by="Ana", owner=MIA), f":large_yellow_circle: Acknowledged by Ana {AT}, now with Mia"),
        (alert(snoozed_until=LATER), f":large_blue_circle: Snoozed until {AT_LATER}"),
        (
            alert(snoozed_until=LATER, acknowledged_by="Ana"),
            f":large_blue_circle: Snoozed until {AT_LATER}, acknowledged by Ana",
        ),
        (alert(snoozed_until=NOW), ":red_circle: Open, nobody has acknowledged it yet"),
        (alert(closed_by="Ana"), f":large_green_circle: Closed by Ana {AT}, after 10 min"),
    ],
)
def test_colour_and_word_say_the_same_state(view: AlertView, state: str) -> None:
    card = alert_card(around(view), now=NOW, is_new=False)
    assert _read(card.blocks).splitlines()[:2] == ["P1 db is down", state]
    assert mentions(card.text, card.blocks) == ()
    assert (card.blocks[-1]["type"] == "actions") is view.is_open


@pytest.mark.parametrize(
    ("view", "people"),
    [
        (alert(told=()), "Nobody was called yet."),
        (alert(), "Called: Raj."),
        (
            alert(told=((RAJ, DECLINED), (ANA, ACKNOWLEDGED), (MIA, NOTIFIED))),
            "Called: Raj (passed it on), Ana (acknowledged) and Mia.",
        ),
        (
            alert(told=[(person(number), NOTIFIED) for number in range(8)]),
            "Called: Person 0, Person 1, Person 2, Person 3, Person 4, Person 5 and 2 more.",
        ),
    ],
)
def test_who_was_called_and_who_comes_next(view: AlertView, people: str) -> None:
    card = alert_card(around(view, escalates_to=MIA), now=NOW, is_new=False)
    following = "Next: Mia Nov 18, 2026 at 09:05, unless it is acknowledged by then (Nights)."
    assert _read(card.blocks).splitlines()[2] == f"{people} {following}"


def test_a_new_message_rings_with_those_alone_who_have_not_answered() -> None:
    view = alert(told=((RAJ, NOTIFIED), (ANA, DECLINED)))
    card = alert_card(around(view), now=NOW, is_new=True)
    assert [each.target for each in mentions(card.text, card.blocks)] == [RAJ.slack_id]
    for each in (alert(closed_by="Ana"), alert(acknowledged_by="Ana")):
        assert mentions("", alert_card(around(each), now=NOW, is_new=True).blocks) == ()


@pytest.mark.parametrize(
    ("view", "handed", "first", "buttons"),
    [
        (
            alert(),
            None,
            ":rotating_light: The key “prometheus” calls you Nov 18, 2026 at 08:50: "
            "you are on call for Payments until Nov 19, 2026 at 09:00.",
            ["Acknowledge", "Hand to next", "Not mine", "Open"],
        ),
        (
            alert(created_by=ANA, owner=RAJ),
            HandOver(MIA, ""),
            ":rotating_light: Mia hands it to you. It came from Ana Nov 18, 2026 at 08:50.",
            ["Acknowledge", "Hand to next", "Not mine", "Open"],
        ),
        (
            alert(acknowledged_by="Ana"),
            None,
            f":large_yellow_circle: Acknowledged by Ana {AT}. You need to do nothing.",
            ["Open"],
        ),
        (
            alert(acknowledged_by="Raj", owner=RAJ, told=((RAJ, ACKNOWLEDGED),)),
            None,
            f":large_yellow_circle: You have it, acknowledged {AT}.",
            ["Close", "Hand over", "Open"],
        ),
        (
            alert(told=((RAJ, DECLINED),)),
            None,
            "You passed it on. :red_circle: Open, nobody has acknowledged it yet.",
            ["Open"],
        ),
        (
            alert(closed_by="Ana"),
            None,
            f":large_green_circle: Closed by Ana {AT}, after 10 min. You need to do nothing.",
            ["Open"],
        ),
    ],
)
def test_who_is_called_reads_what_holds_for_them(
    view: AlertView, handed: HandOver | None, first: str, buttons: list[str]
) -> None:
    card = paged_card(around(view, stands=[standing(RAJ)]), RAJ, now=NOW, link="https://slack.com/x", handed=handed)
    assert _read(card.blocks).splitlines()[1] == first
    assert [each["text"]["text"] for each in card.blocks[-1]["elements"]] == buttons


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (alert(), ":outbox_tray: Sent to Raj Nov 18, 2026 at 08:50: db is down"),
        (alert(acknowledged_by="Raj"), f":white_check_mark: Seen by Raj {AT}: db is down"),
        (alert(closed_by="Raj"), f":large_green_circle: db is down is closed by Raj {AT}."),
        (
            alert(told=()),
            ":warning: Nobody was reached: nobody is on call for Payments until Nov 19, 2026 at 09:00. "
            "db is down stands in #C1.",
        ),
    ],
)
def test_who_paged_reads_what_became_of_it(view: AlertView, words: str) -> None:
    assert _read(asked_card(around(view, stands=[standing()])).blocks).splitlines()[0] == words


def test_who_paged_reads_to_whom_it_went_on_and_who_comes_next() -> None:
    view = alert(told=((RAJ, NOTIFIED), (MIA, NOTIFIED)))
    first, then = view.recipients
    went_on = replace(view, recipients=(replace(then, created_at=NOW), replace(first, created_at=view.created_at)))
    read = _read(asked_card(around(went_on)).blocks).splitlines()
    assert read[0] == f":outbox_tray: Sent to Raj Nov 18, 2026 at 08:50, then to Mia {AT}: db is down"
    assert read[1:3] == ["Not seen yet, and nobody else comes next. You are told here when it is seen.", "Page someone"]
    asked = _read(asked_card(around(went_on, escalates_to=ANA)).blocks)
    assert "Not seen yet. Next: Ana" in asked and "Page someone" not in asked


def test_an_alert_is_closed_for_good_so_slack_asks_first() -> None:
    held = alert(acknowledged_by="Raj", owner=RAJ)
    cards = [alert_card(around(held), now=NOW, is_new=True), paged_card(around(held), RAJ, now=NOW, link="")]
    for card in cards:
        asks = [each["text"]["text"] for each in card.blocks[-1]["elements"] if "confirm" in each]
        assert asks == ["Close"]


def _worst() -> AlertView:
    people = [(person(number, MARKS), NOTIFIED) for number in range(200)]
    return alert(
        message="<&>" * 43,
        description=MARKS * 53,
        told=people,
        tags=[MARKS[:50]] * 20,
        key=MARKS,
        source=MARKS[:100],
        entity=MARKS + MARKS[:200],
        details={MARKS[:200]: MARKS * 20},
        count=10**9,
    )


def _tried() -> list[Tried]:
    changes = {f"field {number}": (MARKS, MARKS) for number in range(12)}
    fitted = [Tried("p", MARKS, PolicyGroup.MODIFY, "t", Outcome.APPLIED, MARKS * 5, changes) for _ in range(40)]
    return [*fitted, *(Tried("p", MARKS, PolicyGroup.MODIFY, None, Outcome.NO_MATCH, MARKS * 5) for _ in range(101))]


def test_whatever_is_in_an_alert_slack_takes_its_cards_and_forms() -> None:
    stands = [standing(*(person(number, MARKS) for number in range(9)), name=MARKS[:100]), standing(name=MARKS[:100])]
    view = _worst()
    outlook = around(view, stands=stands, escalates_to=person(1, MARKS))
    cards: list[Card] = [
        alert_card(outlook, now=NOW, is_new=True),
        paged_card(outlook, view.recipients[0].person, now=NOW, link="https://slack.com/x", through=MARKS),
        asked_card(outlook),
        nobody_card(outlook, NobodyCalled("a1", (MARKS[:100],) * 50, (MARKS,) * 200, (MARKS,)), now=NOW, is_new=True),
    ]
    for card in cards:
        assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []
    views: list[Block] = [
        why_view(view, _tried(), teams={"t": MARKS}),
        hand_over_form(view, url="https://hooks.slack.com/x", replaces=True),
        snooze_form(view, start=NOW),
        *(page_form(PageFields(text="x" * 4000), stand=each, now=NOW, note=MARKS) for each in (*stands, None)),
    ]
    for form in views:
        assert [str(problem) for problem in validate_view(form)] == []


def test_a_message_that_is_edited_holds_nothing_that_slack_lets_no_edit_take_away() -> None:
    view = alert(description="a\n" * 500, owner=RAJ)
    outlook, note = around(view), HandOver(MIA, "*Failover* is half done\n<!channel>")
    cards = [
        alert_card(outlook, now=NOW, is_new=True),
        paged_card(outlook, RAJ, now=NOW, link="https://slack.com/x", handed=note),
    ]
    for card in cards:
        assert "rich_text" not in {each["type"] for each in card.blocks}
        assert _read(card.blocks).count("\n> ") <= 24
        assert {each.kind for each in mentions(card.text, card.blocks)} <= {"user"}
    assert "> Failover is half done\n> <!channel>" in _read(cards[1].blocks)
    assert [each["accessory"]["text"]["text"] for each in cards[1].blocks if "accessory" in each] == ["Read all"]


def test_who_is_called_to_a_snoozed_alert_reads_that_it_waits() -> None:
    card = paged_card(around(alert(snoozed_until=LATER)), RAJ, now=NOW, link="")
    assert _read(card.blocks).splitlines()[1] == f":large_blue_circle: Snoozed until {AT_LATER}"
    assert card.blocks[-1]["elements"][0]["text"]["text"] == "Acknowledge"


def test_while_a_policy_delays_it_nobody_is_said_to_be_missing() -> None:
    outlook = replace(around(alert(told=()), stands=[standing()]), begins=LATER)
    said = f"Nobody is called before {AT_LATER}: a policy delays it."
    assert _read(alert_card(outlook, now=NOW, is_new=True).blocks).splitlines()[2] == said
    assert _read(asked_card(outlook).blocks).startswith(
        f":hourglass: Not sent yet: a policy delays it until {AT_LATER}."
    )


def test_why_tells_each_policy_by_what_it_did() -> None:
    tried = [
        Tried(
            "1",
            "Louder",
            PolicyGroup.MODIFY,
            "t",
            Outcome.APPLIED,
            "It fits.",
            {"message": ("db", "DB"), "tags": ("", "x")},
        ),
        Tried("2", "Old", PolicyGroup.MODIFY, None, Outcome.BROKEN, "Its expression is wrong."),
        Tried("3", "Nights", PolicyGroup.NOTIFICATION, None, Outcome.OUTSIDE_HOURS, "It is 09:00."),
    ]
    text = _read(why_view(alert(), tried, teams={"t": "Harbour"})["blocks"])
    for words in (
        "db is down came from the key “prometheus” Nov 18, 2026 at 08:50. It is brought to the schedule Payments.",
        "applied: “Louder” of the team Harbour, which changes alerts\nIt fits.\n• message: “db” → “DB”",
        "• tags: nothing → “x”",
        "broken, passed over: “Old”, which changes alerts\nIts expression is wrong.",
        "“Nights” outside its hours: It is 09:00.",
    ):
        assert words in text
    assert "No policy was tried" in _read(why_view(alert(), [], teams={})["blocks"])
