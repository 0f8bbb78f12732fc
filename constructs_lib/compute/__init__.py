"""What an app runs on: instance types and images."""
