"""Before a postmortem is published: what others will read, and what is worth a look first."""

from __future__ import annotations

from collections.abc import Iterator

from bot.engines.papers import Paper, Warnings, warnings_of
from bot.escaping import mrkdwn, mrkdwn_within
from bot.slack.cards.blocks import TEXT_LIMIT, Block, context, divider, header, section
from bot.slack.cards.document import IN_A_MODAL
from bot.slack.cards.frozen import paper_blocks
from bot.slack.cards.inputs import channel_select, field, modal
from bot.slack.cards.parties import counted
from bot.slack.cards.sentences import listed
from bot.slack.cards.typed import fits
from bot.slack.ids import Form

MOST_NAMED = 5
NAME_CHARACTERS = 80
ANNOUNCED = "Leave it empty to announce it nowhere but on its own card."


def publish_form(paper: Paper, *, channel: str | None, metadata: str) -> Block:
    """The warnings, where it is announced, and as much of the text as Slack takes. `channel` is its own."""
    views = (_form(paper, channel, metadata, place) for place in range(len(IN_A_MODAL) - 1))
    return next((each for each in views if fits(each)), _form(paper, channel, metadata, len(IN_A_MODAL) - 1))


def warning_sentences(label: str, warnings: Warnings) -> Iterator[str]:
    """What is worth a look, a sentence each, escaped; the gravest first. Of a secret only its beginning is repeated."""
    for each in warnings.secrets[:MOST_NAMED]:
        seen = f"{each.suspicion.kind}, “{_name(each.suspicion.beginning)}”"
        yield f"In {_name(each.place)} stands what looks like {seen}. Whoever reads it can use it."
    if len(warnings.secrets) > MOST_NAMED:
        yield f"There are {len(warnings.secrets) - MOST_NAMED} more places that look like secrets."
    if warnings.requests:
        asked = (
            _name(f"{each.author} ({each.section})" if each.section else each.author) for each in warnings.requests
        )
        yield f"Changes were asked for and not approved since by {_few(dict.fromkeys(asked))}."
    if warnings.empty:
        yield f"Still empty: {_few(dict.fromkeys(map(_name, warnings.empty)))}."
    if warnings.ownerless:
        some = "1 of its actions has" if warnings.ownerless == 1 else f"{warnings.ownerless} of its actions have"
        none = "no owner, and nobody is reminded of what has none"
        yield f"{some} {none}: `/postmortem actions {label}`."
    if warnings.mentioned:
        are = "is" if len(warnings.mentioned) == 1 else "are"
        yield f"{_few(dict.fromkeys(map(_name, warnings.mentioned)))} {are} mentioned in it, and not told by that."


def _form(paper: Paper, channel: str | None, metadata: str, place: int) -> Block:
    measure = IN_A_MODAL[place]
    warned = [f":warning: {each}" for each in warning_sentences(paper.label, warnings_of(paper))]
    blocks: list[Block] = [section(each) for each in warned]
    if not warned:
        blocks.append(context("Nothing in it looks as if it should not be read."))
    blocks.append(field("channel", "Announce in", channel_select(initial=channel), optional=not channel))
    blocks += [divider(), header(paper.title), *paper_blocks(paper, measure)]
    if place:
        blocks.append(context("It is shortened here. *Read* on its card shows all of it."))
    return modal(Form.PUBLISH, f"Publish {paper.label}", blocks, submit=f"Publish {paper.label}", metadata=metadata)


def _few(names: dict[str, None]) -> str:
    return mrkdwn_within_line(listed(counted(list(names), MOST_NAMED)))


def mrkdwn_within_line(text: str) -> str:
    """A line of escaped names, which is never longer than a section takes."""
    return text if len(text) <= TEXT_LIMIT // 2 else mrkdwn("several")


def _name(text: str) -> str:
    return mrkdwn_within(" ".join(text.split()), NAME_CHARACTERS)
