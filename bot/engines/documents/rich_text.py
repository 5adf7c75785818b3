"""Slack's rich text, to lines and back.

Slack's editor puts running text into one section with line breaks in it, and a nested list into a row of flat lists
that differ in indent. Reading is forgiving: a block of any shape is read, and every text in it is kept. Broadcasts,
channels and user groups become plain words (`@here`, `#payments`): shown again, they ping nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot.engines.documents.pieces import (
    Line,
    LineKind,
    Piece,
    PieceKind,
    Style,
    emoji_piece,
    join_lines,
    link_piece,
    merge_texts,
    split_lines,
    text_piece,
    user_piece,
)

MAX_INDENT = 8
_DATE_FORMAT = "{date}"
_NOON = time(12, tzinfo=UTC)
_INERT: Mapping[str, tuple[str, str]] = {
    "usergroup": ("@", "usergroup_id"),
    "broadcast": ("@", "range"),
    "channel": ("#", "channel_id"),
    "team": ("@", "team_id"),
    "color": ("", "value"),
}


def lines_of(rich_text: Mapping[str, Any], names: Mapping[str, str]) -> list[Line]:
    """The lines of one rich_text block. `names` gives people, channels and groups their names by Slack id."""
    lines: list[Line] = []
    for element in _elements(rich_text):
        lines.extend(_lines_of_element(element, names))
    return lines


def block_of(lines: Sequence[Line], *, mentioning: bool = True) -> dict[str, Any]:
    """One rich_text block that says these lines; without `mentioning`, people are named in plain text."""
    return {"type": "rich_text", "elements": [_element_of(group, mentioning) for group in _groups(lines)]}


def _lines_of_element(element: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Line]:
    match element.get("type"):
        case "rich_text_list":
            yield from _items(element, names)
        case "rich_text_quote":
            yield Line(LineKind.QUOTE, _normal(_pieces(element, names)))
        case "rich_text_preformatted":
            code = "".join(piece.readable for piece in _pieces(element, names))
            language = element.get("language")
            yield Line(
                LineKind.CODE,
                (text_piece(code),) if code else (),
                bordered=element.get("border") == 1,
                language=language if isinstance(language, str) else "",
            )
        case _:
            inside = _pieces(element, names) if "elements" in element else _pieces({"elements": [element]}, names)
            yield from (Line(LineKind.TEXT, line) for line in split_lines(merge_texts(inside)))


def _items(element: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Line]:
    ordered = element.get("style") == "ordered"
    offset = _whole(element.get("offset")) if ordered else 0
    for index, item in enumerate(_elements(element)):
        yield Line(
            LineKind.ITEM,
            _normal(_pieces(item if "elements" in item else {"elements": [item]}, names)),
            indent=min(_whole(element.get("indent")), MAX_INDENT),
            ordered=ordered,
            number=offset + index if ordered else 0,
            bordered=element.get("border") == 1,
            opens=index == 0,
        )


def _pieces(container: Mapping[str, Any], names: Mapping[str, str]) -> list[Piece]:
    pieces: list[Piece] = []
    for element in _elements(container):
        pieces.extend(_pieces(element, names) if "elements" in element else [_piece(element, names)])
    return pieces


def _piece(element: Mapping[str, Any], names: Mapping[str, str]) -> Piece:
    styles = _styles(element)
    match element.get("type"):
        case "link":
            return link_piece(_string(element, "text"), _string(element, "url"), styles)
        case "user":
            user_id = _string(element, "user_id")
            return user_piece(user_id, f"@{names.get(user_id, user_id)}")
        case "emoji":
            tone = _whole(element.get("skin_tone"))
            name = _string(element, "name") + (f"::skin-tone-{tone}" if tone else "")
            return emoji_piece(name, _string(element, "unicode"))
        case "date":
            return _date(element, styles)
        case kind:
            return text_piece(_words(str(kind), element, names), styles)


def _words(kind: str, element: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What an element without a counterpart in ADF says in plain words."""
    if kind in _INERT:
        sign, key = _INERT[kind]
        identity = _string(element, key)
        return sign + names.get(identity, identity)
    return next(filter(None, (_string(element, key) for key in ("text", "fallback", "value", "name", "url"))), "")


def _date(element: Mapping[str, Any], styles: frozenset[Style]) -> Piece:
    """A date that shows only its day is a day; one that shows an hour is kept as its words, for ADF knows no hours."""
    shown, fallback = _string(element, "format"), _string(element, "fallback")
    try:
        moment = datetime.fromtimestamp(_whole(element.get("timestamp")), UTC)
    except (ValueError, OverflowError, OSError):
        return text_piece(fallback or shown, styles)
    if shown.startswith("{date") and "time" not in shown and not element.get("url"):
        return Piece(PieceKind.DATE, target=moment.date().isoformat())
    return text_piece(fallback or f"{moment:%Y-%m-%d %H:%M} UTC", styles)


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that share one element: running text, and the items of one flat list."""
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group[-1], line):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(last: Line, line: Line) -> bool:
    if last.kind is not line.kind:
        return False
    if line.kind is LineKind.TEXT:
        return True
    alike = (last.indent, last.ordered, last.bordered) == (line.indent, line.ordered, line.bordered)
    follows = line.number == last.number + 1 if line.ordered else True
    return line.kind is LineKind.ITEM and alike and follows and not line.opens


def _element_of(group: Sequence[Line], mentioning: bool) -> dict[str, Any]:
    first = group[0]
    match first.kind:
        case LineKind.TEXT:
            return _filled("rich_text_section", join_lines([line.pieces for line in group]), mentioning)
        case LineKind.QUOTE:
            return _filled("rich_text_quote", first.pieces, mentioning)
        case LineKind.CODE:
            code = _filled("rich_text_preformatted", first.pieces, mentioning)
            return code | ({"border": 1} if first.bordered else {}) | _named("language", first.language)
        case LineKind.ITEM:
            items = [_filled("rich_text_section", line.pieces, mentioning) for line in group]
            style = "ordered" if first.ordered else "bullet"
            element = {"type": "rich_text_list", "style": style, "indent": first.indent, "elements": items}
            return (
                element | ({"offset": first.number} if first.number else {}) | ({"border": 1} if first.bordered else {})
            )


def _filled(kind: str, pieces: Sequence[Piece], mentioning: bool) -> dict[str, Any]:
    return {"type": kind, "elements": [_element_of_piece(piece, mentioning) for piece in pieces]}


def _element_of_piece(piece: Piece, mentioning: bool) -> dict[str, Any]:
    style = {"style": {style.value: True for style in Style if style in piece.styles}} if piece.styles else {}
    match piece.kind:
        case PieceKind.TEXT:
            return {"type": "text", "text": piece.text} | style
        case PieceKind.LINK:
            shown = {} if piece.text == piece.target else {"text": piece.text}
            return {"type": "link", "url": piece.target} | shown | style
        case PieceKind.USER if mentioning:
            return {"type": "user", "user_id": piece.target}
        case PieceKind.USER:
            return {"type": "text", "text": piece.readable}
        case PieceKind.EMOJI:
            name, _, tone = piece.target.partition("::skin-tone-")
            toned = {"skin_tone": int(tone)} if tone else {}
            return {"type": "emoji", "name": name} | toned | _named("unicode", piece.code)
        case PieceKind.DATE:
            # Noon in UTC is the same day for nearly every reader; midnight would be the day before in all of America.
            noon = datetime.combine(date.fromisoformat(piece.target), _NOON)
            moment = {"timestamp": int(noon.timestamp()), "format": _DATE_FORMAT, "fallback": piece.target}
            return {"type": "date"} | moment


def _normal(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return join_lines(split_lines(merge_texts(pieces)))


def _styles(element: Mapping[str, Any]) -> frozenset[Style]:
    style = element.get("style")
    return (
        frozenset(each for each in Style if style.get(each.value) is True) if isinstance(style, dict) else frozenset()
    )


def _elements(container: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    elements = container.get("elements")
    return [each for each in elements if isinstance(each, dict)] if isinstance(elements, list) else []


def _string(element: Mapping[str, Any], key: str) -> str:
    value = element.get(key)
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _named(key: str, value: str) -> dict[str, str]:
    return {key: value} if value else {}
