"""What must not be lost, and how it is taken back."""
