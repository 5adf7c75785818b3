"""Rich text as Slack's editor makes it, and as it never would; ADF as programs write it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

WORDS = st.sampled_from(
    [
        "word",
        " two  blanks ",
        "“curly”",
        "שלום",
        "مرحبا",
        "🎉👩‍👩‍👧",
        "<!channel>",
        "<@U1>",
        "*not bold*",
        "&amp;",
        "\t",
        "\r",
        "a\nb",
        "\n",
        "\n\n",
    ]
)
STYLES = st.dictionaries(st.sampled_from(["bold", "italic", "strike", "underline", "code"]), st.just(True), max_size=2)


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def section(*elements: Json | str) -> Json:
    return {
        "type": "rich_text_section",
        "elements": [text(each) if isinstance(each, str) else each for each in elements],
    }


def text(words: str, *styles: str) -> Json:
    return {"type": "text", "text": words} | ({"style": dict.fromkeys(styles, True)} if styles else {})


def rich_list(style: str, indent: int, *items: str, **more: int) -> Json:
    elements = [section(item) if item else section() for item in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": elements} | more


def doc(*blocks: Json) -> Json:
    return {"version": 1, "type": "doc", "content": list(blocks)}


def para(*inline: Json | str) -> Json:
    content = [{"type": "text", "text": each} if isinstance(each, str) else each for each in inline]
    return {"type": "paragraph", "content": content} if content else {"type": "paragraph"}


def heading(words: str) -> Json:
    return {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": words}]}


def panel(*blocks: Json) -> Json:
    return {"type": "panel", "attrs": {"panelType": "info"}, "content": list(blocks)}


def table(*rows: list[str]) -> Json:
    cells = [[{"type": "tableCell", "content": [para(cell)]} for cell in row] for row in rows]
    return {"type": "table", "content": [{"type": "tableRow", "content": row} for row in cells]}


texts = st.builds(
    lambda words, style: {"type": "text", "text": words} | ({"style": style} if style else {}), WORDS, STYLES
)
links = st.builds(
    lambda url, words: {"type": "link", "url": url} | ({"text": words} if words else {}),
    st.sampled_from(["https://example.org/?a=1&b=2", "mailto:a@example.org"]),
    st.sampled_from(["", "here", " a b "]),
)
others = st.sampled_from(
    [
        {"type": "user", "user_id": "U012AB3CD"},
        {"type": "emoji", "name": "tada", "unicode": "1f389"},
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fc", "skin_tone": 3},
        {"type": "emoji", "name": "our-parrot"},
        {"type": "date", "timestamp": 1772712000, "format": "{date}", "fallback": "2026-03-05"},
    ]
)
inlines = st.lists(st.one_of(texts, texts, links, others), max_size=5)
sections = inlines.map(lambda elements: {"type": "rich_text_section", "elements": elements})
lists = st.builds(
    lambda style, indent, items, offset, border: (
        {"type": "rich_text_list", "style": style, "indent": indent, "elements": items}
        | ({"offset": offset} if offset and style == "ordered" else {})
        | ({"border": 1} if border else {})
    ),
    st.sampled_from(["bullet", "ordered"]),
    st.integers(0, 8),
    st.lists(sections, min_size=1, max_size=3),
    st.integers(0, 3),
    st.booleans(),
)
quotes = inlines.map(lambda elements: {"type": "rich_text_quote", "elements": elements})
codes = st.lists(WORDS, max_size=2).map(
    lambda words: {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": each} for each in words]}
)
rich_texts = st.lists(st.one_of(sections, lists, lists, quotes, codes), max_size=6).map(lambda each: rich(*each))

junk: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 99), st.sampled_from(["", "x", "text", "rich_text_list", "bold"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "text",
                    "elements",
                    "style",
                    "indent",
                    "url",
                    "user_id",
                    "name",
                    "timestamp",
                    "content",
                    "attrs",
                    "marks",
                ]
            ),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=12,
)

words = st.sampled_from(["one", "two", "three", "a b", "شكرا"])
simple_blocks = st.one_of(
    words.map(para),
    st.just(para()),
    words.map(heading),
    st.lists(words, min_size=1, max_size=2).map(lambda each: panel(*map(para, each))),
    st.lists(st.lists(words, min_size=1, max_size=2), min_size=1, max_size=2).map(lambda rows: table(*rows)),
    words.map(lambda each: {"type": "bulletList", "content": [{"type": "listItem", "content": [para(each)]}]}),
    words.map(lambda each: {"type": "codeBlock", "content": [{"type": "text", "text": each}]}),
    st.just({"type": "rule"}),
    words.map(lambda each: para({"type": "status", "attrs": {"text": each, "color": "red"}})),
    words.map(lambda each: para(each, {"type": "hardBreak"})),
    words.map(lambda each: para({"type": "hardBreak"}, each)),
    st.just(
        {"type": "mediaSingle", "content": [{"type": "media", "attrs": {"type": "file", "id": "1", "alt": "graph"}}]}
    ),
)
documents = st.lists(simple_blocks, max_size=7).map(lambda blocks: doc(*blocks))
