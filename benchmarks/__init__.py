"""Side by side with hand-written CDK, in one run."""
