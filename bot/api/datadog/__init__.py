"""Datadog's request that attaches a postmortem to an incident: the same path, fields and answer."""

from __future__ import annotations

from bot.api.datadog.attachments import ENDPOINTS

__all__ = ["ENDPOINTS"]
