"""What a space runs, and what a domain offers: one app, one file."""
