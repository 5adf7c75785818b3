"""The card of a postmortem in each of its states, word for word, and within Slack's limits whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from bot.engines.cadence.facts import NudgeKind, Reason
from bot.playground.blockkit import Sending, validate_message, validate_view
from bot.playground.rendering import Reader, blocks_text, mrkdwn_text
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import Listing, PostmortemView, Upcoming
from bot.queries.snoozes import OwnSnooze
from bot.queries.waiting import Item, OpenWork
from bot.slack.cards.blocks import Block, Card
from bot.slack.cards.postmortem import due_words, postmortem_card, reminder_words, snooze_words
from bot.slack.cards.postmortem_forms import SectionLine, changes_form, sections_form, submit_form
from bot.slack.cards.postmortem_lists import digest_card, kept_card, list_card, mine_card, morning_card
from bot.slack.cards.sentences import again_card, mistake_card, with_kept, with_text
from bot.slack.cards.typed import kept_view, refilled, text_value
from bot.slack.ids import Form
from bot.vocabulary import PostmortemStatus
from tests.slack.cards.views import NOW, person, postmortem

ANYBODY = Reader(people={}, channels={})
RAJ, MIA = person(1, "Raj"), person(2, "Mia")
DRAFT, IN_REVIEW, PUBLISHED = PostmortemStatus

GOLDEN = {
    "draft, nothing written": (
        postmortem(ended=False),
        """\
PM-12 Checkout down
*Status:* draft
*Owner:* Ana
*Due:* Wed 25 Nov
*Severity:* P2
*Duration:* still going on
*Incident:* INC-7, open
*Began:* Nov 18, 2026 at 08:00
0 of 4 sections written. Still empty: Leadup, Fault, Detection, Root causes
Edit
Submit for review
Read
Give it to somebody else
Snooze my reminders
Delete it""",
    ),
    "in review, all written": (
        postmortem(status=IN_REVIEW, reviewers=(RAJ, MIA), bodies=("a", "b", "c", "d"), services=("Checkout & pay",)),
        """\
PM-12 Checkout down
*Status:* in review
*Owner:* Ana
*Due:* Wed 25 Nov
*Severity:* P2
*Duration:* 42 min
*Incident:* INC-7, resolved
*Began:* Nov 18, 2026 at 08:00
*Services:* Checkout & pay
4 of 4 sections written
0 of 2 approved: Raj has not answered yet, Mia has not answered yet
Approve
Request changes
Edit
Add reviewers
Read
Give it to somebody else
Snooze my reminders
Delete it""",
    ),
    "partly approved, overdue": (
        postmortem(status=IN_REVIEW, reviewers=(RAJ, MIA), approved=1, days_overdue=1, responders=(MIA,)),
        """\
PM-12 Checkout down
*Status:* in review
*Owner:* Ana
*Due:* Wed 25 Nov (1 working day overdue)
*Severity:* P2
*Duration:* 42 min
*Incident:* INC-7, resolved
*Began:* Nov 18, 2026 at 08:00
0 of 4 sections written. Still empty: Leadup, Fault, Detection, Root causes
1 of 2 approved: Raj approved, Mia has not answered yet
Responders: Mia
Approve
Request changes
Edit
Add reviewers
Read
Give it to somebody else
Snooze my reminders
Delete it""",
    ),
    "approved": (
        postmortem(status=IN_REVIEW, reviewers=(RAJ,), approved=1),
        """\
PM-12 Checkout down
*Status:* in review
*Owner:* Ana
*Due:* Wed 25 Nov
*Severity:* P2
*Duration:* 42 min
*Incident:* INC-7, resolved
*Began:* Nov 18, 2026 at 08:00
0 of 4 sections written. Still empty: Leadup, Fault, Detection, Root causes
1 of 1 approved: Raj
Publish
Approve
Request changes
Edit
Add reviewers
Read
Give it to somebody else
Snooze my reminders
Delete it""",
    ),
    "published": (
        postmortem(status=PUBLISHED, reviewers=(RAJ,), approved=1),
        """\
PM-12 Checkout down
*Status:* published
*Owner:* Ana
*Published:* Nov 18, 2026 at 09:00
*Severity:* P2
*Duration:* 42 min
*Incident:* INC-7, resolved
*Began:* Nov 18, 2026 at 08:00
0 of 4 sections written. Still empty: Leadup, Fault, Detection, Root causes
1 of 1 approved: Raj
Reopen
Read
Delete it""",
    ),
}


@pytest.mark.parametrize("state", GOLDEN)
def test_the_card_reads(state: str) -> None:
    view, words = GOLDEN[state]
    card = postmortem_card(view)
    assert blocks_text(card.blocks, ANYBODY) == words
    _is_fine(card)


def test_a_reviewer_who_left_is_said_to_have_left() -> None:
    view = postmortem(status=IN_REVIEW, reviewers=(RAJ, replace(MIA, has_left=True)))
    words = blocks_text(postmortem_card(view).blocks, ANYBODY)
    assert "0 of 2 approved: Raj has not answered yet, Mia has left the workspace" in words


def test_days_have_no_leading_nought() -> None:
    day = date(2026, 12, 3)
    assert due_words(day, 0) == "Thu 3 Dec"
    assert snooze_words(OwnSnooze(day, "")) == "You snoozed it until Thu 3 Dec"


def test_the_next_reminder_is_told_by_its_weekday() -> None:
    view = postmortem()
    planned = Upcoming(view.owner, NudgeKind.OWNER, NOW)
    words = reminder_words(replace(view, reminders=(planned,)), view.owner)
    assert mrkdwn_text(words, ANYBODY) == "Your next reminder: Wednesday, November 18, 2026 at 09:00"


def test_a_reader_of_notifications_hears_the_whole_state() -> None:
    assert postmortem_card(postmortem(title="A & <b>")).text == "PM-12 A &amp; &lt;b&gt;. Status: draft. Owner: Ana."


def test_at_most_one_button_of_a_card_is_primary() -> None:
    for view, _ in GOLDEN.values():
        said = json.dumps(postmortem_card(view).blocks)
        assert said.count('"primary"') <= 1


def test_titles_in_lists_are_plain_text_so_that_no_mark_in_them_formats() -> None:
    view = postmortem(title="*x* <!channel>")
    card = list_card(Listing((view.outline,), 1), head="1 draft", line="postmortem list", page=1, public=True)
    row = card.blocks[1]
    assert row["text"]["type"] == "plain_text"
    assert row["text"]["text"] == "PM-12  *x* <!channel>\ndraft, P2, Ana, due Wed 25 Nov"


NAMES = st.one_of(
    st.sampled_from(["&" * 80, "<!channel>", "نور", "👩‍👩‍👧" * 9, "*x*"]),
    st.text(min_size=1, max_size=80),
)
WORDS = st.one_of(
    st.sampled_from(["", "&" * 12_000, "<" * 3_000, "x" * 100_000, "line\n" * 2_000]),
    st.text(max_size=200),
)
TITLES = st.one_of(st.sampled_from(["&" * 200, "x" * 200, "<!channel>"]), st.text(min_size=1, max_size=200))


@st.composite
def people(draw: st.DrawFn, most: int) -> list[Person]:
    names = draw(st.lists(NAMES, max_size=most))
    return [person(place + 1, name) for place, name in enumerate(names)]


@st.composite
def views(draw: st.DrawFn) -> PostmortemView:
    reviewers = draw(people(10))
    return postmortem(
        title=draw(TITLES),
        status=draw(st.sampled_from(PostmortemStatus)),
        reviewers=reviewers,
        approved=draw(st.integers(0, len(reviewers))),
        responders=draw(people(30)),
        services=draw(st.lists(NAMES, max_size=10)),
        bodies=draw(st.lists(WORDS, min_size=4, max_size=4)),
        owner=person(0, draw(NAMES)),
        days_overdue=draw(st.integers(0, 400)),
    )


@seed(12)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(views(), views(), TITLES, WORDS)
def test_rendering_never_exceeds_slacks_limits(
    view: PostmortemView, other: PostmortemView, words: str, body: str
) -> None:
    _is_fine(postmortem_card(view))
    _is_fine(postmortem_card(view, asker=view.owner))
    item = _item(view)
    everything = [_item(other) for _ in range(12)] + [item] * 12
    _is_fine(morning_card(everything, to_judge={}))
    _is_fine(digest_card(everything))
    texts = tuple(_kept(form, words, body) for form in (Form.CREATE, Form.CHANGES, Form.REOPEN, Form.SNOOZE) * 3)
    _is_fine(mine_card(OpenWork(tuple(everything), tuple(everything), tuple(everything), texts)))
    _is_fine(kept_card(texts))
    listing = Listing((view.outline, other.outline) * 4, 400)
    _is_fine(list_card(listing, head="400 drafts", line="postmortem list draft", page=2, public=False))
    lines = [SectionLine(each.key, each.title, words) for each in view.sections]
    _view_is_fine(sections_form(label=view.label, title=view.title, sections=lines, metadata="{}"))
    changes = changes_form(label=view.label, sections=lines, metadata="{}")
    _view_is_fine(changes)
    _view_is_fine(refilled(changes, {"values": {"text": text_value(body[:9000])}}, note=words, draft="some-id"))
    _view_is_fine(kept_view({"values": {"text": text_value(body)}}, words))
    _view_is_fine(
        submit_form(label=view.label, reviewers=["U1"], empty=[each.title for each in view.sections], metadata="{}")
    )
    _is_fine(mistake_card(f"{body} is nothing.", (f"/postmortem create {body}", f"/postmortem show {words}")))
    _is_fine(again_card("Once more.", "/postmortem edit PM-1"))
    _is_fine(with_kept(mistake_card(words or "Why?"), "some-id"))
    _is_fine(with_text(mistake_card("Why?"), body or "x"))


def _item(view: PostmortemView) -> Item:
    said = tuple(each.person for each in view.reviewers)
    reason = Reason(
        status=view.status,
        due=None,
        days_in_review=3,
        approved_by=tuple(each.id for each in said),
        waiting_for=tuple(each.id for each in said),
        is_last=False,
        days_overdue=view.outline.days_overdue,
        due_in_days=None,
    )
    return Item(view.outline, NudgeKind.OWNER, reason, said, said)


def _kept(form: Form, words: str, body: str) -> DraftView:
    content = {"values": {"text": text_value(body[:9_000])}}
    return DraftView("some-id", form, f"PM-1 {words}", content, words * 4, NOW)


def _is_fine(card: Card) -> None:
    for sending in (Sending.POST, Sending.UPDATE, Sending.RESPONSE):
        assert [str(problem) for problem in validate_message(card.payload, sending)] == []


def _view_is_fine(view: Block) -> None:
    assert [str(problem) for problem in validate_view(view)] == []
