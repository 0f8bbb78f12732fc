"""Judges what an app synthesized: a policy pack for Studio. It reads templates, and never calls constructs."""
