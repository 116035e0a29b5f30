"""How fast `grcp export` is as whole processes: all usual formats, each beside its bare renderer, 20 times the size.

    python tests/benchmarks/export.py [all] [bare] [large] [--rounds N]

all     every usual format together, and Markdown alone       goals 1.0 s and 0.25 s
bare    each format beside its renderer drawing the same       goal 2 times the bare process
large   20 times as much, the work alone (start-up aside)      goals 22 times as long, 500 MB

A meeting of 5 sessions with 40 notes each, 12 paragraphs and 10 recommendations. The bare renderers get the finished
blocks of the report as JSON: they read no record, decide nothing and number nothing.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grcp_cli.machine import Machine
from grcp_cli.meeting.agenda import Meeting
from grcp_cli.meeting.entry import Draft
from grcp_cli.report.formats import FORMATS
from grcp_cli.store import agendas, places
from grcp_cli.store.desk import Desk

SESSIONS, NOTES, PARAGRAPHS, RECOMMENDATIONS, LARGER = 5, 40, 12, 10, 20
TEXT = (
    "the members noted that regional dialogues would welcome an early exchange of calendars so that states can plan "
    "joint training on border management return reintegration data protection « très bien » and lawful pathways"
)
WORDS = TEXT.split()
USUAL = [name for name, each in FORMATS.items() if each.usual]

READ = "import json, sys\nblocks = json.load(open(sys.argv[1], encoding='utf-8'))\n"
BARE = {
    "docx": """
import io
from docxtpl import DocxTemplate
template = DocxTemplate(sys.argv[2])
template.render({"blocks": blocks}, autoescape=True)
template.save(out := io.BytesIO())
""",
    "pdf": """
import typst
text = '''#set page(numbering: "1")
#let blocks = json(bytes(sys.inputs.blocks))
#for each in blocks {
  if each.level > 0 { heading(level: each.level, each.text) }
  else if each.rows.len() > 0 { table(columns: each.rows.at(0).len(), ..each.rows.flatten()) }
  else { par(each.text) }
}'''
fonts = typst.Fonts(include_system_fonts=False)
typst.compile(text.encode(), format="pdf", sys_inputs={"blocks": json.dumps(blocks)}, font_paths=fonts)
""",
    "html": """
import jinja2
text = '''<!doctype html><meta charset="utf-8">{% for each in blocks %}
{% if each.level %}<h{{ each.level }}>{{ each.text }}</h{{ each.level }}>{% elif each.rows %}<table>
{% for row in each.rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>
{% else %}<p>{{ each.text }}</p>{% endif %}{% endfor %}'''
jinja2.Environment(autoescape=True).from_string(text).render(blocks=blocks).encode()
""",
    "md": """
import jinja2
text = '''{% for each in blocks %}
{% if each.level %}{{ "#" * each.level }} {{ each.text }}{% elif each.rows %}
{% for row in each.rows %}| {{ row | join(" | ") }} |
{% endfor %}{% else %}{{ each.text }}{% endif %}{% endfor %}'''
jinja2.Environment().from_string(text).render(blocks=blocks).encode()
""",
    "xlsx": """
import io, xlsxwriter
book = xlsxwriter.Workbook(out := io.BytesIO(), {"in_memory": True})
sheet = book.add_worksheet()
row = 0
for each in blocks:
    for cells in each["rows"] or [[each["text"]]]:
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)
        row += 1
book.close()
""",
    "json": """
json.dumps(blocks, ensure_ascii=False, indent=2).encode()
""",
    "csv": """
import csv, io
writer = csv.writer(out := io.StringIO())
for each in blocks:
    writer.writerows(each["rows"] or [[each["text"]]])
""",
    "ics": """
from datetime import datetime
from zoneinfo import ZoneInfo
from icalendar import Calendar, Event
calendar, zone = Calendar(), ZoneInfo("Europe/Zurich")
for hour in range(9, 14):
    event = Event()
    event.add("uid", str(hour)); event.add("summary", "session"); event.add("dtstamp", datetime(2019, 4, 5))
    event.add("dtstart", datetime(2019, 4, 5, hour, tzinfo=zone)); event.add("dtend", datetime(2019, 4, 5, hour + 1))
    calendar.add_component(event)
calendar.to_ical()
""",
}
"""What draws the blocks with nothing but the library; the docx template is a loop over paragraphs and a table."""

WARM = """
import resource, sys, time
from typer.testing import CliRunner
from grcp_cli.cli.app import app
small, folder, *formats = sys.argv[1:]
asked = ["--notes", *(word for each in formats for word in ("--format", each))]
def export(records):
    done = CliRunner().invoke(app, ["export", "--agenda", "grcp8", "--records", records, "--to", records, *asked])
    assert done.exit_code == 0, done.output
export(small)
began = time.perf_counter()
export(folder)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def _text(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _fill(records: Path, times: int) -> None:
    """A meeting so many times as large."""
    rng, meeting = random.Random(1), agendas.load(places.built_in("agendas") / "grcp8.toml")
    folder = places.records(records, meeting.id, rehearsal=False)
    for number, session in enumerate(meeting.sessions[:SESSIONS]):
        desk = Desk(meeting, session, folder, Machine(meeting.timezone))
        leaves = [leaf.address for leaf in session.leaves]
        notes = [_note(rng, meeting, leaves) for _ in range(NOTES * times)]
        share = range(number, RECOMMENDATIONS * times, SESSIONS)
        groups = [group.id for group in meeting.groups]
        for each in share:
            fields = {"question": rng.choice(leaves), "text": _text(rng, 20), "group": groups[each % len(groups)]}
            notes.append(Draft("recommendation", fields))
        written = desk.write([Draft("start", {}), *notes, Draft("end", {})])
        ids = [entry.id for entry in written if entry.kind == "note"]
        paragraphs = []
        for order, _ in enumerate(range(number, PARAGRAPHS * times, SESSIONS)):
            fields = {"question": leaves[order % len(leaves)], "order": float(order), "text": _text(rng, 60)}
            paragraphs.append(Draft("paragraph", {**fields, "sources": rng.sample(ids, 5)}))
        desk.write(paragraphs)


def _note(rng: random.Random, meeting: Meeting, leaves: list[str]) -> Draft:
    speaker = rng.choice(meeting.participants).id
    return Draft("note", {"question": rng.choice(leaves), "text": _text(rng, 25), "speaker": speaker})


def _blocks(report: Path) -> list[dict[str, object]]:
    """The blocks of a report as the bare renderers get them."""
    found: list[dict[str, object]] = []
    for part in json.loads(report.read_text(encoding="utf-8"))["parts"]:
        found.append({"level": 2, "text": part["title"], "rows": []})
        for block in part["blocks"]:
            rows = [block["head"], *(row["cells"] for row in block["rows"])] if block["type"] == "table" else []
            told = " ".join(filter(None, (block.get("label"), block.get("text"), block.get("note"))))
            found.append({"level": block.get("level", 0), "text": told, "rows": rows})
    return found


def _word_template(path: Path) -> None:
    """The barest template: a heading, a paragraph or a table for each block."""
    import docx

    document = docx.Document()
    for line in ("{%p for each in blocks %}", "{%p if each.rows %}"):
        document.add_paragraph(line)
    table = document.add_table(3, 1)
    table.cell(0, 0).text = "{%tr for row in each.rows %}"
    table.cell(1, 0).text = "{{ row | join(' | ') }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    for line in ("{%p else %}", "{{ each.text }}", "{%p endif %}", "{%p endfor %}"):
        document.add_paragraph(line)
    document.save(str(path))


def _once(arguments: list[str]) -> tuple[float, str]:
    """Runs Python as a process of its own: seconds, and what it printed."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], check=False, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(done.stderr)
    return time.perf_counter() - began, done.stdout


def _medians(measured: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Each in turn, so that a busy moment meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in measured}
    for number in range(rounds + 1):
        for name, arguments in measured.items():
            seconds, _ = _once(arguments)
            if number:
                times[name].append(seconds)
    return {name: statistics.median(found) for name, found in times.items()}


def _export(records: Path, *formats: str) -> list[str]:
    asked = [word for each in formats for word in ("--format", each)]
    where = ["--agenda", "grcp8", "--records", str(records), "--to", str(records / "report")]
    return ["-m", "grcp_cli", "export", *where, *asked]


def _all(records: Path, rounds: int) -> None:
    told = _medians({"pass": ["-c", "pass"], "all": _export(records), "md": _export(records, "md")}, rounds)
    print(f"python -c pass                {told['pass'] * 1000:8.0f} ms")
    print(f"{', '.join(USUAL):<30}{told['all'] * 1000:8.0f} ms   goal 1,000")
    print(f"{'md':<30}{told['md'] * 1000:8.0f} ms   goal 250")


def _bare(folder: Path, records: Path, rounds: int) -> None:
    blocks, template = folder / "blocks.json", folder / "bare.docx"
    blocks.write_text(json.dumps(_blocks(records / "report" / "grcp-8.json")), encoding="utf-8")
    _word_template(template)
    for name, script in BARE.items():
        measured = {"grcp": _export(records, name), "bare": ["-c", READ + script, str(blocks), str(template)]}
        told = _medians(measured, rounds)
        ratio = told["grcp"] / told["bare"]
        print(f"{name:<6} {told['grcp'] * 1000:8.0f} ms   bare {told['bare'] * 1000:6.0f} ms   {ratio:5.2f} x   goal 2")


def _large(small: Path, large: Path, tiny: Path, rounds: int) -> None:
    for name in (*FORMATS, ",".join(USUAL)):
        told = []
        for records in (small, large):
            runs = [_once(["-c", WARM, str(tiny), str(records), name])[1].split() for _ in range(rounds)]
            told.append((statistics.median(float(run[0]) for run in runs), max(float(run[1]) for run in runs)))
        (one, _), (many, peak) = told
        each = f"{one * 1000:7.0f} ms   {LARGER} times {many * 1000:8.0f} ms   {many / one:5.1f} x   {peak:4.0f} MB"
        print(f"{name if ',' not in name else 'all':<6} {each}   goals 22 x, 500 MB")


def main() -> None:
    """Runs what is asked for, else all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*", default=["all", "bare", "large"])
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    os.environ["GRCP_PLAIN"] = "1"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # As installed: modules are compiled once, by the first round.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        small, large, tiny = (folder / each for each in ("small", "large", "tiny"))
        tiny.mkdir()
        _fill(small, 1)
        _once(_export(small))
        if "all" in asked.what:
            _all(small, asked.rounds)
        if "bare" in asked.what:
            _bare(folder, small, asked.rounds)
        if "large" in asked.what:
            _fill(large, LARGER)
            _large(small, large, tiny, max(1, asked.rounds // 4))


if __name__ == "__main__":
    main()
