"""The HTML around a schedule's picture: small, without scripts, and it fits a phone in the dark."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from bot.engines.pictures import Lane, PeriodKind, Picture, heading, now_lines, shift_lines

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --muted: #59636e; --soft: #eceff2; --link: #0550ae }
body { margin: 0 auto; max-width: 60rem; padding: .75rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.25rem; margin: 0 0 .5rem } h2 { font-size: 1.05rem; margin: 1.25rem 0 .25rem }
a { color: var(--link) }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 }
nav a { padding: .55rem .8rem; border-radius: .5rem; background: var(--soft); text-decoration: none }
nav a:last-child { margin-left: auto }
figure { margin: 0 -.75rem }
svg { display: block; width: 100%; height: auto } svg text { font-family: system-ui, sans-serif }
ul { list-style: none; margin: 0; padding: 0 } li { padding: .3rem 0; border-top: 1px solid var(--soft) }
.now { font-weight: 600 } .small { color: var(--muted) }
code { font: .95em ui-monospace, monospace; background: var(--soft); padding: .1em .3em; border-radius: .25em }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e8eaed; --muted: #a5adb8; --soft: #262b31; --link: #79b8ff }
  svg .paper { fill: #15181c } svg .ink { fill: #e8eaed } svg .muted { fill: #a5adb8 }
  svg .day { fill: #1d2126 } svg .weekend { fill: #2a3037 } svg .today { fill: #453a12 }
  svg .now-line { stroke: #fff } svg .now-halo { stroke: #15181c } svg .now-flag { fill: #fff }
  svg .now-word { fill: #111 } svg .alarm-word { fill: #ff9aa2 }
}
@media print { nav { display: none } }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may load for it: this style and nothing else, from nowhere."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where one goes from a page; empty: nowhere."""

    previous: str
    present: str
    next: str
    other: str


def page(picture: Picture, svg: str, links: Links) -> str:
    """The page of a schedule: its picture, which is ours and drawn already, and under it the same in words."""
    is_week = picture.period.kind is PeriodKind.WEEK
    nav = [
        (links.previous, "Previous", "prev"),
        (links.present, "Today", ""),
        (links.next, "Next", "next"),
        (links.other, "Month" if is_week else "Week", ""),
    ]
    return _document(
        heading(picture),
        f'<nav aria-label="Other times">{"".join(_link(*each) for each in nav if each[0])}</nav>'
        f"<figure>{svg}</figure><main><h1>{escape(heading(picture))}</h1>"
        f"{''.join(f'<p class=now>{escape(line)}</p>' for line in now_lines(picture))}"
        f"{''.join(_lane(picture, lane) for lane in picture.lanes)}"
        f'<p class="small">Watches as they were known when this page was opened; open it again for news.</p></main>',
    )


def missing_page(offers: Sequence[tuple[str, str]], sentence: str = "") -> str:
    """What is said where there is nothing to see: what to type instead, and the pages that may be offered."""
    said = sentence or "There is no schedule to be seen at this address."
    items = "".join(f'<li><a href="{escape(address)}">{escape(name)}</a></li>' for name, address in offers)
    return _document(
        "Nothing here",
        f"<main><h1>Nothing here</h1><p>{escape(said)}</p>"
        "<p>Type <code>/oncall week</code> or <code>/oncall month</code> in Slack, with the name of a schedule behind "
        "it, and press <b>Open in browser</b>: its link leads to the page, and opens it. Behind the name an address "
        "takes <code>?week=2026-W47</code> or <code>?month=2026-11</code>.</p>"
        f"{f'<h2>Schedules</h2><ul>{items}</ul>' if items else ''}</main>",
    )


def _lane(picture: Picture, lane: Lane) -> str:
    items: Iterable[str] = shift_lines(picture, lane) or ("Off duty all the time",)
    return f"<h2>{escape(lane.name)}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in items)}</ul>"


def _link(address: str, words: str, relation: str) -> str:
    rel = f' rel="{relation}"' if relation else ""
    return f'<a href="{escape(address)}"{rel}>{escape(words)}</a>'


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    )
