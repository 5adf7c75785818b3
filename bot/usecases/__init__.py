"""The verbs: a folder a noun, a module a verb. The only writers; each runs in one transaction, its Unit."""
