from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.slack.cards.dates import day_and_time, weekday_and_time

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=timezone(timedelta(hours=1)))


def test_a_token_does_not_begin_its_format_so_that_tomorrow_is_written_small() -> None:
    unix = int(MONDAY.timestamp())
    assert day_and_time(MONDAY).startswith(f"<!date^{unix}^\u200b{{date_short_pretty}} at {{time}}|")
    assert weekday_and_time(MONDAY).startswith(f"<!date^{unix}^\u200b{{date_long_pretty}} at {{time}}|")


def test_where_tokens_are_not_shown_the_time_is_told_in_utc() -> None:
    assert weekday_and_time(MONDAY).endswith("|Mon 30 Nov 08:00 UTC>")
