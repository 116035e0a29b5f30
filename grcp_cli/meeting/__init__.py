"""The whole domain, pure: no disk, no clock, no randomness, no terminal."""
