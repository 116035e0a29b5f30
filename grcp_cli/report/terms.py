"""What formats need to say of themselves, in the report's language; `Document.terms` always holds all of it.

- Around the text: `contents`, `back`, `skip`, `made` (the colophon's heading), `colon` (what stands behind a name),
  `page` (`Page {number} of {total}`), `words` (`{count} words`), `draft`, `final`, `adopted`, `rehearsal`, `annex`,
  `paragraph`, `table`, `chart`, `yes`, `cut` (behind a text that is not whole), `legend` (of the signs for where a
  group stands on a common recommendation).
- Heads of columns: `number`, `label`, `kind`, `session`, `question`, `group`, `speaker`, `text`, `note`, `status`,
  `decided`, `partners`, `cluster`, `support`, `oppose`, `across`, `owner`, `due`, `id`, `sources`, `planned`, `used`.
- Names of sheets, 31 letters at most: `sheet-report`, `sheet-recommendations`, `sheet-across`, `sheet-actions`,
  `sheet-entries`, `sheet-agenda`, `sheet-participants`, `sheet-speaking-time`, `sheet-unanswered`.
- Each kind in the singular, `kind-note` to `kind-reservation`, and `kind-cluster`; each status of an entry of any
  kind, `status-proposed` to `status-withdrawn`, and `status-contested`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import word
from .phrases import KINDS, LEGEND, STATUSES

if TYPE_CHECKING:
    from .language import Language

_WORDS = {
    "contents": word("Contents"),
    "back": word("Back to the contents"),
    "skip": word("Skip to the content"),
    "made": word("How this report was made"),
    "draft": word("Draft"),
    "final": word("Final"),
    "adopted": word("Adopted"),
    "rehearsal": word("Rehearsal"),
    "annex": word("Annex"),
    "paragraph": word("Paragraph"),
    "table": word("Table"),
    "chart": word("Chart"),
    "yes": word("yes"),
    "legend": LEGEND,
    "number": word("No."),
    "label": word("Label"),
    "kind": word("Kind"),
    "session": word("Session"),
    "question": word("Question"),
    "group": word("Group"),
    "speaker": word("Speaker"),
    "text": word("Text"),
    "note": word("Note"),
    "status": word("Status"),
    "decided": word("Decided in"),
    "partners": word("Partners"),
    "cluster": word("Common recommendation"),
    "support": word("Supported by"),
    "oppose": word("Opposed by"),
    "across": word("Across groups"),
    "owner": word("Owner"),
    "due": word("Due"),
    "id": word("Entry"),
    "sources": word("Sources"),
    "planned": word("Planned"),
    "used": word("Used"),
    "cut": word("… [cut: a cell holds no more]"),
    "sheet-report": word("Report"),
    "sheet-recommendations": word("Recommendations"),
    "sheet-across": word("Across groups"),
    "sheet-actions": word("Actions"),
    "sheet-entries": word("Entries"),
    "sheet-agenda": word("Agenda as held"),
    "sheet-participants": word("Participants"),
    "sheet-speaking-time": word("Speaking time"),
    "sheet-unanswered": word("What is missing"),
}


def terms(language: Language) -> dict[str, str]:
    """All of them."""
    told = {key: language.say(text) for key, text in _WORDS.items()}
    told["colon"] = language.say_as("after a name", ":")
    # Filled by the format, so the places stay.
    told["page"] = language.say("Page {number} of {total}", number="{number}", total="{total}")
    told["words"] = language.say("{count} words", count="{count}")
    told.update({f"kind-{kind}": language.tell(*names, 1) for kind, names in KINDS.items()})
    told["kind-cluster"] = language.say("common recommendation")
    told.update({f"status-{status}": language.say(text) for status, text in STATUSES.items()})
    return told
