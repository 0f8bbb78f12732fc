"""What starts with an app and what ends it."""
