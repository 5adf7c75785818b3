"""ADF as programs send it, a JSON string: read, or refused with the path of what is wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from bot.engines.documents.checking import MAX_DEPTH, check
from bot.engines.documents.document import Adf
from bot.engines.documents.sizing import oversize
from bot.errors import BadFields

MAX_BYTES = 5_000_000


def read_adf(text: str, *, field: str) -> Adf:
    """The document that a JSON string holds. `field` is the field's name in the request, under which faults are told.

    Raises:
        BadFields: `field` itself: no JSON, no ADF document, more than 5 MB, or more than `sizing` lets into one
            document; else the path of each offending node (`content.content[1].content[0]`), as `checking.check` tells
            it: unknown nodes and marks, what stands where it cannot, links that could run a script, characters that
            cannot be kept, too deep, too many.
    """
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        raise BadFields({field: f"{field}: more than 5 MB."})
    try:
        adf = json.loads(text, parse_constant=_refuse_constant)
    except RecursionError:
        raise BadFields({field: f"{field}: nested deeper than {MAX_DEPTH} levels."}) from None
    except ValueError:
        raise BadFields({field: f"{field}: this is not JSON. Send an ADF document as a JSON string."}) from None
    check(adf, field=field)
    if sentence := oversize(_an_object(adf)):
        raise BadFields({field: f"{field}: {sentence}"})
    return adf if "content" in _an_object(adf) else {**adf, "content": []}


def _an_object(adf: Any) -> Mapping[str, Any]:
    assert isinstance(adf, dict)  # noqa: S101  `check` refuses everything else
    return adf


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
