"""The styles and the numbering of the built-in Word template, for `make_report_docx.py`."""

from __future__ import annotations

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
INK, RULE, QUIET, WARN = "1F3864", "8EA9DB", "595959", "9C0006"
ROOM = 11906 - 2 * 1304
"""Between the margins of A4, in twentieths of a point."""


# Styles. Lengths are in twentieths of a point, sizes of letters in half points.


def style(name: str, based: str, ppr: str = "", rpr: str = "", after: str = "", *, kind: str = "paragraph") -> str:
    """A named style, offered in Word's gallery."""
    base = f'<w:basedOn w:val="{key(based)}"/>' if based else ""
    following = f'<w:next w:val="{key(after)}"/>' if after else ""
    own = "" if name in BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        (
            f'<w:style w:type="{kind}"{default}{own} w:styleId="{key(name)}"><w:name w:val="{name}"/>{base}{following}'
            f'<w:uiPriority w:val="1"/><w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
        )
        .replace("<w:pPr></w:pPr>", "")
        .replace("<w:rPr></w:rPr>", "")
    )


BUILT_IN = {
    *("Normal", "Title", "Subtitle", "header", "footer", "caption", "toc 1", "TOC Heading"),
    *(f"heading {level}" for level in (1, 2, 3, 4)),
}


def key(name: str) -> str:
    """The id of a style, as Word makes one: `Report Item (a)` is `ReportItema`."""
    words = name.replace("(", "").replace(")", "").replace("-", "").split()
    return "".join(word[0].upper() + word[1:] for word in words)


def size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def colour(rgb: str) -> str:
    return f'<w:color w:val="{rgb}"/>'


def space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def numbered(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def heading(level: int, half_points: int, before: int, after: int) -> str:
    ppr = f'<w:keepNext/><w:keepLines/>{space(before, after)}<w:outlineLvl w:val="{level - 1}"/>'
    return style(f"heading {level}", "Normal", ppr, colour(INK) + size(half_points), "Report Paragraph")


ITALIC = "<w:i/><w:iCs/>"
LINE = f'w:val="single" w:sz="6" w:space="4" w:color="{RULE}"'
RULES = f"<w:pBdr><w:top {LINE}/><w:bottom {LINE}/></w:pBdr>"
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{ROOM}"/></w:tabs>'
HANGING = '<w:ind w:left="1191" w:hanging="567"/>'
INDENTED = '<w:ind w:left="624"/>'

STYLES = (
    style("Normal", "", space(0, 120)),
    style("Title", "Normal", f"<w:keepNext/>{space(120, 60)}", colour(INK) + size(40), "Subtitle"),
    style("Subtitle", "Normal", space(0, 180), colour(QUIET) + size(26), "Report Masthead"),
    heading(1, 30, 400, 120),
    heading(2, 25, 280, 100),
    heading(3, 22, 220, 80),
    style("heading 4", "Normal", f'<w:keepNext/>{space(160, 60)}<w:outlineLvl w:val="3"/>', ITALIC + colour(INK)),
    style("Report Masthead", "Normal", f'{RULES}{space(0, 20)}<w:ind w:left="2268" w:hanging="2268"/>', size(19)),
    style("Report Paragraph", "Normal", numbered(1, 0)),
    style("Report Lead-in", "Report Paragraph", "<w:keepNext/>", "", "Report Item (a)"),
    style("Report Item (a)", "Normal", numbered(1, 1) + space(0, 80)),
    style("Report Item (i)", "Normal", numbered(1, 2) + space(0, 80)),
    style("Report Paragraph Typed", "Normal", '<w:ind w:left="624" w:hanging="624"/>'),
    style("Report Item Typed", "Normal", space(0, 80) + HANGING),
    style("Report Bullet", "Normal", numbered(2, 0) + space(0, 80)),
    style("Report Recommendation", "Normal", space(0, 100) + INDENTED),
    style("Report Remark", "Normal", space(0, 120) + INDENTED, ITALIC + colour(QUIET)),
    style("caption", "Normal", f"<w:keepNext/>{space(160, 80)}", colour(INK) + size(19)),
    style("Report Table Text", "Normal", space(20, 20), size(18)),
    style("Report Table Figure", "Report Table Text", '<w:jc w:val="right"/>'),
    style("Report Table Head", "Report Table Text", "<w:keepNext/>", colour(INK)),
    style("Report Table Head Figure", "Report Table Head", '<w:jc w:val="right"/>'),
    style("Report Space", "Normal", '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>', size(12)),
    style("TOC Heading", "Normal", f"<w:keepNext/>{space(280, 60)}", colour(INK) + size(25), "toc 1"),
    style("toc 1", "Normal", RIGHT_TAB + space(0, 40)),
    style("Report Contents Head", "toc 1", "<w:keepNext/>", colour(QUIET) + size(17)),
    style("Report Stamp", "Normal", f'{space(0, 60)}<w:jc w:val="right"/>', f"{colour(WARN)}{size(18)}"),
    style("header", "Normal", space(0, 0), colour(QUIET) + size(16)),
    style("footer", "Normal", RIGHT_TAB + space(0, 0), colour(QUIET) + size(16)),
    style("Report Colophon Head", "Normal", f"<w:keepNext/>{space(480, 40)}", colour(QUIET) + size(17)),
    style("Report Colophon", "Normal", space(0, 20), colour(QUIET) + size(16)),
    style("Template Note", "Normal", '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>', size(18)),
    style("Template Line", "Normal", space(0, 0), colour("7F6000") + size(16)),
    style("Report Label", "", "", "<w:b/><w:bCs/>", kind="character"),
    style("Report Note", "", "", ITALIC, kind="character"),
    style("Report Masthead Name", "", "", colour(QUIET), kind="character"),
)

EDGE = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
THIN = 'w:val="single" w:sz="4" w:space="0" w:color="D9E2F3"'
OTHER_STYLES = f"""<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report Table"/>
<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/><w:tblPr><w:tblBorders><w:top {EDGE}/>
<w:bottom {EDGE}/><w:insideH {EDGE}/><w:insideV {THIN}/></w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/>
<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>
<w:shd w:val="clear" w:color="auto" w:fill="E8EEF8"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"""

DEFAULTS = """<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Arial"/><w:sz w:val="21"/><w:szCs w:val="21"/>
<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>
<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"""


# Numbering: one sequence of paragraphs with (a) and (i) below it, and bullets.


def level(depth: int, form: str, text: str, left: int, hanging: int, styled: str = "") -> str:
    link = f'<w:pStyle w:val="{key(styled)}"/>' if styled else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{link}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


LEVELS = (
    level(0, "decimal", "%1.", 624, 624, "Report Paragraph"),
    level(1, "lowerLetter", "(%2)", 1191, 567, "Report Item (a)"),
    level(2, "lowerRoman", "(%3)", 1758, 567, "Report Item (i)"),
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:nsid w:val="00000001"/>'
    f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="00000001"/><w:name w:val="Report Paragraphs"/>'
    f'{"".join(LEVELS)}</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:nsid w:val="00000002"/>'
    f'<w:multiLevelType w:val="hybridMultilevel"/><w:tmpl w:val="00000002"/><w:name w:val="Report Bullets"/>'
    f"{level(0, 'bullet', '•', 1191, 567, 'Report Bullet')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    "</w:numbering>"
)

SHEET = f"<w:styles {W}>{DEFAULTS}{''.join(STYLES)}{OTHER_STYLES}</w:styles>"
