"""What a domain sets for all, and what it and a profile set for users: one setting, one file."""
