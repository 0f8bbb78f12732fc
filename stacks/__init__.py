"""A team's Studio from one settings file: the reference stacks."""
