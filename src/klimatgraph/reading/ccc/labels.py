"""The words that cities give to what the template asks of an action.

The same words stand before a value, in an outline of one action, and above a column, in a table of
many. Cities change them freely and some keep their own language.
"""

from __future__ import annotations

import re
from typing import Final

_THING: Final = r"(?:action|intervention|measure|activity|activity shift|project|initiative)s?"
_NAMES: Final = (
    rf"(?:name|title|short title) of (?:the )?{_THING}(?: programme)?|{_THING} (?:name|title)"
    r"|name / title|nome (?:dell['’])?azione|nazwa działania|name der ma(?:ß|ss)nahme"
    r"|naam (?:van de )?(?:actie|maatregel)"
)
_LABELS: Final = (
    ("name", _NAMES),
    ("number", rf"(?:no|nr|n|nº|n°)\.?|#|id|code|number|{_THING} (?:code|no\.?|number|id)"),
    ("description", rf"(?:{_THING} descriptions?|descriptions? of (?:the )?{_THING}"
                    r"|descriptions?(?: & data)?|(?:brief|short|detailed) descriptions?"
                    r"|descriptions? of potential .*|descrizione|opis|beschreibung)"),
    ("type", rf"(?:{_THING} types?|types? of {_THING}|typical action|investment type)"),
    ("field", r"fields? of (?:actions?|activity)|sectors?|areas?(?: of action)?|thematic areas?"
              r"|(?:sector|area) of (?:action|activity)|category(?: of action)?|domain|axis"
              r"|sub-?sectors?|impact sector|portfolio|impact pathways?"),
    ("lever", r"syste(?:m|ms|mic|matic) (?:levers?|lift|leverage)(?:\(s\))?"),
    ("outcome", r"(?:(?:early |late )?outcomes?|results?|impact)\b.*b-1\.1.*"
                r"|(?:early |late )?outcomes?"),
    ("scale", rf"(?:{_THING} scale|scale of (?:the )?{_THING}|scope of (?:the )?{_THING})\b.*"),
    ("responsible", r".*\bresponsible\b.*implementation.*"
                    r"|responsible (?:institutions?|bod|entit|part|depart).*"
                    r"|responsib(?:ility|le)"
                    r"|party responsible|implement(?:ing|ation) (?:body|bodies|entity)"
                    r"|lead(?:er)?"),
    ("stakeholders", r"(?:involved stakeholders?|stakeholders? involved|actors involved"
                     r"|stakeholders?)\b.*"),
    ("comments", r"comments (?:on|concerning) (?:the )?implementation\b.*|implementation"),
    ("time", r"timing|time ?frame|time ?line|schedule|time horizon|implementation period"
             r"|(?:start|end) (?:of (?:the )?actions?|date|year)|period"),
    ("renewable", r"(?:generated renewable energy|renewable energy (?:generated|generation))\b.*"),
    ("substituted", r".*\b(?:removed|substituted|replaced)\b.*\b(?:energy|fuel)\b.*"
                    r"|energy.*\b(?:removed|substituted|replaced)\b.*"),
    ("sink", r".*\b(?:compensated)\b.*"),
    ("reduction", r".*(?:ghg|greenhouse gas)\b.*\breductions?\b.*"
                  r"|.*\breductions?\b.*\b(?:co ?2|emissions?)\b.*"
                  r"|.*\b(?:co ?2|emissions?)\b.*\b(?:reductions?|savings?|avoided)\b.*"
                  r"|direct impacts? \((?:reduced|reduction).*"),
    ("cost", r"(?:total|investment)(?: and unit.*)? costs?\b.*|costs?\b.*|capex\b.*|budget\b.*"
             r"|(?:estimated|total) (?:investment|budget|cost)s?\b.*|investments?\b.*"),
    ("funding", r"fund(?:ers|ing).*|financ.*|source of fund.*"),
    ("status", r"status|progress"),
)  # fmt: skip
_PATTERNS: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _LABELS)
_COLUMN_NAME: Final = re.compile(
    rf"(?:list of )?(?:investment |concrete |selected |key |planned )?{_THING}"
    rf"|{_NAMES}|titles?(?: of (?:the )?{_THING})?|{_THING} \(.*\)|list of (?:the )?{_THING}.*"
    r"|names?|azioni?|działani[ea]|ma(?:ß|ss)nahmen?",
    re.IGNORECASE,
)
LONGEST_LABEL: Final = 140
"""Signs of a cell above which it is no label."""

_FIELDS: Final = (
    ("mobility-transport", r"mobilit|transport|traffic|mobilność|vervoer|verkehr|trasporti"),
    ("waste-circular-economy", r"waste|circular|rifiuti|odpad|afval|abfall|kreislauf"),
    ("green-infrastructure-nature-based-solutions",
     r"green infra|nature|afolu|sink|sequest|land use|biodivers|greening|forest|water"),
    ("built-environment", r"built|building|residential|tertiary|dwelling|construction|housing"
                          r"|edifici|budyn|gebouw|gebäude"),
    ("energy-systems", r"energ|heat|electric|power"),
    ("cross-cutting", r"cross|horizontal|governance|transvers|overarching"),
)  # fmt: skip
_FIELD: Final = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _FIELDS)


def label_of(cell: str) -> str | None:
    """The attribute of an action that a cell in an outline is the label of.

    Examples
    --------
    >>> label_of("Removed/substituted energy, volume or fuel type"), label_of("Intervention name")
    ('substituted', 'name')
    """
    words = cell.strip(" :.*")
    if not words or len(words) > LONGEST_LABEL:
        return None
    return next((name for name, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def column_of(cell: str) -> str | None:
    """The attribute of an action that a column with this head holds.

    Examples
    --------
    >>> column_of("List of actions"), column_of("CapEx [Mln€]"), column_of("Remarks")
    ('name', 'cost', None)
    """
    words = re.sub(r"^\d+\s+", "", cell.strip(" :.*"))
    if not words or len(words) > LONGEST_LABEL:
        return None
    return "name" if _COLUMN_NAME.fullmatch(words) else label_of(words)


def field_of(words: str) -> str | None:
    """The code of the field of action that words name; of several, the one named first.

    Examples
    --------
    >>> field_of("Energy systems & Built environment"), field_of("Culture")
    ('energy-systems', None)
    """
    found = [(match.start(), code) for code, pattern in _FIELD if (match := pattern.search(words))]
    return min(found)[1] if found else None
