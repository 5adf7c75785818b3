"""A version of a postmortem as it was published: to be read, and nothing to be done with it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.engines.documents.document import is_empty
from bot.engines.documents.splitting import to_rich_text_blocks
from bot.engines.papers import Paper, PaperAction, PaperEntry, PaperRemark, PaperReviewer, moment
from bot.escaping import mrkdwn, mrkdwn_within, shortened
from bot.queries.versions import FrozenVersion
from bot.slack.cards.blocks import HEADER_LIMIT, TEXT_LIMIT, Block, Card, actions, button, context, header, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.document import IN_A_MESSAGE, WHOLE, Measure, bullets, is_taken, words
from bot.slack.cards.postmortem import open_page
from bot.slack.ids import Action
from bot.vocabulary import ActionStatus


def frozen_card(frozen: FrozenVersion, *, page: str) -> Card:
    """That version to its reader alone, within what Slack takes of a message; `page` is the address of all of it."""
    cards = (_message(frozen, measure, page) for measure in IN_A_MESSAGE[:-1])
    return next((each for each in cards if is_taken(each)), _message(frozen, IN_A_MESSAGE[-1], page))


def _message(frozen: FrozenVersion, measure: Measure, page: str) -> Card:
    paper = frozen.paper
    headline = f"{paper.label} {paper.title}"
    which = f"Version {paper.version} of {frozen.versions}, as it was published"
    cut = [] if measure is WHOLE else [context("It is shortened here. *Open page* shows the whole of it.")]
    blocks = [
        header(headline),
        context(f"*{which}* {day_and_time(frozen.published_at)}. It is not changed any more."),
        context(mrkdwn_within(_facts(paper), TEXT_LIMIT)),
        *paper_blocks(paper, measure),
        *cut,
        actions(open_page(page), button("Show as it is now", f"{Action.RUN}:now", f"postmortem show {paper.label}")),
    ]
    return Card(mrkdwn_within(f"{which}: {headline}", TEXT_LIMIT), tuple(blocks))


def paper_blocks(paper: Paper, measure: Measure) -> Iterator[Block]:
    """All that a paper says beside its facts: its text, its timeline, its actions and its review."""
    yield from _sections(paper, measure)
    yield from _list("Timeline", [_entry(each, measure) for each in paper.timeline], measure)
    yield from _list("Actions", [_action(each, measure) for each in paper.actions], measure)
    yield from _list("Review", [_said(each, measure) for each in paper.said], measure)


def _facts(paper: Paper) -> str:
    facts = [f"{paper.severity}", f"owned by {paper.owner}", f"began {moment(paper.started_at)}"]
    if paper.services:
        facts.append(f"services: {', '.join(paper.services)}")
    if paper.responders:
        facts.append(f"responders: {', '.join(each.name for each in paper.responders)}")
    return ", ".join(facts)


def _sections(paper: Paper, measure: Measure) -> Iterator[Block]:
    if not measure.section:
        return
    texts = [("Executive summary", paper.summary)] if paper.summary else []
    for title, body in [*texts, *((each.title, each.body) for each in paper.sections)]:
        if not is_empty(body):
            yield section(f"*{mrkdwn_within(title, HEADER_LIMIT) or mrkdwn('…')}*")
            yield from to_rich_text_blocks(body, measure.section, mentioning=False)


def _list(title: str, rows: list[list[Block]], measure: Measure) -> Iterator[Block]:
    if not rows or not measure.rows:
        return
    yield section(f"*{title}*")
    yield from bullets(rows[: measure.rows])
    if len(rows) > measure.rows:
        yield context(f"{len(rows) - measure.rows} more")


def _entry(entry: PaperEntry, measure: Measure) -> list[Block]:
    told = " ".join(entry.text.split()) or ", ".join(entry.file_names)
    author = f" ({entry.author})" if entry.author else ""
    return [words(f"{moment(entry.at)}  ", "bold"), words(f"{shortened(told, measure.row)}{author}")]


def _action(action: PaperAction, measure: Measure) -> list[Block]:
    facts = [
        action.owner or "nobody has it",
        f"due {action.due_on}" if action.due_on else "",
        str(action.kind or ""),
        "" if action.status is ActionStatus.OPEN else action.status.replace("-", " "),
        action.jira_url,
    ]
    return [
        words(shortened(action.text, measure.row)),
        words(f"  {', '.join(each for each in facts if each)}", "italic"),
    ]


def _said(each: PaperReviewer | PaperRemark, measure: Measure) -> list[Block]:
    if isinstance(each, PaperRemark):
        told = f" {each.deed}, {moment(each.at)}: {shortened(each.text, measure.row)}"
        return [words(each.author, "bold"), words(told)]
    when = f", {moment(each.said_at)}" if each.said_at else ""
    note = f": {shortened(each.note, measure.row)}" if each.note else ""
    return [words(each.name, "bold"), words(f" {each.verdict.replace('-', ' ')}{when}{note}")]
