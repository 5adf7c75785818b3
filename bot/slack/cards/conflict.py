"""Two people wrote the same thing at once: both versions in one form, one below the other, and what is to stand."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from bot.queries.last_change import PartChange
from bot.queries.people import Person
from bot.slack.cards.blocks import Block, context, divider, header, option, section
from bot.slack.cards.dates import day_and_time
from bot.slack.cards.inputs import field
from bot.slack.cards.people import named

KEPT_NOTE = "Nothing is lost: yours is kept until you have chosen, and `/postmortem mine` opens this choice again."


class Choice(StrEnum):
    """What is to stand."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def choice_block(version: int) -> str:
    """The block of the choice. It changes with the version: what was chosen about another text is not chosen again."""
    return f"choice_{version}"


def choice_view(
    mine: Block,
    *,
    head: str,
    theirs: Sequence[Block],
    version: int,
    left: str,
    both: str,
    notes: Sequence[str] = (),
    kept_note: str = KEPT_NOTE,
) -> Block:
    """The form `mine`, filled in, below what stands there as `version`, and above all the choice between them.

    `left` says in a few words what becomes of theirs where mine is chosen, `both` what both together are; without it
    that is not offered. `head` and `notes` are escaped already.
    """
    blocks = [
        section(head),
        context(*notes, kept_note),
        choice_field(version, left=left, both=both),
        header("Theirs"),
        *(theirs or [section("_It is empty now._")]),
        divider(),
        header("Yours"),
        *mine["blocks"],
    ]
    return {**mine, "blocks": blocks}


def choice_field(version: int, *, left: str, both: str) -> Block:
    """The choice itself. `left` and `both` are those of `choice_view`; nothing is chosen beforehand."""
    offered = [
        option("Keep mine", Choice.MINE, left),
        option("Keep theirs", Choice.THEIRS, "Nothing changes; yours stays kept for you"),
        *([option("Put both", Choice.BOTH, both)] if both else []),
    ]
    return field(choice_block(version), "What is to stand there?", {"type": "radio_buttons", "options": offered})


def changed_meanwhile(what: str, change: PartChange | None, *, reader: Person) -> str:
    """Who changed it while the reader was writing, and when. `what` is escaped already."""
    if change is None or change.by is None:
        who = "Somebody"
    else:
        who = "You, in another window," if change.by.id == reader.id else f"*{named(change.by)}*"
    when = f", {day_and_time(change.at)}" if change else ""
    return f":warning: {who} changed {what} while you were writing{when}."


def both_texts(theirs: str, mine: str) -> str:
    """Theirs, a blank line, mine; once where one holds the other."""
    if theirs.strip() in mine:
        return mine
    return theirs if mine.strip() in theirs else f"{theirs.rstrip()}\n\n{mine.lstrip()}"


def left_standing(what: str, *, is_kept: bool = True) -> str:
    """What is said where theirs was chosen. `what` is escaped already; `is_kept`: one's own said something."""
    kept = " Yours is kept: `/postmortem mine` has it until you throw it away." if is_kept else ""
    return f"{what} stays as it is.{kept}"


def set_aside_words(by: Person, what: str) -> str:
    """Why a text is kept for its writer: another was chosen. As typed, not escaped."""
    return f"{by.name} chose another text for {what}."
