from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from bot.engines.documents.document import to_plain
from bot.engines.documents.html import to_html
from tests.engines.documents.adf_samples import COLOR, HOME, SAMPLES, hostile_documents, node, text
from tests.engines.documents.slack_text import Json, doc, junk, para

TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "aside", "hr", "details"),
    *("summary", "table", "tbody", "tr", "td", "th", "figure", "figcaption", "div", "span", "strong", "em", "s", "u"),
    *("sub", "sup", "a", "br", "time"),
}
VOID = {"hr", "br"}
ATTRIBUTES = {"class", "start", "colspan", "rowspan", "href", "rel", "style", "datetime"}
NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>"


class Parsed(HTMLParser):
    """The tags, attributes and words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.words = ""
        self._open: list[str] = []
        self.is_nested = True
        self.feed(html)
        self.close()
        self.is_nested = self.is_nested and not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_nested = self.is_nested and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def is_safe(html: str) -> bool:
    """Whether nothing is in it but what `bot.engines.documents.html` writes itself."""
    parsed = Parsed(html)
    leads = parsed.attributes.get("href", set())
    return (
        parsed.is_nested
        and parsed.tags <= TAGS
        and parsed.attributes.keys() <= ATTRIBUTES
        and all(address.strip().lower().startswith(("http:", "https:", "mailto:", "slack:")) for address in leads)
    )


@pytest.mark.parametrize("block", SAMPLES.values(), ids=SAMPLES.keys())
def test_every_kind_of_node_is_shown_with_its_words(block: Json) -> None:
    parsed = Parsed(to_html(doc(block)))
    shown = " ".join([parsed.words.replace("🎉", ":tada:"), *parsed.attributes.get("href", ())])
    said = [word.strip("[]()") for word in to_plain(doc(block)).split() if word not in "•|>———1.3.4."]
    assert [word for word in said if word not in shown and word != "mediaInline"] == []


@pytest.mark.parametrize(
    ("block", "html"),
    [
        (para(text("a", "strong", "em"), {"type": "hardBreak"}, "b"), "<p><em><strong>a</strong></em><br>b</p>"),
        (
            para(text("here", HOME)),
            '<p><a href="https://example.org/a_b?c=1&amp;d=2" rel="noopener noreferrer nofollow">here</a></p>',
        ),
        (para(text("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})), "<p>x</p>"),
        (para(text("x", {"type": "link", "attrs": {"href": "/relative"}})), "<p>x</p>"),
        (para(text("x", COLOR)), '<p><span style="color:#7a869a">x</span></p>'),
        (para(text("x", {"type": "textColor", "attrs": {"color": "red;background:url(x)"}})), "<p>x</p>"),
        (node("codeBlock", "a < b", language="C++"), '<pre><code class="language-c++">a &lt; b</code></pre>'),
        (node("codeBlock", "a", language='x" onclick="y'), "<pre><code>a</code></pre>"),
        (
            node("heading", "x", level=3) | {"marks": [{"type": "alignment", "attrs": {"align": "center"}}]},
            '<h3 class="align-center">x</h3>',
        ),
        (SAMPLES["orderedList"], '<ol start="3"><li><p>c</p></li><li><p>d</p></li></ol>'),
        (
            SAMPLES["taskList"],
            '<ul class="tasks"><li class="done"><span class="sign">☑</span> fix</li>'
            '<li><span class="sign">☐</span> tell</li></ul>',
        ),
        (
            SAMPLES["expand"],
            "<details><summary>Log</summary><p>x</p><details><summary>inner</summary><p>y</p></details></details>",
        ),
        (SAMPLES["panel"], '<aside class="panel panel-warning"><p>mind the gap</p><ul><li><p>x</p></li></ul></aside>'),
        (
            SAMPLES["mediaSingle, Jira's"],
            '<figure class="media"><span class="media-place">[image: graph]</span>'
            "<figcaption>Load</figcaption></figure>",
        ),
        (SAMPLES["status"], '<p>it is <span class="status status-red">DOWN</span></p>'),
        (SAMPLES["date"], '<p>on <time datetime="2026-03-05">2026-03-05</time></p>'),
        (
            node("table", node("tableRow", node("tableHeader", para("x"), colspan=2, rowspan="2"))),
            '<table><tbody><tr><th colspan="2"><p>x</p></th></tr></tbody></table>',
        ),
        ({"type": "novelty", "content": [para("kept")]}, "<p>kept</p>"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_block_as_html(block: Json, html: str) -> None:
    assert to_html(doc(block)) == html


def test_an_empty_document_is_empty_html() -> None:
    assert to_html(doc()) == ""


def _poisoned(value: Any) -> Any:
    """The same document with every text and every attribute replaced by something nasty."""
    if isinstance(value, dict):
        return {
            key: each if key == "type" and isinstance(each, str) else _poisoned(each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [_poisoned(each) for each in value]
    return NASTY if isinstance(value, str) else value


@pytest.mark.parametrize("block", SAMPLES.values(), ids=SAMPLES.keys())
def test_nothing_in_a_document_becomes_markup_of_the_page(block: Json) -> None:
    assert is_safe(to_html(doc(_poisoned(block))))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(adf=hostile_documents)
def test_any_sound_document_becomes_safe_html(adf: Json) -> None:
    assert is_safe(to_html(adf))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(content=junk)
def test_malformed_documents_become_safe_html_and_nothing_falls(content: Any) -> None:
    assert is_safe(to_html({"type": "doc", "content": content}))
