"""The command line: one door in, one door out for every failure."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from grcp_cli.errors import GrcpError

NOUNS = {
    "agenda": "look at the agenda, check it, make one, edit it",
    "run": "the timed walkthrough of a session, with capture",
    "note": "write one line into a session from the shell",
    "status": "where every session stands",
    "stage": "the big clock for the projector",
    "record": "show, verify, pack, merge, resolve and repair what was written down",
    "synthesize": "which recommendations work across the groups: proposed, people decide",
    "draft": "write the report's paragraphs beside the notes they rest on",
    "export": "make the report",
    "template": "how reports look, to be made your own",
}
"""The commands; each is the module of its name, imported when it is called."""


SYSTEM_REFUSED = 6


class Door(TyperGroup):
    """A group that imports a command when it is called, and turns failures into a sentence and an exit code."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the order of a meeting."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, None where there is none."""
        if cmd_name not in NOUNS:
            return None
        if cmd_name not in self.commands:
            module = import_module(f"grcp_cli.cli.{cmd_name}")
            command = typer.main.get_command(module.app)
            command.name, command.short_help = cmd_name, NOUNS[cmd_name]
            self.commands[cmd_name] = command
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As the group's own, which suggests from the commands imported so far."""
        from grcp_cli.meeting.names import nearest

        if args and args[0] not in NOUNS and not args[0].startswith("-"):
            near = nearest(args[0], tuple(NOUNS))
            hint = f"did you mean grcp {near}?" if near else "grcp --help lists the commands"
            raise UnknownCommandError(f"there is no command {args[0]}", hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Runs the command; a failure that a person can mend becomes two lines on stderr."""
        try:
            value = super().invoke(ctx)
            sys.stdout.flush()
        except GrcpError as error:
            from grcp_cli.console.clean import drawn

            typer.echo(drawn(f"grcp: {error}"), err=True)
            if error.hint:
                typer.echo(drawn(f"      {error.hint}"), err=True)
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            # Whoever read has seen enough.
            _forget_output()
            raise typer.Exit(0) from error
        except OSError as error:
            _forget_output()
            typer.echo(f"grcp: the system refused: {error}", err=True)
            raise typer.Exit(SYSTEM_REFUSED) from error
        return value


def _forget_output() -> None:
    """What is still buffered for stdout must not fail again at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class UnknownCommandError(GrcpError):
    """No command is called so."""


app = typer.Typer(
    name="grcp",
    cls=Door,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Example: grcp run session-2\n\nCarries a consultation from its agenda to its report.",
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"grcp {version('grcp')}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Tell the version."),
) -> None:
    pass


def main() -> None:
    """The entry point: UTF-8 whatever the system's habit, then the command."""
    # A service may start without them; what is printed then goes nowhere, and nothing is read.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open to the end
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    finally:
        gc.freeze()  # Python looks through all that is left before it goes, which takes a tenth of a short command.
