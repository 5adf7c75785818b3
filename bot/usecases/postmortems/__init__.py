"""What happens to postmortems: a module a verb."""
