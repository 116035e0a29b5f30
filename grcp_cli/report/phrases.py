"""The report's own words by kind, status and the like, as the catalogues have them."""

from __future__ import annotations

from grcp_cli.meeting.contested import CONTESTED

from .language import word, words, words_as

LANGUAGES = {
    "ar": word("Arabic"),
    "en": word("English"),
    "es": word("Spanish"),
    "fr": word("French"),
    "ru": word("Russian"),
    "zh": word("Chinese"),
}

LEGEND = word(
    "A group that brought a recommendation in has its label; ✓ supports, ✗ opposes, blank: no position recorded."
)
"""What the cells of common recommendations against groups say."""

KINDS = {
    "note": words("note", "notes"),
    "achievement": words("achievement", "achievements"),
    "lesson": words("lesson learnt", "lessons learnt"),
    "practice": words("effective practice", "effective practices"),
    "recommendation": words("recommendation", "recommendations"),
    "partnership": words("partnership", "partnerships"),
    "resource": words("resource", "resources"),
    "measure": words("way of measuring", "ways of measuring"),
    "action": words("action", "actions"),
    "agreement": words("agreement", "agreements"),
    "divergence": words("divergence of views", "divergences of views"),
    "reservation": words("reservation", "reservations"),
}
"""Each kind in the singular and the plural."""

LEADS = {
    "achievement": words("The following achievement was recorded:", "The following achievements were recorded:"),
    "lesson": words("The following lesson learnt was recorded:", "The following lessons learnt were recorded:"),
    "practice": words(
        "The following effective practice was recorded:", "The following effective practices were recorded:"
    ),
    "recommendation": words("The following recommendation was made:", "The following recommendations were made:"),
    "partnership": words("The following partnership was recorded:", "The following partnerships were recorded:"),
    "resource": words("The following resource was recorded:", "The following resources were recorded:"),
    "measure": words("The following way of measuring was recorded:", "The following ways of measuring were recorded:"),
    "action": words("The following action was recorded:", "The following actions were recorded:"),
    "agreement": words("The following agreement was recorded:", "The following agreements were recorded:"),
    "divergence": words(
        "The following divergence of views was recorded:", "The following divergences of views were recorded:"
    ),
    "reservation": words("The following reservation was made:", "The following reservations were made:"),
}
"""What introduces a list of a kind."""

LEADS_BY = {
    "achievement": words(
        "The following achievement was recorded by {group}:", "The following achievements were recorded by {group}:"
    ),
    "lesson": words(
        "The following lesson learnt was recorded by {group}:",
        "The following lessons learnt were recorded by {group}:",
    ),
    "practice": words(
        "The following effective practice was recorded by {group}:",
        "The following effective practices were recorded by {group}:",
    ),
    "recommendation": words(
        "The following recommendation was made by {group}:", "The following recommendations were made by {group}:"
    ),
    "partnership": words(
        "The following partnership was recorded by {group}:", "The following partnerships were recorded by {group}:"
    ),
    "resource": words(
        "The following resource was recorded by {group}:", "The following resources were recorded by {group}:"
    ),
    "measure": words(
        "The following way of measuring was recorded by {group}:",
        "The following ways of measuring were recorded by {group}:",
    ),
    "action": words("The following action was recorded by {group}:", "The following actions were recorded by {group}:"),
    "agreement": words(
        "The following agreement was recorded by {group}:", "The following agreements were recorded by {group}:"
    ),
    "divergence": words(
        "The following divergence of views was recorded by {group}:",
        "The following divergences of views were recorded by {group}:",
    ),
    "reservation": words(
        "The following reservation was made by {group}:", "The following reservations were made by {group}:"
    ),
}
"""What introduces a list of a kind that is one group's."""

STATUSES = {
    "proposed": word("proposed"),
    "agreed": word("agreed"),
    "bracketed": word("in brackets"),
    "bis": word("alternative (bis)"),
    "not-agreed": word("not agreed"),
    "deferred": word("deferred"),
    "withdrawn": word("withdrawn"),
    CONTESTED: word("in conflict"),
}
"""How an entry of any kind stands: a translation agrees with no noun."""

RECOMMENDED = {
    "proposed": words_as("recommendations", "proposed", "proposed"),
    "agreed": words_as("recommendations", "agreed", "agreed"),
    "bracketed": words_as("recommendations", "in brackets", "in brackets"),
    "bis": words_as("recommendations", "alternative (bis)", "alternative (bis)"),
    "not-agreed": words_as("recommendations", "not agreed", "not agreed"),
    "deferred": words_as("recommendations", "deferred", "deferred"),
    "withdrawn": words_as("recommendations", "withdrawn", "withdrawn"),
    CONTESTED: words_as("recommendations", "in conflict", "in conflict"),
}
"""How recommendations stand."""

SET_ASIDE = {
    "not-agreed": words(
        "The following common recommendation was not agreed:", "The following common recommendations were not agreed:"
    ),
    "withdrawn": words(
        "The following common recommendation was withdrawn:", "The following common recommendations were withdrawn:"
    ),
    "deferred": words(
        "The following common recommendation was deferred:", "The following common recommendations were deferred:"
    ),
    CONTESTED: words(
        "It is in conflict how the following common recommendation stands:",
        "It is in conflict how the following common recommendations stand:",
    ),
}
"""What introduces common recommendations of which the report does not say that they work across groups."""

FIELDS = {
    "kind": word("what kind it is"),
    "question": word("the question it belongs to"),
    "speaker": word("the speaker"),
    "group": word("the group"),
    "tags": word("the partners"),
    "owner": word("the owner"),
    "due": word("when it is due"),
    "order": word("its place"),
    "sources": word("what it rests on"),
    "targets": word("what it was made of"),
    "support": word("who supports or opposes it"),
}
"""What of an entry may be in conflict besides its text and how it stands."""

ATTRIBUTIONS = {
    "none": word("Views are given without the names of those who spoke"),
    "chatham": word("Chatham House Rule: neither speakers nor participants are identified"),
    "group": word("Speakers are identified by their group only"),
    "full": word("Speakers are named"),
}

PARTICIPANTS = {
    "state": word("States"),
    "iscm": word("ISCMs"),
    "organization": word("organizations"),
    "observer": word("observers"),
    "guest": word("guests"),
    "group": word("groups"),
}
"""Kinds of participants."""

GROUPS = {
    "one": word("one group"),
    "two": word("two groups"),
    "several": word("several groups"),
    "many": word("many groups"),
    "most": word("most groups"),
}
PEOPLE = {
    "one": word("one participant"),
    "two": word("two participants"),
    "several": word("several participants"),
    "many": word("many participants"),
    "most": word("most participants"),
}
