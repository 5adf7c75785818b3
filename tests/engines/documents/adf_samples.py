"""ADF of every kind: a sample of each node and mark, a document like Jira's, texts that look like markup."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from tests.engines.documents.slack_text import Json, doc, para

POSTMORTEMS = Path(__file__).parents[2] / "fixtures" / "postmortems"
REAL = sorted(path for path in POSTMORTEMS.glob("*.md") if path.name != "README.md")
COLOR = {"type": "textColor", "attrs": {"color": "#7a869a"}}
HOME = {"type": "link", "attrs": {"href": "https://example.org/a_b?c=1&d=2"}}


def node(kind: str, *content: Json | str, **attrs: object) -> Json:
    inside = [text(each) if isinstance(each, str) else each for each in content]
    return {"type": kind} | ({"attrs": attrs} if attrs else {}) | ({"content": inside} if inside else {})


def text(words: str, *marks: str | Json) -> Json:
    made = [{"type": each} if isinstance(each, str) else each for each in marks]
    return {"type": "text", "text": words} | ({"marks": made} if made else {})


def item(*content: Json) -> Json:
    return node("listItem", *content)


def row(*cells: str, kind: str = "tableCell") -> Json:
    return node("tableRow", *(node(kind, para(cell)) for cell in cells))


BREAK = {"type": "hardBreak"}
STATUS = node("status", text="DOWN", color="red", localId="s1")
GRAPH = node("media", type="file", id="m1", collection="c", alt="graph")
GITHUB_TABLE = node("table", row("when", "what", kind="tableHeader"), row("9:00", "a | b"))

SAMPLES: dict[str, Json] = {
    "paragraph": para("Words, a line.", BREAK, "And another."),
    "heading": node("heading", "Leadup", level=2),
    "bulletList": node("bulletList", item(para("a")), item(para("b"), node("bulletList", item(para("c"))))),
    "orderedList": node("orderedList", item(para("c")), item(para("d")), order=3),
    "codeBlock": node("codeBlock", "if x:\n    y()", language="python"),
    "blockquote": node("blockquote", para("they said"), para("so")),
    "rule": node("rule"),
    "table": GITHUB_TABLE,
    "table with merged cells": node(
        "table",
        node("tableRow", node("tableHeader", para("both"), colspan=2, colwidth=[10, 20])),
        row("a", "b"),
        layout="default",
    ),
    "table with lists in it": node(
        "table", node("tableRow", node("tableCell", node("bulletList", item(para("x")))), node("tableCell", para("y")))
    ),
    "taskList": node(
        "taskList",
        node("taskItem", "fix", localId="t1", state="DONE"),
        node("taskItem", "tell", localId="t2", state="TODO"),
        localId="t0",
    ),
    "decisionList": node("decisionList", node("decisionItem", "ship", localId="d1", state="DECIDED"), localId="d0"),
    "panel": node("panel", para("mind the gap"), node("bulletList", item(para("x"))), panelType="warning"),
    "expand": node("expand", para("x"), node("nestedExpand", para("y"), title="inner"), title="Log"),
    "layoutSection": node(
        "layoutSection", node("layoutColumn", para("left"), width=50), node("layoutColumn", para("right"), width=50)
    ),
    "mediaSingle, elsewhere": node("mediaSingle", node("media", type="external", url="https://example.org/g.png")),
    "mediaSingle, Jira's": node("mediaSingle", GRAPH, node("caption", "Load"), layout="center"),
    "mediaGroup": node("mediaGroup", GRAPH),
    "extension": node("extension", extensionKey="toc", extensionType="macro", parameters={"it's": "<b> | `x`"}),
    "bodiedExtension": node("bodiedExtension", para("x"), extensionKey="box", extensionType="macro"),
    "blockCard": node("blockCard", url="https://example.org/OPS-1"),
    "embedCard": node("embedCard", url="https://example.org/OPS-1", layout="wide"),
    "mention of a person of Slack": para("ask ", node("mention", id="U012AB3CD", text="@Ana")),
    "mention of a person of Jira": para("ask ", node("mention", id="557058:ab", text="@Raj", accessLevel="")),
    "emoji": para(node("emoji", shortName=":tada:", id="1f389", text="🎉"), " done"),
    "date": para("on ", node("date", timestamp="1772668800000")),
    "status": para("it is ", STATUS),
    "inlineCard": para("see ", node("inlineCard", url="https://example.org/OPS-1")),
    "placeholder": para(node("placeholder", text="what led to it")),
    "mediaInline": para("as ", node("mediaInline", id="m1", collection="c")),
    "inlineExtension": para("x ", node("inlineExtension", extensionKey="k", extensionType="macro")),
    "bold, italics, struck": para(text("a", "strong"), " ", text("b", "em"), " ", text("c", "strike")),
    "code": para(text("x = `1`", "code")),
    "link": para(text("here", HOME)),
    "underline": para(text("a", "underline")),
    "sub- and superscript": para("H", text("2", {"type": "subsup", "attrs": {"type": "sub"}}), "O"),
    "textColor": para(text("grey", COLOR)),
    "alignment": para("centred") | {"marks": [{"type": "alignment", "attrs": {"align": "center"}}]},
}

LIKE_JIRAS = doc(
    node("heading", "Leadup", level=2),
    para("It broke."),
    SAMPLES["panel"],
    para("Then it was ", STATUS, " for an hour."),
    SAMPLES["table with merged cells"],
    para("We drew it:"),
    SAMPLES["mediaSingle, Jira's"],
    SAMPLES["layoutSection"],
    para("And logged it."),
    SAMPLES["expand"],
    SAMPLES["taskList"],
    SAMPLES["decisionList"],
    para("The end."),
)

LOOKS_LIKE_MARKUP = [
    "# a", "> a", "---", "- - -", "===", "1) a", "1. a", "12345678901. a", "- a", "+ a", "* a", "```", "~~~",
    "[x] a", "[a]: b", "[a](b)", "![a](b)", "|a|b|", "|-|", ":-", "<b>", "</div>", "<br>", "<!-- a -->", "&amp;",
    "&#65;", "&nbsp;", "<https://a.b>", "a_b_c", "_a_", "__a__", "*a*", "**", "~~a~~", "`a`", "``", "\\", "\\\\*",
    "a\\", "!", "%", "#", "a #", " ", "  ", "\t", "\n", "a\nb", "\xa0", "\u2028", " a", "a ", "☐ a", "“q”",
    "שלום", "🎉👩‍👩‍👧", "https://example.org", "x" * 80, "<div adf='{}'>", "<span adf='[]'>", "</span>", "    a",
    "javascript:alert(1)", "word", "two words", "5 < 6", "a~b",
]  # fmt: skip

_words = st.sampled_from(LOOKS_LIKE_MARKUP)
_marks = st.lists(
    st.sampled_from(["strong", "em", "strike", "underline", "link", "textColor"]), max_size=3, unique=True
).map(lambda names: [HOME if name == "link" else COLOR if name == "textColor" else {"type": name} for name in names])
_texts = st.builds(lambda words, marks: text(words, *marks), _words, _marks)
_code = _words.map(lambda words: text(words, "code"))
_atoms = st.sampled_from(
    [BREAK, STATUS, node("mention", id="U1", text="@A_na*"), node("date", timestamp="1772668800000")]
)
inline = st.lists(st.one_of(_texts, _texts, _texts, _code, _atoms), min_size=1, max_size=4)
_paragraphs = inline.map(lambda content: node("paragraph", *content))
_leaves = st.one_of(
    _paragraphs,
    _paragraphs,
    _paragraphs,
    st.just(node("paragraph")),
    _words.map(lambda words: node("codeBlock", words, language="sql")),
)
_items = st.lists(_leaves, min_size=1, max_size=2).map(lambda content: item(*content))
_lists = st.recursive(
    st.builds(
        lambda items, order: node("orderedList", *items, order=order) if order else node("bulletList", *items),
        st.lists(_items, min_size=1, max_size=3),
        st.integers(0, 3),
    ),
    lambda inner: inner.map(lambda nested: node("bulletList", item(para("over"), nested))),
    max_leaves=3,
)
_tables = st.lists(st.lists(inline, min_size=2, max_size=2), min_size=1, max_size=3).map(
    lambda rows: node(
        "table",
        *(
            node("tableRow", *(node("tableCell" if at else "tableHeader", node("paragraph", *cell)) for cell in cells))
            for at, cells in enumerate(rows)
        ),
    )
)
_headings = st.builds(lambda content, level: node("heading", *content, level=level), inline, st.integers(1, 6))
_tasks = st.lists(inline, min_size=1, max_size=2).map(
    lambda rows: node("taskList", *(node("taskItem", *each, localId="i", state="TODO") for each in rows), localId="l")
)
_containers = st.lists(st.one_of(_leaves, _lists), min_size=1, max_size=3).map(
    lambda content: node("panel", *content, panelType="info")
)
_quotes = st.lists(st.one_of(_leaves, _lists), min_size=1, max_size=2).map(lambda content: node("blockquote", *content))
hostile_blocks = st.one_of(
    _paragraphs, _headings, _lists, _tables, _tasks, _containers, _quotes, st.sampled_from(list(SAMPLES.values()))
)
hostile_documents = st.lists(hostile_blocks, max_size=4).map(lambda blocks: doc(*blocks))
