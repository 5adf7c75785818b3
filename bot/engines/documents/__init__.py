"""The text of a postmortem's sections: kept as ADF, edited and shown as Slack's rich text, as Markdown, as HTML.

Between the two stand *lines* of *pieces*, which is what both can say:

    rich text ◀── rich_text ──▶ lines of pieces ◀── adf_blocks, adf_inline ──▶ ADF

ADF (Atlassian Document Format) is the stored form because programs write it and read it back. Slack says less: what it
cannot say is shown as text, and `merging` keeps the stored node wherever a person did not touch that text.

Programs and files also speak Markdown (`markdown`): what that cannot say goes through it in `envelopes`. Pages are
written by `html`. `parts` takes a whole document apart into sections and joins them, `reading` and `checking` refuse
what is no sound ADF.
"""
