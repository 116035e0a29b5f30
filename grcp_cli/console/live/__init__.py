"""The live screen: an hour of a session on one terminal."""
