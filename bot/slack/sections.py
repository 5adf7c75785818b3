"""Which section is meant, and the box to write it in."""

from __future__ import annotations

from bot.engines.documents.document import summary, to_initial_rich_text
from bot.engines.documents.merging import merged
from bot.engines.lifecycle.review import section_edited
from bot.errors import NotFound
from bot.escaping import shortened
from bot.queries import drafts, postmortems
from bot.queries.drafts import DraftView
from bot.queries.people import Person
from bot.queries.postmortems import PostmortemView, SectionView, unwritten_summary
from bot.queries.reading import Reading
from bot.slack.cards.blocks import Block
from bot.slack.cards.inputs import metadata
from bot.slack.cards.postmortem_forms import SectionLine, edit_form, sections_form
from bot.slack.cards.typed import refilled
from bot.slack.ids import Form
from bot.slack.keeping import has_moved_on
from bot.slack.section_choice import section_choice
from bot.slack.words.names import Match, find
from bot.vocabulary import EXECUTIVE_SUMMARY

SUMMARY = 140


async def editable(reading: Reading, number: int, person: Person) -> PostmortemView:
    """The postmortem, where its text may be changed.

    Raises:
        NotFound, NotAllowed: as queries/postmortems.
        Locked: it is published; the sentence says the way out.
    """
    view = await postmortems.by_number(reading, number, person)
    section_edited(view.review, now=reading.now)
    return view


def section_named(view: PostmortemView, words: str) -> SectionView:
    """The section of that key, or whose title the words mean; an executive summary, also where there is none yet.

    Raises:
        NotFound: none, or several; the sections there are can be chosen.
    """
    by_key = {section.key: section for section in view.sections}
    if words in by_key:
        return by_key[words]
    by_title = {section.title: section for section in view.sections}
    if EXECUTIVE_SUMMARY not in by_key:
        unwritten = unwritten_summary()
        if words == unwritten.key:
            return unwritten
        by_title.setdefault(unwritten.title, unwritten)
    match find(words, list(by_title)):
        case Match(name):
            return by_title[name]
        case _:
            sentence = f"{view.label} has no section “{words.strip()}”. It has these:"
            raise NotFound(sentence, tuple(f"{view.label} {key}" for key in by_key))


_MOST_OF_A_TITLE = 200


async def about_section(reading: Reading, number: int, text: str, person: Person) -> tuple[str | None, str]:
    """The key of the section that a text begins with, and the rest: `Root causes: say why`, `[root causes] say why`.

    None, and all of the text, where it begins with none; nothing is read where it cannot.
    """
    if text.startswith("["):
        words, mark, rest = text[1:].partition("]")
    else:
        words, mark, rest = text.partition(":")
    if not mark or not rest.strip() or len(words) > _MOST_OF_A_TITLE or not words.strip():
        return None, text
    view = await postmortems.by_number(reading, number, person)
    wanted = " ".join(words.split()).casefold()
    named = (each.key for each in view.sections if wanted in {each.key, each.title.casefold()})
    key = next(named, None)
    return (key, rest.lstrip(": ").strip()) if key else (None, text)


def section_list(view: PostmortemView) -> Block:
    """The list of sections of one postmortem, its executive summary above all, also where there is none yet."""
    has_summary = any(each.key == EXECUTIVE_SUMMARY for each in view.sections)
    listed = view.sections if has_summary else (unwritten_summary(), *view.sections)
    lines = [SectionLine(each.key, each.title, summary(each.body, SUMMARY)) for each in listed]
    return sections_form(label=view.label, title=view.title, sections=lines, metadata=metadata(pm=view.number))


async def section_box(reading: Reading, view: PostmortemView, section: SectionView, person: Person) -> Block:
    """The box of one section: its text, or what the person typed earlier and what could not be put in its place."""
    subject = draft_subject(view.number, section.key)
    earlier = (each for each in await drafts.mine(reading, person) if each.form == Form.EDIT)
    kept = next((each for each in earlier if each.subject == subject and not each.is_set_aside), None)
    return await section_again(reading, view, section, kept, person) if kept else _box(view, section)


async def section_again(
    reading: Reading, view: PostmortemView, section: SectionView, draft: DraftView, person: Person
) -> Block:
    """The box of one section with a kept text in it; where somebody saved another text since, the choice of both."""
    mine = draft.content["rich_text"]
    if has_moved_on(draft.content, section.version) and merged(section.body, mine) != section.body:
        return await section_choice(reading, view, section, mine, draft=draft.id, person=person)
    return put_back(_box(view, section), draft)


def _box(view: PostmortemView, section: SectionView) -> Block:
    return edit_form(
        label=view.label,
        title=shortened(section.title, 100),
        prompt=section.prompt,
        initial=to_initial_rich_text(section.body),
        metadata=metadata(pm=view.number, section=section.key, version=section.version),
    )


def put_back(form: Block, draft: DraftView) -> Block:
    """A form with a kept text back in it, which is let go of once the form is sent."""
    note = f"This is what you typed on {draft.at:%d %b} and what could not be saved then. {draft.why}"
    return refilled(form, draft.content, note=note, draft=draft.id)


def draft_subject(number: int, section_key: str) -> str:
    """What a kept text of a section is about: the words that open it again, `PM-12 detection`."""
    return f"PM-{number} {section_key}"
