"""What is taken for a secret, and what is not, though it may look like one."""

from __future__ import annotations

import pytest

from bot.engines.documents.secrets import SHOWN, suspicions

CHANCE = "Zk3v9QmX7pL2sTfR8wYb4NcJ6hDg1VaU5eKx"
FOUND = {
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEow": "a private key",
    "-----BEGIN PRIVATE KEY-----": "a private key",
    "the token xoxb-123456789012-abcdefABCDEF was in the log": "a Slack token",
    "https://hooks.slack.com/services/T00000000/B00000000/XXXXabcd1234": "a Slack webhook",
    "ghp_abcdefghijklmnopqrstuvwxyz0123456789": "a GitHub token",
    "github_pat_11ABCDEFG0abcdefghijklmnop": "a GitHub token",
    "glpat-abcdefghij0123456789": "a GitLab token",
    "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLF": "an AWS key",
    f"AIza{CHANCE[:35]}": "a Google key",
    "sk_" + "live_abcdefghijklmnop1234": "a Stripe key",
    f"sk-proj-{CHANCE}": "an API key",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P": "a signed token",
    "curl -H 'Authorization: Bearer abcdef.ghijkl-mnopqrs_tuv'": "a bearer token",
    "postgres://app:s3cr3t-pw@db.internal/orders": "a password in an address",
    "DB_PASSWORD=correct-horse": "a password or a key",
    "we logged password: hunter2!": "a password or a key",
    '"client_secret": "a1b2c3d4e5"': "a password or a key",
    f"the key was {CHANCE}": "a long string that looks like a key",
}
NOT_FOUND = (
    "",
    "The password was wrong, so the token expired.",
    "password: expired",
    "token: forgotten by everybody",
    "PASSWORD=$DB_PASSWORD and API_KEY=${KEY}",
    "password=****** secret=<the secret> token=xxxxxxxx api_key=[redacted]",
    "password = get_password()",
    "rolled back to 3f786850e387550fdab836ed7e6dc881de23001b",
    "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "incident 7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "https://example.atlassian.net/browse/OPS-101?focusedCommentId=10234567890123456789012345678901",
    "https://grafana.example.com/d/Zk3v9QmX7pL2sTfR8wYb4NcJ6hDg1VaU5eKx/checkout",
    "org.springframework.beans.factory.UnsatisfiedDependencyException2024",
    "checkout-service-prod-eu-west-1-7d9f8b6c5d-x2x4z",
    "arn:aws:iam::123456789012:role/very-long-role-name-of-production",
    "a-very-long-name-with-many-words-in-it-and-nothing-secret",
    "ssh://git@example.com/repository and http://user:<password>@host",
)


@pytest.mark.parametrize("text", FOUND)
def test_a_secret_is_seen_once_and_only_its_beginning_is_repeated(text: str) -> None:
    (seen,) = suspicions(text)
    assert seen.kind == FOUND[text]
    assert seen.beginning.endswith("…")
    assert seen.beginning.removesuffix("…") in text
    assert len(seen.beginning) <= SHOWN + 1


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_stands_in_every_second_postmortem_is_no_alarm(text: str) -> None:
    assert suspicions(text) == ()


def test_one_that_stands_there_twice_is_said_once() -> None:
    token = "xoxb-123456789012-abcdefABCDEF"
    assert len(suspicions(f"{token} and again {token}, and AKIAIOSFODNN7EXAMPLF")) == 2
