"""The text of a postmortem's sections: kept as ADF, edited and shown as Slack's rich text.

Between the two stand *lines* of *pieces*, which is what both can say:

    rich text ◀── rich_text ──▶ lines of pieces ◀── adf_blocks, adf_inline ──▶ ADF

ADF (Atlassian Document Format) is the stored form because programs write it and read it back. Slack says less: what it
cannot say is shown as text, and `merging` keeps the stored node wherever a person did not touch that text.
"""
