"""The cards and forms of a timeline: within Slack's limits whatever stands in it, and nobody is pinged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.engines.timeline.course import Course, Moments
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text
from bot.queries.history import Happened, Happening
from bot.queries.timeline import EntryInPlace, EntryView, Timeline
from bot.slack.cards.history import history_card
from bot.slack.cards.timeline import (
    added_card,
    no_place_card,
    plain_words,
    removed_card,
    restored_card,
    said,
    source_words,
    timeline_card,
)
from bot.slack.cards.timeline_forms import already_there, choice_form, choosing_form, edit_form, entry_form
from tests.slack.cards.views import NOW, person, postmortem

ANYBODY = Reader(people={}, channels={})
ANA = person(1, "Ana <b>")
ENTRY = EntryView(
    id="3f1c2a52-7d0e-4a39-9a0e-6b1b4e2c7d10",
    version=3,
    postmortem_id="p",
    at=NOW - timedelta(hours=1),
    text="rolled back",
    author=ANA,
    author_name="",
    is_message=False,
    permalink="",
    file_names=(),
    added_by=ANA,
    added_at=NOW,
    mentioned={},
)
LINK = (
    "https://northwind.slack.com/archives/C02INCIDENTS/p1763450000000123?thread_ts=1763440000.000001&cid=C02INCIDENTS"
)
MESSAGE = replace(ENTRY, is_message=True, permalink=LINK, author=None, author_name="Alert & <co>")
HOSTILE = "<!everyone> <@U001> <!subteam^S1> <#C1> <http://x.example|y>"
EVERY = {
    "typed": ENTRY,
    "a message": MESSAGE,
    "long": replace(MESSAGE, text="&lt;&amp;" * 10_000, file_names=("&" * 255,) * 10, author_name="<" * 200),
    "a long word": replace(MESSAGE, text="x" * 40_000),
    "lines": replace(MESSAGE, text="a\n\n`b`\n> c\n" * 400),
    "hostile": replace(MESSAGE, text=HOSTILE, mentioned={"U001": ANA}),
    "only a file": replace(MESSAGE, text="", file_names=("graph <1>.png",)),
    "nothing": replace(MESSAGE, text=" ", author_name=""),
}  # fmt: skip


def _timeline(items: tuple[EntryView, ...], total: int) -> Timeline:
    """A page of a timeline of which nothing more is known."""
    return Timeline(items, total, 0, Course(NOW, None, None, None), Moments(None, None, None))


@pytest.mark.parametrize("entry", EVERY.values(), ids=EVERY)
def test_whatever_an_entry_says_slack_takes_its_cards_and_forms(entry: EntryView) -> None:
    place = EntryInPlace(entry, 12, "<!here> " * 25)
    outlines = [postmortem(title="<!here> " * 25).outline]
    cards = [
        added_card(place, asker=ANA, understood="Wed 18 Nov 14:05 (Europe/Berlin)"),
        added_card(place, asker=person(2), is_new=False),
        restored_card(place),
        removed_card("PM-12", 99, entry),
        removed_card("PM-12", 99, None),
        no_place_card("draft"),
        *(timeline_card("PM-12", _timeline((entry,) * 8, 30), page=2, public=public) for public in (True, False)),
    ]
    for card in cards:
        for sending in (Sending.POST, Sending.RESPONSE):
            assert [str(problem) for problem in validate_message(card.payload, sending)] == []
        assert "<!everyone>" not in str(card.payload) and "<@" not in str(card.payload)
    views = [
        edit_form(place),
        entry_form("PM-12", 12, at=NOW),
        choice_form(place, "mine", head=":warning: Raj changed it.", both=f"{plain_words(entry)}\nmine"),
        choosing_form(said(entry, 5000), outlines, draft="d" * 36, channel="C" * 11, url="u" * 200),
    ]
    for view in views:
        assert [str(problem) for problem in validate_view(view)] == []
    notice = already_there(outlines[0], is_same=True)
    assert [str(problem) for problem in validate_view({**views[1], "blocks": [notice, *views[1]["blocks"]]})] == []


def test_an_entry_is_told_with_names_its_files_and_the_way_to_its_message() -> None:
    assert plain_words(EVERY["hostile"]) == "@everyone @Ana <b> @subteam #C1 y"
    assert said(EVERY["only a file"], 100) == "graph <1>.png"
    assert said(EVERY["nothing"], 100) == "a message without words"
    assert source_words(ENTRY) == ""
    assert source_words(MESSAGE).startswith("Alert &amp; &lt;co&gt; wrote it · <https://northwind.slack.com/")
    assert source_words(EVERY["nothing"]).startswith("somebody wrote it")


def test_the_list_of_an_empty_timeline_says_how_to_begin() -> None:
    card = timeline_card("PM-12", _timeline((), 0), page=1, public=False)
    assert "/postmortem add PM-12 14:05 what happened" in blocks_text(list(card.blocks), ANYBODY)
    assert "Show to channel" not in blocks_text(list(card.blocks), ANYBODY)


FACTS = {"entry_id": "e", "at": "2026-11-18T08:00:00+00:00", "text": "<@U001> rolled back", "file_names": []}
LATER = {**FACTS, "at": "2026-11-18T08:30:00+00:00"}
DEEDS: dict[str, tuple[Happening, dict[str, Any], dict[str, Any]]] = {
    "added to the timeline: *{08:00}* @Ana <b> rolled back": (Happening.ADDED_ENTRY, {}, FACTS),
    "put back into the timeline: *{08:00}* @Ana <b> rolled back": (
        Happening.ADDED_ENTRY,
        {},
        FACTS | {"restored": True},
    ),
    "moved in the timeline to {08:30}: *{08:00}* @Ana <b> rolled back": (Happening.EDITED_ENTRY, FACTS, LATER),
    "changed in the timeline: *{08:30}* again": (Happening.EDITED_ENTRY, FACTS, LATER | {"text": "again"}),
    "moved from this timeline to that of PM-3: *{08:00}* @Ana <b> rolled back": (
        Happening.MOVED_ENTRY,
        {},
        FACTS | {"to": 3},
    ),
    "removed from the timeline: *{08:00}* @Ana <b> rolled back": (Happening.REMOVED_ENTRY, FACTS, {"entry_id": "e"}),
    "added to the timeline: *{08:00}* a.png, b.png": (
        Happening.ADDED_ENTRY,
        {},
        FACTS | {"text": "", "file_names": ["a.png", "b.png"]},
    ),
}


@pytest.mark.parametrize("words", DEEDS)
def test_the_thread_tells_what_was_done_with_an_entry(words: str) -> None:
    verb, before, after = DEEDS[words]
    event = Happened(1, NOW, verb, ANA, "p", 12, "Checkout down", before, after, {}, {"U001": ANA})
    card = history_card(event)
    assert [str(problem) for problem in validate_message(card.payload, Sending.POST)] == []
    told = words.replace("{08:00}", "Nov 18, 2026 at 08:00").replace("{08:30}", "Nov 18, 2026 at 08:30")
    assert blocks_text(list(card.blocks), ANYBODY) == f"Ana <b> {told}"
