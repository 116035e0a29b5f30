"""The report's languages: complete catalogues, sentences that agree, dates and lists as these languages have them."""

from __future__ import annotations

import json
import re
import string
import subprocess
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import catalogues
import pytest
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from grcp_cli.report.document import Heading, Item, Paragraph, Table
from grcp_cli.report.language import MONTHS, TAGS, Language
from grcp_cli.report.phrases import KINDS, LEADS, LEADS_BY, RECOMMENDED, STATUSES
from grcp_cli.report.wording import counted, recommended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Message

    from grcp_cli.report.document import Document

    Make = Callable[..., Document]

OTHERS = ("fr", "es")
SAME = {"Date", "Question", "Participants", "Participant", "note", "notes", "Distribution", "Sources", "Note", "action"}
"""Words that may be the same in another language."""


def forms(message: Message) -> list[tuple[str, str]]:
    """Each sentence of a message beside its translation."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    return list(zip(message.id, message.string, strict=True))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("tag", OTHERS)
def test_every_sentence_of_the_code_is_in_the_catalogue_and_no_other(tag: str) -> None:
    """After a change of wording: `python tests/catalogues.py`, then translate what it prints."""
    assert catalogues.messages(catalogues.catalogue(tag)).keys() == catalogues.messages(catalogues.template()).keys()


@pytest.mark.parametrize("tag", OTHERS)
def test_every_sentence_is_translated_with_its_places(tag: str) -> None:
    for message in catalogues.messages(catalogues.catalogue(tag)).values():
        assert not message.fuzzy
        for said, translated in forms(message):
            assert translated, said
            assert places(translated) == places(said), said
            assert said.endswith(":") == translated.endswith(":"), said
            assert said.endswith(".") == translated.endswith(".") or len(said) <= 3, said


@pytest.mark.parametrize("tag", OTHERS)
def test_what_is_compiled_is_what_was_written(tag: str) -> None:
    compiled = catalogues.path(tag).with_suffix(".mo").read_bytes()
    assert compiled == catalogues.compiled(catalogues.catalogue(tag))


def test_french_marks_keep_their_unbroken_spaces() -> None:
    for message in catalogues.messages(catalogues.catalogue("fr")).values():
        for _, translated in forms(message):
            assert not re.search(r"(?<!\u00a0)[;?!»%]|[^\u00a0]:(?!\w)|«(?!\u00a0)| [:;?!»%]", translated), translated
            assert "'" not in translated


@pytest.mark.parametrize("tag", TAGS)
def test_months_are_those_of_the_language(tag: str) -> None:
    names = get_month_names("wide", locale=tag)
    assert [Language(tag).say(month) for month in MONTHS] == [names[number] for number in range(1, 13)]


@pytest.mark.parametrize("tag", OTHERS)
def test_dates_lists_and_numbers_are_those_of_the_language(tag: str) -> None:
    language = Language(tag)
    for day in (date(2019, 4, 5), date(2024, 12, 31)):
        assert language.day(day) == format_date(day, "long", locale=tag)
    for names in (["a"], ["a", "b"], ["a", "b", "c"]):
        assert language.listed(names) == format_list(names, locale=tag)
    assert language.number(7.5) == format_decimal(7.5, locale=tag)
    plain = format_percent(0.25, locale=tag).replace("\u202f", "\u00a0")
    assert language.share(0.25) == plain


@pytest.mark.parametrize(
    ("tag", "first", "short", "long", "years", "instant"),
    [
        (
            *("en", "on 1 March 2024", "from 1 to 2 March 2024", "from 31 March to 2 April 2024"),
            *("from 31 December 2024 to 1 January 2025", "5 April 2019, 09:05"),
        ),
        (
            *("fr", "le 1er mars 2024", "du 1er au 2 mars 2024", "du 31 mars au 2 avril 2024"),
            *("du 31 décembre 2024 au 1er janvier 2025", "5 avril 2019 à 09:05"),
        ),
        (
            *("es", "el 1 de marzo de 2024", "del 1 al 2 de marzo de 2024", "del 31 de marzo al 2 de abril de 2024"),
            *("del 31 de diciembre de 2024 al 1 de enero de 2025", "5 de abril de 2019, 09:05"),
        ),
    ],
)
def test_days_within_a_sentence(tag: str, first: str, short: str, long: str, years: str, instant: str) -> None:
    language = Language(tag)
    days = [[date(2024, 3, 1)], [date(2024, 3, 2), date(2024, 3, 1)], [date(2024, 3, 31), date(2024, 4, 2)]]
    days.append([date(2024, 12, 31), date(2025, 1, 1)])
    assert [language.when(each) for each in days] == [first, short, long, years]
    assert language.instant(datetime(2019, 4, 5, 9, 5)) == instant  # noqa: DTZ001 - only the clock is shown


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ["1 March 2024", "1–2 March 2024", "31 March – 2 April 2024"]),
        ("fr", ["1er mars 2024", "1er–2 mars 2024", "31 mars – 2 avril 2024"]),
        ("es", ["1 de marzo de 2024", "1 a 2 de marzo de 2024", "31 de marzo – 2 de abril de 2024"]),
    ],
)
def test_days_of_a_masthead(tag: str, told: list[str]) -> None:
    days = [[date(2024, 3, 1)], [date(2024, 3, 1), date(2024, 3, 2)], [date(2024, 3, 31), date(2024, 4, 2)]]
    assert [Language(tag).days(each) for each in days] == told


def test_spanish_says_e_before_the_sound_of_i() -> None:
    listed = Language("es").listed
    assert listed(["África", "Iberia"]) == "África e Iberia"
    assert listed(["agua", "hilo"]) == "agua e hilo"
    assert listed(["agua", "hierro"]) == "agua y hierro"


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", ["1 lesson learnt", "2 lessons learnt", "1 agreed", "2 agreed"]),
        ("fr", ["1 enseignement tiré", "2 enseignements tirés", "1 convenue", "2 convenues"]),
        ("es", ["1 lección aprendida", "2 lecciones aprendidas", "1 convenida", "2 convenidas"]),
    ],
)
def test_words_agree_in_number_and_gender(tag: str, told: list[str]) -> None:
    language = Language(tag)
    said = [counted(1, "lesson", language), counted(2, "lesson", language)]
    said += [f"{n} {recommended('agreed', n, language)}" for n in (1, 2)]
    assert said == told


def test_every_kind_and_status_has_its_words() -> None:
    from grcp_cli.meeting.balance import KIND_NAMES
    from grcp_cli.meeting.contested import CONTESTED
    from grcp_cli.meeting.entry import CAPTURED
    from grcp_cli.meeting.entry import STATUSES as STORED
    from grcp_cli.report.phrases import PARTICIPANTS

    assert tuple(KINDS) == CAPTURED
    assert LEADS.keys() == LEADS_BY.keys() == set(CAPTURED) - {"note"}
    assert tuple(STATUSES) == tuple(RECOMMENDED) == (*STORED, CONTESTED)
    assert PARTICIPANTS == KIND_NAMES


def structure(document: Document) -> Iterator[tuple[Any, ...]]:
    """All that must be alike in every language: what stands where, its number, whose words and ids."""
    for part in document.parts:
        yield part.id, part.role, part.session
        for block in part.blocks:
            if isinstance(block, Paragraph):
                yield block.number, block.id, block.sources
            elif isinstance(block, Heading):
                yield block.level, block.id
            elif isinstance(block, Item):
                yield block.mark, block.id, block.text, block.status, block.sources
            elif isinstance(block, Table):
                yield block.id, len(block.head), [(row.id, row.sources) for row in block.rows]
            else:
                yield block.id, [bar.values for bar in block.bars]


@pytest.mark.parametrize("level", ["none", "chatham", "group", "full"])
@pytest.mark.parametrize("tag", OTHERS)
def test_a_report_is_built_alike_in_every_language(make: Make, full: Any, tag: str, level: str) -> None:
    english, other = (make(full, notes=True, attribution=level, lang=each) for each in ("en", tag))
    assert list(structure(other)) == list(structure(english))
    assert other.terms.keys() == english.terms.keys()
    assert (other.language, other.as_of) == (tag, english.as_of)


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_of_a_report_stays_in_english(make: Make, full: Any, tag: str) -> None:
    """What the report says itself differs from the English; what people wrote does not."""
    english, other = (make(full, notes=True, lang=each) for each in ("en", tag))
    same = {
        block.text
        for part, twin in zip(english.parts, other.parts, strict=True)
        for block, its in zip(part.blocks, twin.blocks, strict=True)
        if isinstance(block, Paragraph) and block.text == its.text
    }
    assert same == {"Water was shared.", "The meeting aims to:"}
    fixed = {key for key in english.terms if english.terms[key] == other.terms[key]}
    assert {english.terms[key] for key in fixed} <= SAME | {":"}


def test_a_french_report(make: Make, full: Any) -> None:
    document = make(full, lang="fr", rehearsal=True)
    assert document.title == "Répétition\u00a0: Small Meeting"
    assert document.stamp == "PROJET · RÉPÉTITION\u00a0: ceci n’est pas le compte rendu d’une réunion"
    assert document.masthead[1].text == "Projet, état au 1er mars 2024 à 09:35 (Africa/Tunis)"
    told = [block.text for part in document.parts for block in part.blocks if isinstance(block, Paragraph)]
    assert "4 recommandations ont été formulées\u00a0: 2 proposées, 1 convenue et 1 entre crochets." in told
    assert "Les recommandations suivantes ont été formulées par le groupe North\u00a0:" in told
    items = {block.label: block.note for part in document.parts for block in part.blocks if isinstance(block, Item)}
    assert items["North 1"] == "convenue, Séance 2\u00a0; fait partie de Commune 1"
    assert items["Séance 1.1"] == "appui\u00a0: un groupe et la plupart des participants"


def test_a_spanish_report(make: Make, full: Any) -> None:
    document = make(full, lang="es")
    assert document.masthead[0].text == "Proyecto, situación al 1 de marzo de 2024, 09:35 (Africa/Tunis)"
    told = [block.text for part in document.parts for block in part.blocks if isinstance(block, Paragraph)]
    assert "La reunión se celebró en Tunis el 1 de marzo de 2024 bajo el lema «Rivers & roads»." in told
    assert "El grupo South formuló la siguiente recomendación:" in told
    assert [part.number for part in document.parts][-1] == "Anexo IV"


def test_an_english_report_reads_no_catalogue_and_none_needs_babel() -> None:
    code = (
        "import json, sys\n"
        "from grcp_cli.report.language import Language\n"
        "before = 'gettext' in sys.modules\n"
        "Language('fr')\n"
        "print(json.dumps([before, 'babel' in sys.modules]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == [False, False]
