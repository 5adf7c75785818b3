"""What happens to messages on their way: claimed for a while, and settled with what became of them."""
