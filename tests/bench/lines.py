"""What people type and press at size: every verb of both commands, the main buttons, mentions, shortcuts, Home.

A scene is steps that follow each other: a later one may press a button of the answer before it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slack.ids import Action, Shortcut
from tests.bench.acting import Actor, Answered
from tests.bench.sizes import Purpose, Sizes, schedule_name, slack_id

Act = Callable[[Actor, str, Answered | None], Awaitable[Answered]]
Words = Callable[[Sizes, int, int, datetime], str]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing somebody does.

    `words` are made of the sizes, the asker, the turn and the present; `shows` is in every answer.
    """

    what: str
    act: Act
    words: Words
    shows: str


Scene = tuple[Step, ...]
HOME = "Home tab, opened to published"
CALIBRATION = "calibration: an empty Bolt answer"


async def _typed(actor: Actor, words: str, _before: Answered | None) -> Answered:
    return await actor.types(words)


async def _said(actor: Actor, words: str, _before: Answered | None) -> Answered:
    return await actor.says(words)


async def _marked(actor: Actor, words: str, _before: Answered | None) -> Answered:
    return await actor.marks(Shortcut.ADD_MESSAGE, words)


async def _started(actor: Actor, words: str, _before: Answered | None) -> Answered:
    return await actor.marks(Shortcut.START_MESSAGE, words)


async def _home(actor: Actor, _words: str, _before: Answered | None) -> Answered:
    return await actor.opens_home()


async def _pressed(actor: Actor, action_id: str, before: Answered | None) -> Answered:
    assert before is not None, "a button needs an answer that holds it"
    return await actor.presses(before.button(action_id))


def _line(words: str, shows: str) -> Step:
    """A command that is the same for everybody, every time."""
    return Step(words, _typed, _filled(words, Purpose.WRITE), shows)


def _named(what: str, words: str, shows: str, *, purpose: Purpose = Purpose.WRITE, act: Act = _typed) -> Step:
    """Words in which `{pm}` is the asker's postmortem for the purpose, `{schedule}` any, `{n}` a number."""
    return Step(what, act, _filled(words, purpose), shows)


def _button(what: str, action_id: str, shows: str) -> Step:
    return Step(f"button: {what}", _pressed, lambda *_: action_id, shows)


def _filled(words: str, purpose: Purpose) -> Words:
    def fill(sizes: Sizes, asker: int, turn: int, now: datetime) -> str:
        return words.format(
            pm=f"PM-{sizes.number(asker, purpose, turn)}",
            schedule=schedule_name(sizes.enabled(asker * sizes.turns + turn)),
            other=f"<@{slack_id((asker + 1) % sizes.people)}>",
            me=f"<@{slack_id(asker)}>",
            day=(now + timedelta(days=turn + 20)).date(),
            n=asker * sizes.turns + turn,
        )

    return fill


SCENES: tuple[Scene, ...] = (
    (_line("/oncall now", "until"), _button("Show to channel", Action.SHOW, "until")),
    (_named("/oncall now <schedule>", "/oncall now {schedule}", "blocks"),),
    (_line("/oncall next", "blocks"), _button("More", Action.MORE, "modal")),
    (_named("/oncall at <time> <schedule>", "/oncall at fri 18:00 {schedule}", "18:00"),),
    (_line("/oncall me", "shift"),),
    (_named("/oncall week <schedule>", "/oncall week {schedule}", "times in"),),
    (_named("/oncall month <schedule>", "/oncall month {schedule}", "times in"),),
    (_named("/oncall why <schedule>", "/oncall why {schedule}", "blocks"),),
    (
        _named("/oncall override", "/oncall override {me} {day} 10:00 to {day} 12:00 {schedule}", "on call"),
        _button("Put on call", Action.OVERRIDE, "Undo"),
        _named("/oncall undo", "/oncall undo", "blocks"),
    ),
    (
        _named("/oncall override", "/oncall override {me} {day} 13:00 to {day} 14:00 {schedule}", "on call"),
        _button("Put on call", Action.OVERRIDE, "Undo"),
        _button("Undo", Action.UNDO, "blocks"),
    ),
    (_named("/oncall override, form", "/oncall override", "blocks"),),
    (_named("/oncall page", "/oncall page {schedule} the queue stands still, number {n}", "stands still"),),
    (_named("/oncall page, form", "/oncall page {schedule}", "What is wrong"),),
    (_line("/oncall schedules", "schedule"), _button("New schedule", Action.NEW_SCHEDULE, "rotation")),
    (
        _named("/oncall link <schedule>", "/oncall link {schedule}", "schedule"),
        _named("/oncall unlink <schedule>", "/oncall unlink {schedule}", "schedule"),
    ),
    (
        _named("/oncall calendar <schedule>", "/oncall calendar {schedule}", "/calendars/"),
        _button("New link", Action.NEW_LINK, "/calendars/"),
    ),
    (_line("/oncall calendar", "/calendars/"),),
    (_line("/oncall log", "blocks"), _named("/oncall log <schedule>", "/oncall log {schedule}", "blocks")),
    (_line("/oncall help", "override"),),
    (_line("/postmortem mine", "open postmortems"),),
    (_named("/postmortem create", "/postmortem create Checkout was down again {n}", "title"),),
    (
        _named("/postmortem show", "/postmortem show {pm}", "PM-"),
        _button("Show to channel (all of it)", Action.SHOW, "PM-"),
    ),
    (_named("/postmortem edit", "/postmortem edit {pm} fault", "rich_text"),),
    (
        _named("/postmortem add", "/postmortem add {pm} 14:05 rolled back number {n}", "rolled back"),
        _button("Undo (entry)", f"{Action.ENTRY}:remove", "blocks"),
        _named("/postmortem timeline", "/postmortem timeline {pm}", "PM-"),
        _named("/postmortem times", "/postmortem times {pm}", "detected_at"),
    ),
    (
        _named("/postmortem action", "/postmortem action {pm} Add an alarm number {n} {other} {day}", "alarm"),
        _named("/postmortem actions PM", "/postmortem actions {pm}", "alarm"),
    ),
    (_line("/postmortem actions mine", "PM-"),),
    (_line("/postmortem actions team", "PM-"),),
    (_line("/postmortem actions overdue", "PM-"), _button("More (actions)", f"{Action.RUN}:more", "PM-")),
    (_named("/postmortem submit", "/postmortem submit {pm} {other}", "PM-", purpose=Purpose.SUBMIT),),
    (_named("/postmortem approve", "/postmortem approve {pm}", "PM-", purpose=Purpose.APPROVE),),
    (_named("/postmortem changes", "/postmortem changes {pm} say why {n}", "PM-", purpose=Purpose.CHANGES),),
    (_named("/postmortem publish", "/postmortem publish {pm}", "PM-", purpose=Purpose.PUBLISH),),
    (_named("/postmortem reopen", "/postmortem reopen {pm} it came back {n}", "PM-", purpose=Purpose.REOPEN),),
    (_named("/postmortem assign", "/postmortem assign {pm} {other}", "PM-", purpose=Purpose.ASSIGN),),
    (_named("/postmortem snooze", "/postmortem snooze {pm} {day}", "PM-"),),
    (
        _named("/postmortem delete", "/postmortem delete {pm}", "Delete", purpose=Purpose.DELETE),
        _button("Delete", f"{Action.RUN}:delete", "is deleted"),
        _named("/postmortem undo", "/postmortem undo {pm}", "is back", purpose=Purpose.DELETE),
    ),
    (_line("/postmortem list", "PM-"), _button("Older", f"{Action.RUN}:older", "PM-")),
    (_line("/postmortem list review", "PM-"),),
    (_line("/postmortem list overdue", "PM-"),),
    (_line("/postmortem list published Team Payments 0", "blocks"),),
    (_named("/postmortem search <common words>", "/postmortem search payments deployment", "PM-"),),
    (_named("/postmortem search <a beginning>", "/postmortem search pa", "PM-"),),
    (_named("/postmortem search <a rare word>", "/postmortem search checkout wewe", "blocks"),),
    (
        _line("/postmortem templates", "Leadup"),
        _named("/postmortem templates <one>", "/postmortem templates short", "Why"),
    ),
    (_line("/postmortem stats", "Time to publish"),),
    (_line("/postmortem stats 90d", "Time to publish"),),
    (_line("/postmortem help", "search"),),
    (_named("@watchbill now <schedule>", "now {schedule}", "blocks", act=_said),),
    (_named("@watchbill add", "add {pm} 15:10 said number {n}", "said number", act=_said),),
    (_named("shortcut: Add to postmortem", "It went down at noon, number {n}", "PM-", act=_marked),),
    (_named("shortcut: Start a postmortem", "It went down at one, number {n}", "title", act=_started),),
    (_named(HOME, "", "Your shifts", act=_home),),
)
WARMING_UP: Scene = (Step(CALIBRATION, _typed, lambda *_: "/oncall now", "text"),)
"""What is asked before anything is measured; of the smallest Bolt app, the calibration."""
