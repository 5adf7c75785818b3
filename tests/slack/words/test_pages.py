"""What follows `/oncall page`: which schedule is meant, beyond doubt or by a guess, and what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.words.pages import TypedPage, read_page

NAMES = ("Payments", "Payments database", "Platform", "Checkout EU", "Checkout US", "Alpha")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", TypedPage(None, "")),
        ("payments", TypedPage("Payments", "", is_sure=True)),
        ("payments: db is  down", TypedPage("Payments", "db is  down", is_sure=True)),
        ("Payments database is down", TypedPage("Payments database", "is down", is_sure=True)),
        ("pay data is down", TypedPage("Payments database", "is down", is_sure=True)),
        (
            "payments data is lost",
            TypedPage(None, "data is lost", fault="“payments data” could be Payments or Payments database. Which one?"),
        ),
        ("plat it\nburns", TypedPage("Platform", "it\nburns", is_sure=True)),
        ("platform - it burns", TypedPage("Platform", "it burns", is_sure=True)),
        ("“platform” it burns", TypedPage("Platform", "it burns", is_sure=True)),
        ("a server is down", TypedPage(None, "a server is down")),
        ("pl is down", TypedPage(None, "pl is down")),
        ("the server is down", TypedPage(None, "the server is down")),
        ("platfrom is down", TypedPage("Platform", "is down", fault="I read “platfrom” as Platform.")),
        ("checkout down", TypedPage(None, "down", fault="“checkout” could be several schedules. Which one?")),
        ("checkout eu down", TypedPage("Checkout EU", "down", is_sure=True)),
        ("form is down", TypedPage("Platform", "is down", fault="I read “form” as Platform.")),
    ],
)
def test_a_schedule_is_called_only_where_it_is_named_beyond_doubt(typed: str, meant: TypedPage) -> None:
    assert read_page(typed, NAMES) == meant


@settings(max_examples=60, derandomize=True)
@given(st.text(max_size=60))
def test_whatever_is_typed_nothing_of_it_is_lost_but_the_name(typed: str) -> None:
    found = read_page(typed, NAMES)
    assert found.text in typed
    assert found.schedule is None or found.schedule in NAMES
    assert found.schedule is not None or found.fault or found.text == typed.strip()
