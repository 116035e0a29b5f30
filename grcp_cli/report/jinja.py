"""Templates of text: Jinja2 in its sandbox, with faults told by file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .kit import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .kit import Kit

FAILS = (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError)
"""What a template's own doings may raise besides the errors of its language."""


def render(kit: Kit, filters: Mapping[str, Callable[..., Any]], *, escaping: bool, **told: Any) -> str:
    """A template filled in; it reaches no file, no network and no attribute that begins with `_`.

    Args:
        kit: With the template.
        filters: What the template may pass a value through, by name.
        escaping: Whether what it prints is escaped for HTML, unless a filter has done so.
        told: What the template sees, by name.

    Raises:
        TemplateError: The template is at fault, with the line where that is known.
    """
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=escaping,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    try:
        return environment.from_string(kit.text).render(told)
    except (jinja2.TemplateError, *FAILS) as error:
        place = line_of(error)
        where = f" in line {place}" if place else ""
        fault = f"{kit.name or 'the template'} cannot be used{where}: {error}"
        raise TemplateError(fault, "grcp template copy gives grcp's own") from error


def line_of(error: Exception) -> int:
    """The line of the template in which an error arose, 0 where that is not known."""
    if (told := getattr(error, "lineno", None)) is not None:
        return int(told)
    found, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found
