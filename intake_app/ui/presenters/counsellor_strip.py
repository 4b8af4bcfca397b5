"""What the counsellor sees beside a talk: how to ask, what shows already, how long, and a note. All in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from intake_app.i18n.gettext import mark, translator
from intake_app.services.conversation import Conversation
from intake_app.services.talk import generic

MOST_SKILLS = 5
# Translators: {count} is a number of minutes.
RUNNING = mark("{count} min bezig")
# Translators: {running} and {left} are numbers of minutes.
RUNNING_LEFT = mark("{running} min bezig, nog ongeveer {left} min")
NOTHING_YET = mark("Er is nog niets gezien.")
# Translators: {count} is a number of skills.
SEEN = mark("Vaardigheden gezien: {count}")
_KINDS: Mapping[str, str] = {
    "card": mark("kaart"),
    "job": mark("werk"),
    "job_task": mark("taak"),
    "own": mark("zelf gezegd"),
    "paper": mark("papier"),
}
HINTS: Mapping[str, tuple[str, ...]] = {
    "A": (
        mark("Ga naast elkaar zitten, zodat u samen op het scherm kijkt."),
        mark("Vraag eerst hoe u iemand mag noemen."),
    ),
    "B": (
        mark("Lees deze tekst zelf voor, of laat de tolk dat doen."),
        mark("Nee is ook goed. Laat een stilte vallen en wacht het antwoord af."),
    ),
    "C": (mark("Vraag alleen wat er staat. Een paspoort of nummer is niet nodig."),),
    "D": (
        mark("Vraag: hoe ziet een gewone dag eruit?"),
        mark("Oordeel niet over werk, zorg of uitkering. Schrijf op wat er nu is."),
    ),
    "E": (mark("Vraag niet naar het papier zelf. Alleen of het er is."),),
    "F": (
        mark("Dit is geen toets. Zeg: wat lukt u vandaag al?"),
        mark("Vraag naar iets van gisteren: een brief, een formulier, een appje."),
    ),
    "G": (mark("Ook een school die niet is afgemaakt telt mee. Vraag: wat leerde u daar?"),),
    "H": (
        mark("Vraag door: wat deed u daar precies, stap voor stap?"),
        mark("Ook helpen in een winkel, op het land of bij familie is werk."),
    ),
    "I": (
        mark("Vraag: wanneer deed u dit voor het laatst? Deed u het alleen?"),
        mark("Laat de deelnemer zelf de kaarten aanwijzen. Wacht met meedenken."),
    ),
    "J": (mark("Vraag niet of het kan, alleen of het leuk lijkt."),),
    "K": (mark("Vraag: wat moet er zeker in zitten, anders begint u er niet aan?"),),
    "L": (mark("Vraag: op welke dag of tijd kan het echt niet?"),),
    "M": (mark("Iedereen heeft soms hulp nodig. Vraag wat, niet waarom."),),
    "N": (mark("Vraag: van wie leerde u vroeger iets goed? Hoe ging dat?"),),
    "O": (mark("Kijk de ander aan, niet het scherm."),),
    "P": (
        mark("De deelnemer kiest. Vraag: wat spreekt u hierin aan?"),
        mark("Nog niet weten mag ook. Dan is rondkijken de eerste stap."),
    ),
    "Q": (mark("Maak de stap klein: wat gaat u deze week doen, en wie helpt?"),),
    "R": (mark("Laat de deelnemer in eigen woorden vertellen wat de eerste stap is."),),
    "X": (mark("Schrijf alleen over werk en leren. De deelnemer mag dit lezen."),),
}
"""How to ask, by section; DOMAIN 2 gives the questions, DOMAIN 1 and 4.4 the stance."""


@dataclass(frozen=True)
class StripFacts:
    """What the strip shows. `note_ref` is "" where no note can be kept."""

    time: str
    hints: tuple[str, ...]
    seen: str
    evidence: tuple[str, ...]
    note_ref: str
    note: str


def strip_facts(conversation: Conversation, section: str, began: datetime, now: datetime, left: int) -> StripFacts:
    """The facts as the talk stands. `left` is how many minutes are still to come, 0 where nobody knows."""
    say = translator("nl").text
    hints = tuple(say(hint) for hint in HINTS.get(section, ()))
    seen, evidence = _evidence(conversation)
    ref = note_ref(conversation)
    note = conversation.talk.entry.value(ref) if ref else ""
    return StripFacts(time_line(began, now, left), hints, seen, evidence, ref, note)


def time_line(began: datetime, now: datetime, left: int) -> str:
    """How long the talk lasts, and about how long still."""
    running = max(0, round((now - began).total_seconds() / 60))
    say = translator("nl").text
    if left:
        return say(RUNNING_LEFT).format(running=running, left=left)
    return say(RUNNING).format(count=running)


def note_ref(conversation: Conversation) -> str:
    """The question of the note, where this counsellor may write one and the talk is written down; else ""."""
    talk = conversation.talk
    ref = talk.answers.ref("note") or ""
    if not ref or not talk.recording or not talk.entry.node(ref).relevant:
        return ""
    return "" if talk.definition.binds[generic(ref)].tags.get("not_for") == talk.context.role else ref


def _evidence(conversation: Conversation) -> tuple[str, tuple[str, ...]]:
    say, catalogue = translator("nl").text, conversation.keeper.catalogue
    skills = conversation.keeper.profile().skills
    if not skills:
        return say(NOTHING_YET), ()
    best = sorted(skills.values(), key=lambda one: (-len(one.evidence), one.skill))[:MOST_SKILLS]
    lines = []
    for one in best:
        known = catalogue.skills.get(one.skill)
        kinds = dict.fromkeys(say(_KINDS[e.kind]) for e in one.evidence if e.kind in _KINDS)
        if known is not None:
            lines.append(f"{known.label_nl} ({', '.join(kinds)})" if kinds else known.label_nl)
    return say(SEEN).format(count=len(skills)), tuple(lines)
