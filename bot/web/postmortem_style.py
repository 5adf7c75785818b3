"""How a postmortem's page looks: on a phone and a desk, by day and by night, on paper and as a PDF."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --muted: #59636e; --soft: #eceff2; --line: #d5dae0;
  --link: #0550ae; --blue: #0550ae; --green: #116329; --yellow: #7d4e00; --red: #a40e26; --purple: #6639ba }
@media screen and (prefers-color-scheme: dark) {
  :root { --paper: #15181c; --ink: #e8eaed; --muted: #a5adb8; --soft: #262b31; --line: #3a424b; --link: #79b8ff;
    --blue: #79b8ff; --green: #7ee2a0; --yellow: #f0c75e; --red: #ff9aa2; --purple: #cfb3ff }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 48rem; padding: 1rem .9rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, "Noto Sans", "Open Sans", "DejaVu Sans", "Noto Sans CJK JP", "Noto Color Emoji",
  sans-serif;
  overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .2rem 0 1rem }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2.2rem 0 .6rem; padding-bottom: .25rem;
  border-bottom: 1px solid var(--line) }
h3, h4, h5, h6 { font-size: 1rem; line-height: 1.4; margin: 1.4rem 0 .4rem }
p, ul, ol, pre, table, blockquote, aside, details, figure { margin: .6rem 0 }
h1, h2, h3, h4, h5, h6, p, li, td, th, summary, .said, .actions div { unicode-bidi: plaintext; text-align: start }
a { color: var(--link); text-underline-offset: .15em }
.line { margin: 0; color: var(--muted); display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center }
.chip, .status { display: inline-block; padding: 0 .5em; border-radius: .3em; font-size: .85em; font-weight: 600;
  border: 1px solid currentColor; color: var(--muted) }
.is-draft, .status-yellow { color: var(--yellow) } .is-in-review, .status-blue { color: var(--blue) }
.is-published, .status-green { color: var(--green) } .status-red { color: var(--red) }
.status-purple { color: var(--purple) }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 }
nav a { padding: .45rem .75rem; border-radius: .5rem; background: var(--soft); text-decoration: none }
nav.contents { gap: .1rem 1rem; padding-top: .6rem; border-top: 1px solid var(--line) }
nav.contents a { padding: .25rem 0; background: none }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 1rem 0 }
dt { color: var(--muted) } dd { margin: 0; unicode-bidi: plaintext; text-align: left }
.muted, .none { color: var(--muted) } .none { font-style: italic }
ul, ol { padding-left: 1.5rem } li > p { margin: .2rem 0 }
.events, .actions, .people { list-style: none; padding: 0 }
.events li, .actions li, .people li { padding: .5rem 0; border-top: 1px solid var(--soft) }
.events li:first-child, .actions li:first-child, .people li:first-child { border-top: none }
.events li { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 .8rem }
.events time { color: var(--muted); font-variant-numeric: tabular-nums }
.said { white-space: pre-line }
.source { color: var(--muted); font-size: .9em }
.actions li { display: grid; grid-template-columns: 1.3rem 1fr; gap: 0 .4rem }
.actions .settled { color: var(--muted) }
code { font: .92em ui-monospace, "DejaVu Sans Mono", monospace; background: var(--soft); padding: .1em .3em;
  border-radius: .25em }
pre { background: var(--soft); padding: .7rem .8rem; border-radius: .4rem; overflow-x: auto; overflow-wrap: normal }
pre code { background: none; padding: 0 }
blockquote { margin-left: 0; padding-left: .9rem; border: 0 solid var(--line); border-left-width: .25rem;
  color: var(--muted) }
.wide { overflow-x: auto; margin: .6rem 0 }
table { border-collapse: collapse; min-width: 60%; overflow-wrap: normal }
th, td { border: 1px solid var(--line); padding: .3rem .55rem; vertical-align: top }
th { background: var(--soft) } th p, td p { margin: .1rem 0 }
.panel { padding: .1rem .9rem; border: 0 solid var(--blue); border-left-width: .3rem; background: var(--soft);
  border-radius: .3rem }
.panel-note { border-color: var(--purple) } .panel-success, .panel-tip { border-color: var(--green) }
.panel-warning { border-color: var(--yellow) } .panel-error { border-color: var(--red) }
details { border: 1px solid var(--line); border-radius: .4rem; padding: .3rem .8rem } summary { font-weight: 600 }
ul:dir(rtl), ol:dir(rtl) { padding: 0 1.5rem 0 0 }
blockquote:dir(rtl) { margin-right: 0; padding: 0 .9rem 0 0; border-width: 0 .25rem 0 0 }
.panel:dir(rtl) { border-width: 0 .3rem 0 0 }
.tasks, .decisions { list-style: none; padding-left: .2rem } .done { color: var(--muted) }
.columns { display: flex; flex-wrap: wrap; gap: 1rem } .column { flex: 1 1 14rem }
.media, .media-place, .extension, .placeholder { color: var(--muted) } .mention { font-weight: 600 }
.align-center { text-align: center } .align-end, .align-right { text-align: right }
.indent-1 { margin-left: 1.5rem } .indent-2 { margin-left: 3rem } .indent-3 { margin-left: 4.5rem }
.indent-4 { margin-left: 6rem } .indent-5 { margin-left: 7.5rem } .indent-6 { margin-left: 9rem }
@media (max-width: 34rem) {
  .events li { grid-template-columns: 1fr }
  .indent-2, .indent-3, .indent-4, .indent-5, .indent-6 { margin-left: 1.5rem }
}
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45 } nav { display: none }
  h1 { font-size: 17pt } h2 { font-size: 13pt; margin-top: 1.3rem } h1, h2, h3, h4, h5, h6 { break-after: avoid }
  a { color: inherit }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line) } .wide { overflow: visible }
  table { overflow-wrap: anywhere } tr, .events li, .actions li, .panel { break-inside: avoid }
  p, li { orphans: 2; widows: 2 }
}
@page { size: A4; margin: 18mm 17mm 20mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #59636e } }
"""
POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser may load for it: this style and nothing else, from nowhere."""
EMBEDDED_POLICY = POLICY.rpartition(";")[0]
"""The same for a file, where a browser does not know of frames' ancestors."""
