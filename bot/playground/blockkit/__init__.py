"""The judge of everything that is sent to be shown: Slack's Block Kit rules, refused in Slack's words.

problems = validate_message({"blocks": [...]})
if problems:
    return message_refusal(problems)
"""

from __future__ import annotations

from bot.playground.blockkit.across import validate_blocks
from bot.playground.blockkit.blocks import Surface
from bot.playground.blockkit.messages import Sending, posted_text, validate_message
from bot.playground.blockkit.problems import FAILED_CONSTRAINT, Constraint, Problem
from bot.playground.blockkit.refusals import answer_blocks_validate, bare_word, message_refusal, view_refusal
from bot.playground.blockkit.replies import check_errors_reply, check_options_reply, check_submission_reply
from bot.playground.blockkit.views import validate_view

__all__ = [
    "FAILED_CONSTRAINT",
    "Constraint",
    "Problem",
    "Sending",
    "Surface",
    "answer_blocks_validate",
    "bare_word",
    "check_errors_reply",
    "check_options_reply",
    "check_submission_reply",
    "message_refusal",
    "posted_text",
    "validate_blocks",
    "validate_message",
    "validate_view",
    "view_refusal",
]
