"""What Slack documents is accepted, and the corpus shows every type that the schema knows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.playground.blockkit import Surface
from bot.playground.blockkit.blocks import BLOCKS_BY_SURFACE
from bot.playground.blockkit.inputs import TYPED_INPUTS
from tests.playground.blockkit.corpus.good import GOOD
from tests.playground.blockkit.corpus.pieces import JUDGES, Json

ELEMENTS = """button workflow_button overflow image feedback_buttons icon_button static_select external_select
users_select conversations_select channels_select multi_static_select multi_external_select multi_users_select
multi_conversations_select multi_channels_select checkboxes radio_buttons datepicker timepicker datetimepicker"""


def types_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        for inner in value.values():
            yield from types_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from types_in(inner)


@pytest.mark.parametrize(("judge", "payload"), GOOD)
def test_a_documented_shape_passes(judge: str, payload: Json) -> None:
    assert JUDGES[judge](payload) == []


@pytest.mark.parametrize("surface", Surface)
def test_the_corpus_shows_every_block_and_element(surface: Surface) -> None:
    shown = {kind for _, payload in GOOD for kind in types_in(payload)}
    assert shown >= {*BLOCKS_BY_SURFACE[surface], *TYPED_INPUTS, *ELEMENTS.split()}
