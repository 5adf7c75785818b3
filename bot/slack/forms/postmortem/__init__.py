"""The forms of postmortems: what happens when each is sent, and what is looked up while it is filled in."""
