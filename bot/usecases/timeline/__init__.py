"""The timeline of a postmortem: what happened when.

Its entries are evidence, gathered while the incident is fresh and still being added to during a review. Reviewers judge
the sections: an entry added, edited or removed voids no approval, and is not a change of the text that would keep a
reminder away. What is published is locked, its timeline too.
"""
