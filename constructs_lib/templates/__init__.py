"""What an app synthesized, as one deployment: templates, their resources, and what refers to what."""
