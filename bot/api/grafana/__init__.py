"""Grafana OnCall's API for postmortems: the same paths, fields and answers, under another address."""

from __future__ import annotations

from bot.api.grafana.postmortems import ENDPOINTS

__all__ = ["ENDPOINTS"]
