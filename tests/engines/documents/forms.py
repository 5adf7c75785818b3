"""What each form of a document cannot say, and how it is kept: `python -m tests.engines.documents.forms`.

Worked out from one sample of every node and mark, not written down: the test beside it holds it to what is promised.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.engines.documents.document import from_rich_text, to_rich_text
from bot.engines.documents.equality import say_the_same
from bot.engines.documents.html import to_html
from bot.engines.documents.markdown import to_markdown
from bot.engines.documents.merging import merged
from tests.engines.documents.adf_samples import SAMPLES
from tests.engines.documents.slack_text import Json, doc, para

ITSELF = "itself"
ENVELOPE = "in an envelope; its words are Markdown"
LABEL = "in an envelope, with a label"
WORDS = "as words; kept while these stay"
PLACE = "a place that says what belongs there"


@dataclass(frozen=True, slots=True)
class Row:
    """How a kind of node or mark goes through each form. Opsgenie's ADF is what is stored: each is itself there."""

    kind: str
    markdown: str
    slack: str
    html: str
    opsgenie: str = ITSELF


def rows() -> list[Row]:
    return [Row(kind, _in_markdown(block), _in_slack(block), _in_html(block)) for kind, block in SAMPLES.items()]


def table() -> str:
    head = "| | Markdown | Slack's rich text | Opsgenie's ADF | HTML |\n| --- | --- | --- | --- | --- |\n"
    return head + "\n".join(
        f"| {row.kind} | {row.markdown} | {row.slack} | {row.opsgenie} | {row.html} |" for row in rows()
    )


def _in_markdown(block: Json) -> str:
    markdown = to_markdown(doc(block))
    if "adf='" not in markdown:
        return ITSELF
    return ENVELOPE if f'adf=\'{{"type":"{block["type"]}"' in markdown and "\n\n" in markdown.strip() else LABEL


def _in_slack(block: Json) -> str:
    shown = to_rich_text(doc(block))
    if say_the_same([from_rich_text(shown, {"U012AB3CD": "Ana"})], [doc(block)]):
        return ITSELF
    beside = doc(para("before"), block)
    edited = merged(beside, to_rich_text(doc(para("edited"), block)))
    return WORDS if edited == doc(para("edited"), block) else "lost"


def _in_html(block: Json) -> str:
    html = to_html(doc(block))
    return PLACE if "media-place" in html or 'class="extension">[' in html or "[inline" in html else ITSELF


if __name__ == "__main__":
    print(table())
