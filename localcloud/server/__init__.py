"""The emulator, which runs in an environment of its own."""
