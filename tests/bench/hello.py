"""The smallest Bolt app that answers: what a command costs before anybody thinks about it.

`python -m tests.bench.hello PORT API_URL SECRET TOKEN`
"""

from __future__ import annotations

import sys

from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient


def main(port: int, api_url: str, secret: str, token: str) -> None:
    """Serve until killed. `/oncall` is answered with "hello"; `/oncall nothing` is acknowledged only."""
    app = AsyncApp(client=AsyncWebClient(token=token, base_url=api_url), signing_secret=secret)

    @app.command("/oncall")
    async def hello(ack: AsyncAck, respond: AsyncRespond, command: dict[str, str]) -> None:
        await ack()
        if command["text"] != "nothing":
            await respond("hello")

    web.run_app(app.web_app(path="/slack/events"), host="127.0.0.1", port=port, print=None, access_log=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
