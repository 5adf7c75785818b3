from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack.words.names import Ambiguous, Match, NoMatch, find

NAMES = (
    "Payments",
    "Payments EU",
    "Platform Primary",
    "Platform Secondary",
    "Zürich Night",
    "Data Warehouse",
    "it's ours",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Payments", Match("Payments")),
        ("payments", Match("Payments")),
        (" PAYMENTS eu ", Match("Payments EU")),
        ("zurich", Match("Zürich Night")),
        ("“Zürich Night”", Match("Zürich Night")),
        ("IT’S ours", Match("it's ours")),
        ("pay", Ambiguous(("Payments", "Payments EU"))),
        ("platform", Ambiguous(("Platform Primary", "Platform Secondary"))),
        ("plat sec", Match("Platform Secondary")),
        ("night", Match("Zürich Night")),
        ("ware", Match("Data Warehouse")),
        ("house", Match("Data Warehouse")),
        ("payemnts eu", Match("Payments EU", guessed=True)),
        ("secondery", Match("Platform Secondary", guessed=True)),
        ("banana", NoMatch()),
        ("", NoMatch()),
        ("zz", NoMatch()),
    ],
)
def test_a_name_is_found_by_its_whole_a_part_or_a_slip(text: str, found: Match | Ambiguous | NoMatch) -> None:
    assert find(text, NAMES) == found


def test_names_that_differ_by_accents_only_need_the_exact_one() -> None:
    assert find("Malmo", ("Malmö", "Malmo")) == Match("Malmo")
    assert find("MALMO", ("Malmö", "Malmo")) == Ambiguous(("Malmö", "Malmo"))


def test_a_slip_between_two_likely_names_is_ambiguous() -> None:
    assert find("taem", ("team", "tram")) == NoMatch(("team", "tram"))
    assert find("checkotu", ("checkout", "checkin")) == Match("checkout", guessed=True)
    assert find("backend-c", ("backend-a", "backend-b")) == Ambiguous(("backend-a", "backend-b"))


def test_one_name_among_thousands_is_found() -> None:
    names = [f"service {number:04}" for number in range(3000)] + ["Observability"]
    assert find("observabilty", names) == Match("Observability", guessed=True)
    assert find("obs", names) == Match("Observability")


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.text(max_size=20), st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_only_given_names_are_ever_answered(text: str, names: list[str]) -> None:
    found = find(text, names)
    answered = (
        {found.name} if isinstance(found, Match) else set(getattr(found, "candidates", getattr(found, "nearest", ())))
    )
    assert answered <= set(names)


def test_many_beginnings_of_words_are_looked_for_once_each() -> None:
    """Trying every way in which they could fit would not end within a lifetime."""
    long = " ".join(["a"] * 200)
    assert find("a " * 30 + "z", [long]) == NoMatch()
    assert find("a " * 60 + "z", [long]) == NoMatch()
    assert find("a " * 30, [long]) == Match(long)
    assert find("a " * 30 + "z", [f"{long} zebra"]) == Match(f"{long} zebra")


def test_beginnings_of_words_fit_in_their_order_and_each_only_once() -> None:
    assert not isinstance(find("sec plat", NAMES), Match)
    assert find("b b", ["big blue", "big"]) == Match("big blue")
    assert find("pl pr", ["data-platform/primary"]) == Match("data-platform/primary")
