"""What happens to forwardings."""
