"""The questions: a module a noun. Read-only; they answer with frozen views, never with table rows."""
