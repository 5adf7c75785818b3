"""Lists of short words, such as tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.usecases.fields import wrong_text


def tidied(words: Iterable[str]) -> list[str]:
    """Words without blanks around them, each once, in their order; empty ones are left out."""
    return [each for each in dict.fromkeys(word.strip() for word in words) if each]


def wrong_labels(
    labels: Sequence[str],
    *,
    of: str,
    called: str,
    most: int,
    longest: int,
    wrong: Callable[..., str | None] = wrong_text,
) -> str | None:
    """What is wrong with a list of short words `of` something (an alert), each judged by `wrong`; empty ones do not
    count.
    """
    wanted = tidied(labels)
    if len(wanted) > most:
        return f"{called}: {of} has {most} at most, these are {len(wanted):,}."
    found = (wrong(each, called=called, limit=longest) for each in wanted)
    return next((fault for fault in found if fault), None)
