"""Texts with an alert's fields in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engines.expressions import Patience
from bot.engines.policies.facts import Facts
from bot.engines.policies.templating import compile_template, wrong_template
from bot.errors import Unreadable
from bot.vocabulary import Severity
from tests.engines.policies.building import named, signal
from tests.engines.policies.test_filters import brief

ALERT = signal(
    message="[Prod] Disk full on node-7 (eu)",
    alias="HOST-1/disk",
    description="Line one\nLine two",
    entity="node-7",
    source="prometheus",
    priority=Severity.P2,
    tags=("red", "disk"),
    actions=("restart",),
    details={"region": "eu-west", "the key": "its value", "a.b": "dotted", "since": "1763460000", "at": "12 o'clock"},
    responders=(named("user", "ann"), named("team", "ops")),
    id="alert-id",
    number=42,
)


def written(text: str) -> str:
    return compile_template(text).written(Facts(ALERT, Patience()))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", ""),
        ("plain } text { with }} braces", "plain } text { with }} braces"),
        ("{{message}} db error", "[Prod] Disk full on node-7 (eu) db error"),
        ("{{ alias . toLowerCase ( ) }} dynamodb", "host-1/disk dynamodb"),
        ("{{entity}}{{entity}}", "node-7node-7"),
        ("{{description}}", "Line one\nLine two"),
        ("{{source}}/{{priority}}", "prometheus/P2"),
        ("{{tags}} {{actions}}", "red, disk restart"),
        ("{{responders}}; {{recipients}}; {{teams}}", "ann, ops; ann, ops; ops"),
        ("#{{tinyId}} {{alertId}}", "#42 alert-id"),
        ("{{details.region}}", "eu-west"),
        ("{{extraProperties.region.toUpperCase()}}", "EU-WEST"),
        ('{{details["the key"]}}', "its value"),
        ("{{details['the key'].substring(4)}}", "value"),
        ("{{details.get('the key')}}", "its value"),
        ("{{details.a.b}}", "dotted"),
        ("{{details.a.b.toUpperCase()}}", "DOTTED"),
        ("<{{details.nowhere}}>", "<>"),
        (
            "{{details}}",
            "region: eu-west, the key: its value, a.b: dotted, since: 1763460000, at: 12 o'clock",
        ),
        # methods, and what they give where nothing fits, as Apache Commons has it
        ("{{entity.toUpperCase()}}", "NODE-7"),
        ("{{entity.substring(5)}}", "7"),
        ("{{entity.substring(0, 4)}}", "node"),
        ("{{entity.substring(6)}}", ""),
        ('{{entity.substringAfter("-")}}', "7"),
        ("{{alias.substringAfter('/')}}", "disk"),
        ('{{entity.substringAfter("x")}}', ""),
        ('{{entity.substringAfter("")}}', "node-7"),
        ('{{entity.substringBefore("-")}}', "node"),
        ('{{entity.substringBefore("x")}}', "node-7"),
        ('{{entity.substringBefore("")}}', ""),
        ('{{message.substringBetween("[", "]")}}', "Prod"),
        ('{{message.substringBetween("(", "]")}}', "null"),
        ('{{message.substringBetween("<", ">")}}', "null"),
        ("{{message.extract(/node-(\\d+)/)}}", "7"),
        ("{{message.extract(/(?<=\\[)(\\w+)/)}}", "Prod"),
        ("{{alias.extract(/(\\w+)\\/disk/)}}", "1"),
        ("{{message.extract(/nothing (.*)/)}}", "null"),
        ('{{message.substringAfter("] ").substringBefore(" on").toUpperCase()}}', "DISK FULL"),
        ("{{message.substringAfter('}}')}}", ""),
        ('{{details.at.substringAfter("12 o\\\'")}}', "clock"),
        ('{{description.substringAfter("one\\n")}}', "Line two"),
        ("{{details.since.toDate()}}", "2025-11-18 10:00:00 +0000"),
        ("{{details.since.toDate('dd.MM.yyyy HH:mm', 'Europe/Berlin')}}", "18.11.2025 11:00"),
    ],
)
def test_fields_and_what_is_made_of_them_stand_in_the_text(text: str, result: str) -> None:
    assert wrong_template(text) is None
    assert written(text) == result


@pytest.mark.parametrize(
    ("timestamp", "pattern", "result"),
    [
        ("1763460000", "yyyy-MM-dd'T'HH:mm:ssXXX", "2025-11-18T10:00:00Z"),
        ("1763460000123", "HH:mm:ss.SSS Z", "10:00:00.123 +0000"),
        ("2026-07-01T23:05:09.5+02:00", "EEE, d MMM yy h:mm a", "Wed, 1 Jul 26 9:05 PM"),
        ("2026-07-01T23:05:09Z", "EEEE MMMM D k K u L", "Wednesday July 182 23 11 2026 7"),
        ("2026-07-01T00:05:09", "k h K H, MM 'o''clock' '' z X XX", "24 12 0 0, 07 o'clock ' GMT Z Z"),
    ],
)
def test_dates_are_written_by_javas_patterns(timestamp: str, pattern: str, result: str) -> None:
    alert = signal(entity=timestamp)
    template = compile_template('{{entity.toDate("' + pattern + '")}}')
    assert template.written(Facts(alert, Patience())) == result


def test_offsets_are_written_as_short_as_their_letters() -> None:
    template = compile_template('{{entity.toDate("X XX XXX Z z", "America/New_York")}}')
    assert template.written(Facts(signal(entity="0"), Patience())) == "-05 -0500 -05:00 -0500 EST"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{message", "not closed"),
        ("a {{ message } b", "not closed"),
        ("{{message {{alias}}", "not closed"),
        ("{{}}", "the name of a field"),
        ("{{subject}}", "no field “subject”"),
        ("{{message.reverse()}}", "no method “reverse”"),
        ("{{message.get('a')}}", "no method “get”"),
        ("{{message.length}}", "no method “length”"),
        ("{{message.toLowerCase}}", "“(” after toLowerCase"),
        ("{{message.toLowerCase(}}", "what toLowerCase takes"),
        ("{{message.toLowerCase(1)}}", "toLowerCase is written toLowerCase()"),
        ("{{message.substring()}}", "substring is written"),
        ("{{message.substring(-1)}}", "counts from 0"),
        ("{{message.substring(5, 2)}}", "counts from 0"),
        ("{{message.substring('a')}}", "substring is written"),
        ("{{message.substringAfter(a)}}", "what substringAfter takes"),
        ("{{message.substringAfter('a' 'b')}}", "“,” after an argument"),
        ("{{message.substringAfter('a}}", "what substringAfter takes"),
        ("{{message.substringBetween('a')}}", "substringBetween is written"),
        ("{{message.extract('a')}}", "extract is written"),
        ("{{message.extract(/a/)}}", "has none"),
        ("{{message.extract(/(a/)}}", "no regular expression"),
        ("{{message.toDate('yyyy-QQ')}}", "the letter Q"),
        ('{{message.toDate("yyyy\'T")}}', "is not closed"),
        ("{{message.toDate('yyyy', 'Atlantis')}}", "no time zone “Atlantis”"),
        ("{{details[region]}}", "a key in quotes"),
        ("{{details.}}", "a key"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_wrong(text: str, told: str) -> None:
    assert told in (wrong_template(text) or "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{entity.substring(7)}}", "substring(7) of 6 characters"),
        ("{{entity.substring(2, 9)}}", "substring(2, 9) of 6 characters"),
        ("{{message.toDate()}}", "is no timestamp"),
        ("{{details.nowhere.toDate()}}", "“” is no timestamp"),
        ("{{message.substringAfter('x').substring(1)}}", "of 0 characters"),
    ],
)
def test_what_an_alert_does_not_allow_is_said(text: str, told: str) -> None:
    assert wrong_template(text) is None
    with pytest.raises(Unreadable) as error:
        written(text)
    assert told in error.value.sentence


@pytest.mark.parametrize("timestamp", ["9" * 30, "9" * 5000, "--5", "0001-01-01T00:00:00+14:00", "٣٣", "noon"])
def test_a_timestamp_of_any_kind_is_a_date_or_none(timestamp: str) -> None:
    template = compile_template("{{entity.toDate('yyyy', 'Asia/Tokyo')}}")
    try:
        assert template.written(Facts(signal(entity=timestamp), Patience())).isdecimal()
    except Unreadable as error:
        assert "no timestamp" in error.sentence


def test_numbers_that_are_not_given_yet_cannot_be_written() -> None:
    for field in ("tinyId", "alertId"):
        with pytest.raises(Unreadable):
            compile_template(f"{{{{{field}}}}}").written(Facts(signal(), Patience()))


@brief
@given(st.text("{}message.()'\"/,[] adetil0-\\substringtoDate", max_size=40), st.text(max_size=20))
def test_any_text_is_a_template_or_refused(text: str, message: str) -> None:
    if wrong_template(text) is None and "tinyId" not in text:
        facts = Facts(signal(message=message), Patience())
        try:
            assert isinstance(compile_template(text).written(facts), str)
        except Unreadable as error:
            assert error.sentence


@brief
@given(st.text(max_size=40).filter(lambda text: "{{" not in text))
def test_a_text_without_fields_is_itself(text: str) -> None:
    assert written(text) == text
