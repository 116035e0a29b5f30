"""One file per noun: parse, call a room, print."""
