"""The stage: a session's clock for the room, on a projector or second screen. It only reads."""
