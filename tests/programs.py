"""Tests that need a program beyond pip's reach: without it they skip; where every program must be there, they fail."""

import os

import pytest

EVERY = bool(os.environ.get("GRCP_EVERY_PROGRAM"))
"""Set by the gate, which installs them all: a test that would skip for want of one fails there instead."""


def needs(found: object, what: str) -> pytest.MarkDecorator:
    """Skips without something found on this machine."""
    return pytest.mark.skipif(not found and not EVERY, reason=f"needs {what}, which is not on this machine")
