"""What programs do to people: make, change and remove them."""
