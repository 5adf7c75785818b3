"""What a request brings, before it is looked at as anything: its size, its kind, and characters nobody can keep."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import hdrs, web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestPayloadError

from bot.api.refusals import Refusal

LARGEST = 1024 * 1024
"""Of a body, in bytes and unpacked. The longest schedule of a hundred people takes some 30,000."""
TAKEN_FOR_JSON = frozenset({"application/json", "application/octet-stream", "application/x-www-form-urlencoded"})
"""Clients send that header empty, or not at all, and `curl --data` says a form is coming whatever comes."""
FORGIVEN = TAKEN_FOR_JSON | {"text/json", "text/plain"}
"""What some vendors read as JSON besides."""
UNPACKED = frozenset({"", "identity", "gzip", "deflate"})
UNKEEPABLE = "The character NUL cannot be kept."
UNREADABLE = "The request body cannot be read."


async def body_of(request: web.Request, kinds: frozenset[str], *, largest: int = LARGEST) -> bytes:
    """The body, unpacked; empty where there is none. `kinds` are the media types that are read.

    Raises:
        Refusal: 413 where it is too large, 415 where it says that it is no JSON, 400 where it cannot be unpacked or
            ends early, 422 where it holds NUL characters.
    """
    if (request.content_length or 0) > largest:
        raise too_large(largest)
    _check_kind(request, kinds)
    try:
        body = await request.clone(client_max_size=largest).read()
    except web.HTTPRequestEntityTooLarge as error:
        raise too_large(largest) from error
    except (RequestPayloadError, HttpProcessingError, ConnectionError) as error:
        # What comes after it on the same connection could not be told from it.
        raise Refusal(400, UNREADABLE, headers={hdrs.CONNECTION: "close"}) from error
    if rb"\u0000" in body:
        await asyncio.to_thread(_check_characters, body)
    return body


def too_large(largest: int = LARGEST) -> Refusal:
    """What is answered to a body over the limit."""
    return Refusal(413, f"The request body is too large: {largest:,} bytes are read at most.")


def check_texts(texts: Mapping[str, str]) -> None:
    """Texts of an address, by their names.

    Raises:
        Refusal: 422 where one holds NUL, 400 where one is not UTF-8.
    """
    for name, text in texts.items():
        if "\x00" in text:
            raise Refusal(422, UNKEEPABLE, fields={name: UNKEEPABLE})
        if not is_unicode(name) or not is_unicode(text):
            raise Refusal(400, "The address of the request is not UTF-8.")


def is_unicode(text: str) -> bool:
    """Whether every character is one. Bytes that are not UTF-8 come as half a pair, which nothing can be done with."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _check_kind(request: web.Request, kinds: frozenset[str]) -> None:
    packed = request.headers.get(hdrs.CONTENT_ENCODING, "").strip().lower()
    if packed not in UNPACKED:
        raise Refusal(415, f"A body cannot be sent as “{packed}”: send it as it is, or gzip.")
    kind = request.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower()
    if request.can_read_body and kind and kind not in kinds and not kind.endswith("+json"):
        raise Refusal(415, f"A body of the kind “{kind}” is not read: send application/json.")


def _check_characters(body: bytes) -> None:
    try:
        found = list(_with_nul(json.loads(body)))
    except (ValueError, RecursionError):
        return  # no JSON that can be read: said where it is read
    if found:
        raise Refusal(422, UNKEEPABLE, fields={".".join(path) or "body": UNKEEPABLE for path in found})


def _with_nul(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, str) and "\x00" in value:
        yield path
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _with_nul(each, (*path, str(number)))
    elif isinstance(value, dict):
        for name, each in value.items():
            if "\x00" in name:
                yield path
            yield from _with_nul(each, (*path, name))
