"""The HTML of a postmortem: readable, printable, without scripts. Nothing in it is markup but what is written here.

Texts of sections come from bot/engines/documents/html.py, which writes known tags alone; everything else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from bot.engines.documents.document import is_empty
from bot.engines.documents.html import to_html
from bot.engines.documents.links import is_linked
from bot.engines.papers import Paper, PaperAction, PaperEntry, PaperRemark, PaperReviewer, heading, moment, times
from bot.vocabulary import ActionStatus
from bot.web.postmortem_style import EMBEDDED_POLICY, STYLE

CONTENTS_FROM = 5
"""With fewer headings one sees all of them without a list."""
UTC = " UTC"
_NOTHING = '<p class="none">Nothing written yet.</p>'
_SHOWN = {"<details>": "<details open>", "<table ": '<div class="wide"><table ', "</table>": "</table></div>"}
"""An expand is open, or paper would hide what is in it; a table that is too wide for a phone is moved by itself."""
_COLOURS = re.compile(r'<span style="[^"<>]*">')
"""Of texts: a browser that heeds the page's policy refuses them, and by night some could not be read."""
_DIRECTED = re.compile(r"<(?=(?:ul|ol|blockquote|aside|table)\b)(\w+)")
"""What has a side of its own, such as bullets: it is the one at which its own words begin."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class FileLink:
    """A form in which a postmortem can be taken along, and its address."""

    words: str
    address: str


def page(paper: Paper, files: Sequence[FileLink] = ()) -> str:
    """The whole page; without links to files it is a file itself, which brings everything along that it needs."""
    policy = "" if files else f'<meta http-equiv="Content-Security-Policy" content="{escape(EMBEDDED_POLICY)}">'
    blocks = [each for each in _blocks(paper) if each[2]]
    links = "".join(f'<a href="{escape(each.address)}">{escape(each.words)}</a>' for each in files)
    body = "".join(f'<section id="{escape(key)}">{_title(title)}{inside}</section>' for key, title, inside in blocks)
    return _document(
        heading(paper),
        f"<header>{_line(paper)}<h1>{escape(' '.join(paper.title.split()))}</h1></header>"
        f"{f'<nav aria-label=Files>{links}</nav>' if links else ''}<main>{_facts(paper)}"
        f"{_contents([(key, title) for key, title, _ in blocks if title])}{body}</main>"
        f'<footer class="muted"><p>All times are in UTC.</p></footer>',
        head=policy,
    )


def missing_page(offers: Sequence[tuple[str, str]] = (), sentence: str = "") -> str:
    """What is said where there is nothing to see, whether or not there is such a postmortem."""
    said = sentence or "There is no postmortem to be seen at this address."
    items = "".join(f'<li><a href="{escape(address)}">{escape(words)}</a></li>' for address, words in offers)
    return _document(
        "Nothing here",
        f"<main><h1>Nothing here</h1><p>{escape(said)}</p>"
        "<p>Type <code>/postmortem show</code> in Slack, with the number of one behind it, and press <b>Open page</b>: "
        "its link leads to the page, and opens it. <code>/postmortem list</code> shows those there are.</p>"
        f"{f'<h2>Postmortems</h2><ul>{items}</ul>' if items else ''}</main>",
    )


def _blocks(paper: Paper) -> Iterator[tuple[str, str, str]]:
    """Each part of the page: its anchor, its title and what is in it. Empty ones are left out, but for sections."""
    if paper.summary is not None:
        yield "executive-summary", "Executive summary", _text(paper.summary)
    for section in paper.sections:
        text = _text(section.body)
        yield f"section-{section.key}", section.title, text or (_NOTHING if section.title else "")
    yield "timeline", "Timeline", _list("ol", "events", paper.timeline, _entry)
    yield "actions", "Actions", _list("ul", "actions", paper.actions, _action)
    yield "review", "Review", _list("ul", "people", paper.said, _said)
    yield "jira-issues", "Jira issues", _list("ul", "", paper.jira_issues, _link)
    yield (
        "related-incidents",
        "Related incidents",
        _list("ul", "", paper.related, lambda each: f"{escape(f'{each.label} {each.message}')}, {each.status}"),
    )


def _line(paper: Paper) -> str:
    version = f"<span>version {paper.version}</span>" if paper.version else ""
    return (
        f'<p class="line"><b>{paper.label}</b><span class="chip is-{paper.status}">{paper.status.replace("-", " ")}'
        f"</span><span>{paper.severity}</span>{version}</p>"
    )


def _facts(paper: Paper) -> str:
    facts = [(name, f"{at}, {since}" if since else at) for name, at, since in times(paper)]
    responders = ", ".join(f"{each.name} ({each.role})" if each.role else each.name for each in paper.responders)
    facts += [
        ("Incident", f"{paper.incident.label} {paper.incident.message}, {paper.incident.status}"),
        ("Owner", f"{paper.owner}, {paper.team}" if paper.team else paper.owner),
        ("Services", ", ".join(paper.services)),
        ("Responders", responders),
        ("Published", moment(paper.published_at) if paper.published_at else ""),
    ]
    told = "".join(f"<dt>{name}</dt><dd>{escape(said)}</dd>" for name, said in facts if said)
    return f"<dl>{told}</dl>"


def _contents(titles: Sequence[tuple[str, str]]) -> str:
    if len(titles) < CONTENTS_FROM:
        return ""
    items = "".join(f'<a href="#{escape(key)}">{escape(title)}</a>' for key, title in titles)
    return f'<nav class="contents" aria-label="Contents">{items}</nav>'


def _title(title: str) -> str:
    return f"<h2>{escape(title)}</h2>" if title else ""


def _text(adf: dict[str, object]) -> str:
    html = "" if is_empty(adf) else _DIRECTED.sub(r'<\1 dir="auto"', _COLOURS.sub("<span>", to_html(adf)))
    for written, shown in _SHOWN.items():
        html = html.replace(written, shown)
    return html


def _entry(entry: PaperEntry) -> str:
    message = _link(entry.permalink, "message") if entry.permalink else ""
    files = f"files: {', '.join(entry.file_names)}" if entry.file_names else ""
    source = ", ".join(each for each in (escape(entry.author), escape(files), message) if each)
    said = f'<span class="said">{escape(entry.text)}</span>' if entry.text else ""
    told = f'<div class="source">{source}</div>' if source else ""
    at = moment(entry.at).removesuffix(UTC)
    return f'<time datetime="{entry.at.isoformat()}">{at}</time><div>{said}{told}</div>'


def _action(action: PaperAction) -> str:
    is_open = action.status is ActionStatus.OPEN
    facts = [
        escape(action.owner or "no owner"),
        f"due {action.due_on}" if action.due_on else "",
        str(action.kind or ""),
        "" if is_open else action.status.replace("-", " "),
        _link(action.jira_url) if action.jira_url else "",
    ]
    told = ", ".join(each for each in facts if each)
    settled = "" if is_open else ' class="settled"'
    sign = "☐" if is_open else "☑"
    return f'<span>{sign}</span><div><span{settled}>{escape(action.text)}</span><div class="source">{told}</div></div>'


def _reviewer(reviewer: PaperReviewer) -> str:
    when = f", {moment(reviewer.said_at).removesuffix(UTC)}" if reviewer.said_at else ""
    note = f'<div class="said">{escape(reviewer.note)}</div>' if reviewer.note else ""
    said = f"{reviewer.verdict.replace('-', ' ')}{when}"
    return f'{escape(reviewer.name)} <span class="source">{said}</span>{note}'


def _said(each: PaperReviewer | PaperRemark) -> str:
    return _remark(each) if isinstance(each, PaperRemark) else _reviewer(each)


def _remark(remark: PaperRemark) -> str:
    source = f"{escape(remark.deed)}, {moment(remark.at).removesuffix(UTC)}"
    return f'{escape(remark.author)} <span class="source">{source}</span><div class="said">{escape(remark.text)}</div>'


def _link(address: str, words: str = "") -> str:
    """A link, where the address is one that may be followed; else its text."""
    if not is_linked(address):
        return escape(address)
    return f'<a href="{escape(address)}" rel="noopener noreferrer nofollow">{escape(words or address)}</a>'


def _list(tag: str, name: str, items: Iterable[Item], written: Callable[[Item], str]) -> str:
    inside = "".join(f"<li>{written(each)}</li>" for each in items)
    return f"<{tag}{f' class={name}' if name else ''}>{inside}</{tag}>" if inside else ""


def _document(title: str, body: str, *, head: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )
