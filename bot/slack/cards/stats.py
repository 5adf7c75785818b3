"""Postmortems counted: the card, and the same as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.escaping import csv_cell, mrkdwn_within, shortened
from bot.queries.stats import CauseLine, Repeated, Stats
from bot.slack.cards.blocks import Block, Card, actions, button, context, fields, section
from bot.slack.ids import Action

SERVICES = 5
NAME_CHARACTERS, CAUSE_CHARACTERS = 150, 200
FILE_CHARACTERS = 2_800
"""Of a file that is sent as text."""
_HOUR, _HOURS_A_DAY = timedelta(hours=1), 24
_DAYS_WITHOUT_HOURS = 3


def stats_card(stats: Stats, *, of: str, line: str, public: bool) -> Card:
    """`/postmortem stats`: `of` says of what, escaped; `line` asks for the same.

    In a public answer nothing can be shared once more, and no file asked for.
    """
    head = f"{_counted(stats.total, 'postmortem')}{of}"
    facts = [f"*{name}:* {value}" for name, value in _facts(stats)]
    blocks = [section(f"*{head}*"), fields(*facts), *_repeated(stats.repeated)]
    if not public:
        as_file = button("As CSV file", f"{Action.RUN}:csv", line.replace("stats", "stats csv", 1))
        blocks.append(actions(as_file, button("Show to channel", Action.SHOW, line)))
    told = "; ".join(f"{name}: {value}" for name, value in _facts(stats))
    return Card(f"{head}. {told}", tuple(blocks))


def csv_text(stats: Stats) -> str:
    """All of it as a table of what is measured, of what, and the value; times are in hours."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(("measure", "of", "value"))
    for row in _rows(stats):
        writer.writerow([csv_cell(cell) for cell in row])
    return file.getvalue()


def csv_sent_card(name: str) -> Card:
    """To who asked for the file."""
    told = f"{name} is in your direct messages with me."
    return Card(told, (section(told),))


def csv_as_text_card(text: str) -> Card:
    """To who asked for the file, where Slack takes none."""
    head = "Slack took no file from me; an admin allows that by installing the app again. As text:"
    shown = mrkdwn_within(text.replace("`", "ˋ"), FILE_CHARACTERS)
    return Card(head, (section(head), section(f"```{shown}```")))


def _facts(stats: Stats) -> Iterator[tuple[str, str]]:
    took, done = stats.to_publish, stats.actions
    yield "Published", str(stats.published)
    yield "Open", f"{stats.drafts + stats.in_review}, {stats.in_review} of them in review"
    yield "Overdue", str(stats.overdue)
    if took:
        yield "Time to publish", f"{_words(took.median)} (median), nine of ten within {_words(took.p90)}"
    else:
        yield "Time to publish", "none is published"
    in_time = "" if done.on_time_percent is None else f", {done.on_time_percent} % of those with a day in time"
    yield "Actions done", f"{done.done}{in_time}"
    yield "Actions open", f"{done.open}, {done.overdue} of them overdue"


def _repeated(repeated: Sequence[Repeated]) -> Iterator[Block]:
    if not repeated:
        yield context("No service has two postmortems.")
        return
    yield section("*What comes back, by service*")
    for each in repeated[:SERVICES]:
        name = mrkdwn_within(each.service, NAME_CHARACTERS)
        lines = [f"*{name}*: {_counted(each.count, 'postmortem')}", *map(_cause, each.last)]
        yield section("\n• ".join(lines))
    if len(repeated) > SERVICES:
        yield context(f"{_counted(len(repeated) - SERVICES, 'more service')} in the CSV file.")


def _cause(cause: CauseLine) -> str:
    line = cause.line or f"{shortened(cause.title, NAME_CHARACTERS)} (no cause is written yet)"
    return f"{cause.label}: {mrkdwn_within(line, CAUSE_CHARACTERS)}"


def _words(duration: timedelta) -> str:
    """`2 days 4 hours`; from three days on the hours do not count."""
    days, hours = divmod(duration // _HOUR, _HOURS_A_DAY)
    parts = [(days, "day"), (0 if days >= _DAYS_WITHOUT_HOURS else hours, "hour")]
    return " ".join(_counted(count, noun) for count, noun in parts if count) or "less than an hour"


def _rows(stats: Stats) -> Iterator[tuple[str, str, str]]:
    took, done = stats.to_publish, stats.actions
    measured: dict[str, int | None] = {
        "postmortems": stats.total,
        "drafts": stats.drafts,
        "in review": stats.in_review,
        "published": stats.published,
        "overdue": stats.overdue,
        "hours to publish, median": took.median // _HOUR if took else None,
        "hours to publish, nine of ten within": took.p90 // _HOUR if took else None,
        "actions done in time": done.on_time,
        "actions done late": done.late,
        "actions done, due on no day": done.undated,
        "actions open": done.open,
        "actions open, overdue": done.overdue,
        "actions not needed": done.not_needed,
    }
    for name, value in measured.items():
        yield name, "", "" if value is None else str(value)
    for each in stats.repeated:
        yield "postmortems of a service", each.service, str(each.count)
        for cause in each.last:
            yield f"cause of {cause.label}", each.service, cause.line


def _counted(count: int, noun: str) -> str:
    return f"{count or 'No'} {noun}{'s' * (count != 1)}"
