"""Starts the app."""

import gc

# Start-up makes no garbage, and looking for it takes a twentieth of a short command. `run` turns it on again.
gc.disable()

from grcp_cli.cli.app import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main()
