"""What holds of every place in every sound payload."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground.blockkit import Problem, Surface, validate_blocks, validate_message, validate_view
from tests.playground.blockkit.corpus.good import MESSAGE_BLOCKS
from tests.playground.blockkit.corpus.pieces import Json

Path = tuple[str | int, ...]

LEFT_OPEN = {"column_settings", "customizable_input_parameters"}
"""Where null has a meaning, or where anything may stand."""


def places(value: object, path: Path = ()) -> Iterator[Path]:
    """Every place inside a value, itself left out."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in inside:
        if step not in LEFT_OPEN:
            yield (*path, step)
            yield from places(inner, (*path, step))


def put(block: Json, path: Path, value: object) -> Json:
    """A copy of the block, shared parts parted, with another value at a place."""
    copy: Json = json.loads(json.dumps(block))
    at: Any = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return copy


def value_at(block: Json, path: Path) -> object:
    at: Any = block
    for step in path:
        at = at[step]
    return at


def judged(block: Json) -> list[Problem]:
    return validate_blocks(Surface.MESSAGE, [block])


@pytest.mark.parametrize("block", MESSAGE_BLOCKS)
def test_null_is_refused_wherever_it_stands(block: Json) -> None:
    assert [path for path in places(block) if not judged(put(block, path, None))] == []


@pytest.mark.parametrize("block", MESSAGE_BLOCKS)
def test_a_property_that_slack_does_not_know_is_refused_in_every_object(block: Json) -> None:
    objects = [(), *(path for path in places(block) if isinstance(value_at(block, path), dict))]
    for path in objects:
        (problem,) = judged(put(block, (*path, "surprise"), 1))
        assert problem.message == "invalid additional property: surprise"
        assert problem.pointer == "".join(f"/{step}" for step in (0, *path))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "text", "elements", "blocks", "options"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(data=st.data(), block=st.sampled_from(MESSAGE_BLOCKS), value=JSON)
def test_anything_anywhere_is_judged_and_never_breaks_the_judge(
    data: st.DataObject, block: Json, value: object
) -> None:
    path = data.draw(st.sampled_from([*places(block)]))
    assert isinstance(judged(put(block, path, value)), list)


@settings(max_examples=50, derandomize=True, deadline=None)
@given(value=JSON)
def test_anything_as_a_whole_is_judged(value: object) -> None:
    assert validate_view(value) != []
    assert isinstance(validate_message({"text": "x", "blocks": value, "attachments": value, "metadata": value}), list)
