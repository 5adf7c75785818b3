"""What an operator does with API keys."""
