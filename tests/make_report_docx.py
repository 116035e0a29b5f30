"""Makes the built-in Word template anew: `python tests/make_report_docx.py` writes `templates/report.docx`.

The file is an ordinary Word document: styles, numbering and page are Word's own and meant to be changed in Word.
It is written from here so that a change of it can be read.
"""

from __future__ import annotations

import io
from html import escape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from report_docx_styles import NUMBERING, ROOM, SHEET, W, key

TEMPLATE = Path(__file__).parent.parent / "templates" / "report.docx"

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


# The page.


def run(text: str, styled: str = "") -> str:
    rpr = f'<w:rPr><w:rStyle w:val="{key(styled)}"/></w:rPr>' if styled else ""
    pieces = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{rpr}{pieces}</w:r>" if text else ""


def p(styled: str, *runs: str, more: str = "") -> str:
    """A paragraph; each run is a text, or XML as made by `run`."""
    made = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{key(styled)}"/>{more}</w:pPr>{made}</w:p>'


def do(tag: str) -> str:
    """A line for the program; it is gone from a report."""
    return p("Template Line", "{%p " + tag + " %}")


def note(text: str) -> str:
    """A line for people; it is gone from a report."""
    return p("Template Note", "{#p " + text + " #}")


ANCHOR = run("{{r block | anchor }}")
SAID = "{% if block.speaker %}{{ block.speaker }}{{ terms.colon }} {% endif %}{{ block.text }}"
NOTED = run("{%r if block.note %}") + run(" ({{ block.note }})", "Report Note") + run("{%r endif %}")


CONTENTS = (
    note("The contents, with paragraph numbers; in a report, F9 on them in Word gives page numbers instead."),
    do('if document.sort == "report" and document.parts | length > 2'),
    p("TOC Heading", "{{ terms.contents }}"),
    p("Report Contents Head", run("{{r contents_begin }}"), run("\t{{ terms.paragraph }}")),
    do("for part in document.parts"),
    p("toc 1", run("{{r part | link }}"), run("\t{{ part | span }}")),
    do("endfor"),
    p("Report Space", run("{{r contents_end }}")),
    do("endif"),
)

PARAGRAPHS = (
    note("A paragraph whose number Word counts; one that introduces a list stays on the list's page."),
    do("elif block is numbered"),
    do('if block.text.endswith(":")'),
    p("Report Lead-in", ANCHOR, "{{ block.text }}"),
    do("else"),
    p("Report Paragraph", ANCHOR, "{{ block.text }}"),
    do("endif"),
    note("The same where Word would count otherwise: its number is typed."),
    do('elif block.type == "paragraph" and block.number'),
    p("Report Paragraph Typed", ANCHOR, "{{ block.number }}.\t{{ block.text }}"),
    note("A remark without a number."),
    do('elif block.type == "paragraph"'),
    p("Report Remark", ANCHOR, "{{ block.text }}"),
)

ITEMS = (
    note("A recommendation, by its label."),
    do('elif block.type == "item" and block.label'),
    p("Report Recommendation", ANCHOR, run("{{ block.label }}.", "Report Label"), f" {SAID}", NOTED),
    note("Items of a list: (a), (i), with another mark, without one."),
    do("elif block is lettered"),
    p("Report Item (a)", ANCHOR, SAID, NOTED),
    do("elif block is roman"),
    p("Report Item (i)", ANCHOR, SAID, NOTED),
    do('elif block.type == "item" and block.mark'),
    p("Report Item Typed", ANCHOR, "{{ block.mark }}\t" + SAID, NOTED),
    do('elif block.type == "item"'),
    p("Report Bullet", ANCHOR, SAID, NOTED),
)


def cell(*paragraphs: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{ROOM // 3}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def row(*cells: str, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def columns(of: str, text: str, figure: str, first: str = "") -> tuple[str, ...]:
    """A cell for each column; figures stand at the right."""
    return (
        cell(p("Template Line", "{%tc for cell in " + of + " %}")),
        cell(
            do("if loop.index0 in block.numeric"),
            p(figure, first, "{{ cell }}"),
            do("else"),
            p(text, first, "{{ cell }}"),
            do("endif"),
        ),
        cell(p("Template Line", "{%tc endfor %}")),
    )


BEGIN_ROW = run("{%r if loop.first %}") + run("{{r row | anchor }}") + run("{%r endif %}")
TABLE = (
    note("A table. In the style Report Table each column becomes as wide as its content asks."),
    do('elif block.type == "table"'),
    do("if block.caption"),
    p("caption", "{{ block.caption }}"),
    do("endif"),
    f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{ROOM}" w:type="dxa"/>'
    '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
    'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>'
    + f'<w:gridCol w:w="{ROOM // 3}"/>' * 3
    + "</w:tblGrid>"
    + row(*columns("block.head", "Report Table Head", "Report Table Head Figure"), head=True)
    + row(cell(p("Template Line", "{%tr for row in block.rows %}")))
    + row(*columns("row.cells", "Report Table Text", "Report Table Figure", BEGIN_ROW))
    + row(cell(p("Template Line", "{%tr endfor %}")))
    + "</w:tbl>",
    p("Report Space"),
)

TOP = (
    note("How a report looks in Word. Text in double braces is filled in; all else is Word: change the styles, whose"),
    note("names begin with Report, the headings, the page, the header. Yellow and brown lines are gone from a report."),
    note("Brown lines choose what follows: move or delete them together with their endif or endfor, never one alone."),
    note("Keep each anchor first in its paragraph: by it a report that comes back with changes is matched."),
    note("Try it with: grcp export --format docx. A fault is told with its place, and nothing is written."),
    p("Title", "{{ document.title }}"),
    do("if document.subtitle"),
    p("Subtitle", "{{ document.subtitle }}"),
    do("endif"),
    do("for field in document.masthead"),
    p("Report Masthead", run("{{ field.name }}", "Report Masthead Name"), "\t{{ field.text }}"),
    do("endfor"),
)

BODY = (
    *TOP,
    *CONTENTS,
    do("for part in document.parts"),
    note("The first annex, and each sheet of a form, begins a page."),
    do('if not loop.first and (document.sort == "form" or part.role == "annex" and loop.previtem.role != "annex")'),
    p("heading 1", run("{{r part | anchor }}"), "{{ part.number }}. {{ part.title }}", more="<w:pageBreakBefore/>"),
    do("else"),
    p("heading 1", run("{{r part | anchor }}"), "{{ part.number }}. {{ part.title }}"),
    do("endif"),
    do("for block in part.blocks"),
    do('if block.type == "heading" and block.level == 3'),
    p("heading 2", ANCHOR, "{{ block.text }}"),
    do('elif block.type == "heading" and block.level == 4'),
    p("heading 3", ANCHOR, "{{ block.text }}"),
    do('elif block.type == "heading"'),
    p("heading 4", ANCHOR, "{{ block.text }}"),
    *PARAGRAPHS,
    *ITEMS,
    *TABLE,
    do("endif"),
    do("endfor"),
    do("endfor"),
    note("How the report was made."),
    do("if document.colophon"),
    p("Report Colophon Head", "{{ terms.made }}"),
    do("for line in document.colophon"),
    p("Report Colophon", "{{ line }}"),
    do("endfor"),
    do("endif"),
)

SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1531" w:right="1304" w:bottom="1361" w:left="1304" '
    'w:header="680" w:footer="624" w:gutter="0"/></w:sectPr>'
)

SETTINGS = (
    f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:decimalSymbol w:val="."/>'
    '<w:listSeparator w:val=","/></w:settings>'
)

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Report</dc:title></cp:coreProperties>'
)

FOOT = p("footer", "{{ document.running or document.title }}\t", run("{{r pages }}"))

PARTS = {
    "word/document.xml": f"<w:document {W}><w:body>{''.join(BODY)}{SECTION}</w:body></w:document>",
    "word/styles.xml": SHEET,
    "word/numbering.xml": NUMBERING,
    "word/settings.xml": SETTINGS,
    "word/header1.xml": f"<w:hdr {W}>{p('Report Stamp', '{{ document.stamp }}')}</w:hdr>",
    "word/footer1.xml": f"<w:ftr {W}>{FOOT}</w:ftr>",
}


def _relationships(targets: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{position}" Type="{kind}" Target="{target}"/>'
        for position, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'
    )


def _package() -> dict[str, str]:
    kinds = {name: name.removeprefix("word/").removesuffix(".xml").rstrip("1") for name in PARTS}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{WORD}{kind}{".main" * (kind == "document")}+xml"/>'
        for name, kind in kinds.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )
    metadata = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    linked = [(f"{OFFICE}/{kinds[name]}", name.removeprefix("word/")) for name in PARTS if name != "word/document.xml"]
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": _relationships(
            [(f"{OFFICE}/officeDocument", "word/document.xml"), (metadata, "docProps/core.xml")]
        ),
        "docProps/core.xml": CORE,
        **PARTS,
        "word/_rels/document.xml.rels": _relationships(linked),
    }


def made() -> bytes:
    """The template; the same bytes each time."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, text in _package().items():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(entry, (head + text.replace("\n", "")).encode())
    return packed.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(made())
