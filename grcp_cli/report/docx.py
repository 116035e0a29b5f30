"""Word: a template that a secretariat restyles in Word, filled in by docxtpl.

The template holds Jinja2 in its text. Paragraph numbers are Word's own wherever Word counts as the report does;
headings, header rows and page numbers are Word's as well. Nothing in the file says who made it, or when it was made.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - an error is named like one

import jinja2
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.shared import Length
from docxtpl import DocxTemplate  # type: ignore[import-untyped] # it has no types
from lxml import etree  # type: ignore[import-untyped] # it has no types

from .docx_finish import LANGUAGES, W, finish
from .docx_tags import Tags, held
from .jinja import FAILS, line_of
from .kit import TemplateError

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

    from .document import Document
    from .kit import Kit

_UNREADABLE = (
    *(BadZipFile, ZlibError, OpcError, PythonDocxError, etree.XMLSyntaxError, EOFError, OSError, NotImplementedError),
    *(RuntimeError, *FAILS),
)
"""What reading a file that is no Word document may raise."""

_ROOM = 9026
"""Between the usual margins of A4, in twentieths of a point."""
_TITLE = 255
"""Letters that a property of a Word document may have."""
_DROPPED = (
    *("core-properties", "extended-properties", "thumbnail"),
    *("comments", "commentsExtended", "commentsExtensible", "commentsIds", "people"),
)
"""What a template has of those who made it: who, how long, and what they told each other."""


def write(document: Document, kit: Kit) -> bytes:
    """The report as a Word document.

    Args:
        document: What stands in it; the template sees it as `document`.
        kit: With the template.

    Raises:
        TemplateError: The template is at fault, with the place where that is known.
    """
    word = _Word(kit)
    tags = Tags(document)
    word.render(tags.told, tags.environment())
    _spoken(word.docx.styles.element, document.language)
    package = word.docx.part.package
    _unsigned(package, document)
    return _packed(package)


class _Word(DocxTemplate):  # type: ignore[misc] # it has no types
    """A template while it is filled in."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(io.BytesIO(kit.template))
        self.name = kit.name or "the template"
        self.fitted, self.room = "", _ROOM
        try:
            self.init_docx()
            _packed(self.docx.part.package)  # what cannot be written again need not be filled in
            changed = next(self.docx.element.iter(f"{W}ins", f"{W}del"), None)
            self._measure()
        except _UNREADABLE as error:
            raise TemplateError(f"{self.name} is no Word document: {error}", "save it as .docx in Word") from error
        if changed is not None:
            raise TemplateError(f"{self.name} has tracked changes", "accept or reject them in Word")

    def _measure(self) -> None:
        """Which tables are to be fitted, and into what."""
        found = self.docx.styles.element.xpath('w:style[@w:type="table"][w:name/@w:val="Report Table"]/@w:styleId')
        self.fitted = found[0] if found else ""
        for page in self.docx.sections:
            lengths = (page.page_width, page.left_margin, page.right_margin)
            if None not in lengths:
                self.room = Length(lengths[0] - lengths[1] - lengths[2]).twips

    def fault(self, told: str, where: str = "") -> TemplateError:
        """A fault of the template, with the place."""
        place = f" in {where}" if where else ""
        return TemplateError(f"{self.name} cannot be used{place}: {told}", "grcp template copy gives grcp's own")

    # Steps of docxtpl's own rendering.

    def patch_xml(self, src_xml: str) -> str:
        """A part of the template as Jinja2, without the empty runs that are left where a tag stood."""
        return _EMPTY.sub("", super().patch_xml(src_xml))

    def render_xml_part(self, src_xml: str, part: Part, context: dict[str, Any], jinja_env: jinja2.Environment) -> str:
        """A part of the template filled in.

        Raises:
            TemplateError: With the text beside the fault.
        """
        try:
            filled: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except (jinja2.TemplateError, *FAILS) as error:
            raise self.fault(str(error), _place(error, part, src_xml)) from error
        return filled

    def resolve_listing(self, xml: str) -> str:
        """Breaks are in their place already: `escaped` made them."""
        return xml

    def fix_tables(self, xml: str) -> etree._Element:
        """The filled-in body, finished."""
        return self._finished(xml)

    def map_headers_footers_xml(self, relKey: str, xml: bytes) -> None:  # noqa: N803 - docxtpl's own
        """A filled-in header or footer, finished."""
        super().map_headers_footers_xml(relKey, etree.tostring(self._finished(xml), encoding="utf-8"))

    def render_properties(self, context: dict[str, Any], jinja_env: jinja2.Environment | None = None) -> None:
        """They are not the template's to say."""

    def _finished(self, xml: str | bytes) -> etree._Element:
        try:
            tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
            finish(tree, self.fitted, self.room)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self.fault(f"what it makes is no Word document: {error}") from error
        return tree


_EMPTY = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?></w:t></w:r>")
_SHOWN = 100


def _place(error: Exception, part: Part, xml: str) -> str:
    """Where in a template an error arose, in words that one can search for in Word."""
    name = str(part.partname)
    parts = ("header", "footer", "footnotes")
    where = next((f"the {each}" for each in parts if each in name), "the text")
    number = line_of(error)
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml).split("\n")  # as docxtpl does it
    if not 0 < number <= len(lines):
        return where
    text = " ".join(re.sub(r"<[^>]+>", " ", lines[number - 1]).split())
    return f"{where} at “{text[:_SHOWN]}{'…' * (len(text) > _SHOWN)}”" if text else where


# The package.


def _spoken(styles: Any, language: str) -> None:
    """Tells the language of all that is not told to be in another."""
    for spoken in styles.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        spoken.set(f"{W}val", LANGUAGES.get(language, language))


def _unsigned(package: OpcPackage, document: Document) -> None:
    """Leaves of the properties the title, the language, the status and the instant of the latest entry."""
    for rels in (package.rels, package.main_document_part.rels):
        for key in [key for key, each in rels.items() if each.reltype.rpartition("/")[2] in _DROPPED]:
            del rels[key]
    core = package.core_properties
    for each in list(core._element):  # noqa: SLF001 - there is no other way to a property it does not know
        core._element.remove(each)  # noqa: SLF001
    core.title = held(" ".join(document.title.split()))[:_TITLE]
    core.language = document.language
    core.content_status = document.status
    if document.as_of:
        core.created = core.modified = datetime.fromisoformat(document.as_of).astimezone(UTC).replace(tzinfo=None)


def _packed(package: OpcPackage) -> bytes:
    """The package as a file in which no time is now."""
    types, files = "", {"_rels/.rels": package.rels.xml}
    for part in package.iter_parts():
        types += f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        files[part.partname.membername] = part.blob
        if part.rels:
            files[part.partname.rels_uri.membername] = part.rels.xml
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, data in {"[Content_Types].xml": _TYPES.format(types), **files}.items():
            entry = ZipInfo(name)  # of 1 January 1980
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            archive.writestr(entry, data)
    return packed.getvalue()


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
