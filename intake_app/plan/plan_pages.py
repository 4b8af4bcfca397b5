"""The plan itself: the fridge page, page two, and the private sheet (DOMAIN 6.1-6.8)."""

from __future__ import annotations

from intake_app.domain.plan import PlanDirection, PlanOffer
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import fit_sentence, reason_sentence
from intake_app.plan.content import Block, Box, Check, Pair, Pictured, Pictures, Rules, Sheet, Text
from intake_app.plan.parts import Writer, sentences
from intake_app.plan.voice import coded, labels, number

_WHY = (
    ReasonCode.OWN_IDEA,
    ReasonCode.NEAR_YOUR_WORK,
    ReasonCode.CAN_ALREADY,
    ReasonCode.CARD_SHOWS,
    ReasonCode.LIKED_CARD,
    ReasonCode.INTEREST_FITS,
    ReasonCode.WISH_SECTOR,
    ReasonCode.WISH_LEARN_KIND,
    ReasonCode.WISH_BODY,
    ReasonCode.GROWTH_STEP,
    ReasonCode.ENTRY_NOW,
)
_LEARN = (
    ReasonCode.LANGUAGE_FIRST,
    ReasonCode.LANGUAGE_AT_WORK,
    ReasonCode.STILL_LEARN,
    ReasonCode.LEVEL_GAP,
    ReasonCode.NO_CORE_SKILL,
)
_NEEDED = (ReasonCode.NEEDED, ReasonCode.VOG_ASKED, ReasonCode.REGULATED_NO_PROOF, ReasonCode.NOTE_LICENCE)
_NOTES = (
    ReasonCode.IMPORTED_LIST,
    ReasonCode.NOTE_EARLY_SHIFT,
    ReasonCode.NOTE_CHILDCARE_FIRST,
    ReasonCode.NOTE_FIXED_HOURS,
    ReasonCode.WISH_AVOIDED,
)
_CHANCE = (ReasonCode.DEMAND_HIGH, ReasonCode.DEMAND_UNKNOWN, ReasonCode.CHECK_DATE)
_WHY_LIMIT = 2
"""Reasons per direction on paper, the strongest first; one when three directions share the page."""

_SKILLS = 3


def plan_sheet(writer: Writer) -> Sheet:
    """Two pages: what hangs on the fridge, and where it leads."""
    return writer.sheet(
        writer.named(mark("Mijn plan: {name}"), mark("Mijn plan")),
        (_fridge(writer), _page_two(writer)),
        qr=writer.document.plan_number,
        roomy=True,
        last=writer.last_lines(),
    )


def private_sheet(writer: Writer) -> Sheet:
    """What nobody else needs to see: sensitive help, private steps, what stands in the way."""
    document = writer.document
    blocks: list[Block] = [Pictured("plan_private", (writer.line(mark("Dit blad is alleen voor u."), "lead"),))]
    if document.obstacles:
        blocks.append(writer.heading(mark("Hier wil ik hulp bij")))
        blocks.append(Text(writer.voice.value(coded("obstacle", document.obstacles))))
    private = writer.private_steps()
    if private:
        blocks.append(writer.heading(mark("Mijn stappen")))
        blocks += [writer.empty_check(step) for step in private]
    referrals = [referral for referral in document.referrals if referral.sensitive]
    if referrals:
        blocks.append(writer.heading(mark("Hulp en adressen")))
        blocks += [writer.referral(referral) for referral in referrals]
    if len(blocks) == 1:
        blocks.append(writer.line(mark("Hier staat nu niets. U kunt er zelf iets opschrijven.")))
    blocks += [writer.heading(mark("Dit wil ik nog vragen")), Rules(4)]
    return writer.sheet(writer.named(mark("Privé: {name}"), mark("Privé")), (tuple(blocks),), last=writer.last_lines())


def _fridge(writer: Writer) -> tuple[Block, ...]:
    document = writer.document
    steps = writer.visible_steps()
    first: list[Block] = [writer.heading(mark("Mijn eerste stap"))]
    first.append(Pictured("plan_step", writer.step(steps[0], "lead")) if steps else Rules(2))
    blocks: list[Block] = [
        Box(tuple(first)),
        Box((writer.heading(mark("Onze afspraak")), Pictured("plan_calendar", (writer.appointment(),)))),
    ]
    if document.installation.phone:
        call = writer.line(mark("Een vraag? Bel {location}"), location=writer.location)
        phone = Text(writer.voice.name(number(document.installation.phone)), "phone")
        blocks.append(Pictured("plan_phone", (call, phone)))
    strengths = _strength_pictures(writer)
    if strengths:
        blocks += [writer.heading(mark("Dit kan ik")), Pictures(strengths)]
    blocks += [writer.heading(mark("Dit wil ik nog vragen")), Rules(3)]
    return tuple(blocks)


def _strength_pictures(writer: Writer) -> tuple[tuple[str, Pair], ...]:
    """Three strengths, each with the picture of a card of this person that shows it, no picture twice."""
    catalogue, used = writer.catalogue, set[str]()
    items = []
    for skill in [item for item in writer.document.strengths if item in catalogue.skills][:3]:
        own = [card for card in writer.document.strength_cards if card in catalogue.cards]
        others = [card for card in catalogue.cards if card not in own]
        showing = [card for card in (*own, *others) if skill in catalogue.cards[card].skills and card not in used]
        picture = f"card_{showing[0]}" if showing else "skill"
        used.update(showing[:1])
        items.append((picture, writer.voice.catalogue(f"skill:{skill}", catalogue.skills[skill].label_nl)))
    return tuple(items)


def _page_two(writer: Writer) -> tuple[Block, ...]:
    document = writer.document
    blocks: list[Block] = []
    if document.goal is not None or document.question:
        blocks += _goal(writer)
    blocks += _directions(writer)
    if document.interests or document.values:
        blocks += _liked(writer)
    steps = writer.visible_steps()[:3]
    if steps:
        blocks.append(writer.part(mark("Mijn stappen")))
        blocks += [writer.empty_check(step) for step in steps]
    if document.offers:
        blocks.append(writer.part(mark("Misschien ook iets voor mij")))
        blocks += [_offer(writer, offer) for offer in document.offers]
    referrals = [referral for referral in document.referrals if not referral.sensitive]
    if referrals:
        blocks.append(writer.part(mark("Hulp en adressen")))
        blocks += [writer.referral(referral) for referral in referrals]
    again = [writer.appointment("body").pair]
    if writer.has_appointment:
        again.insert(0, writer.say(mark("We spreken elkaar weer:")))
    blocks.append(Pictured("plan_calendar", (Text(sentences(again), "strong"),)))
    return tuple(blocks)


def _goal(writer: Writer) -> list[Block]:
    document = writer.document
    texts: list[Text] = []
    if document.goal is not None:
        texts.append(Text(writer.own(document.goal), "lead"))
    if document.question:
        texts.append(writer.line(mark("Mijn vraag: {question}."), question=coded("question", document.question)))
    return [writer.part(mark("Mijn doel")), Pictured("plan_goal", tuple(texts))]


def _directions(writer: Writer) -> list[Block]:
    document = writer.document
    if not document.directions:
        text = mark("Ik kies nog niet. Dat is goed. Wij kijken samen verder.")
        return [writer.part(mark("Richtingen die passen")), writer.line(text)]
    note = writer.line(mark("Dit is een idee. U kiest zelf."))
    blocks = [direction_box(writer, direction) for direction in document.directions[:3]]
    return [writer.part(mark("Richtingen die passen")), note, *blocks]


def occupation_label(direction: PlanDirection) -> tuple[str, str]:
    """Context and Dutch name of a direction."""
    return f"occupation:{direction.occupation}", direction.label_nl


def direction_box(writer: Writer, direction: PlanDirection) -> Box:
    """One direction: why it fits, what to learn, what is needed, how the work is, the chance of work."""
    title = writer.voice.each(
        lambda code: f"{labels([occupation_label(direction)])(code)} · {fit_sentence(direction.fit, code)}"
    )
    work = [*_needs(writer, direction)]
    if direction.body:
        work.append(writer.say(mark("Zo is het werk: {body}."), body=coded("body", direction.body)))
    work += _said(writer, direction, _NOTES)
    chance = _said(writer, direction, _CHANCE) or [_chance(writer, direction)]
    lines = (
        _said(writer, direction, _WHY)[: _WHY_LIMIT - (len(writer.document.directions) > 2)],
        _learning(writer, direction),
        [*work, *chance, *_route(writer, direction)],
    )
    paragraphs = [Text(sentences(pairs)) for pairs in lines if pairs]
    picture, texts = f"occupation_{direction.occupation}", (Text(title, "item"), *paragraphs)
    return Box((Pictured(picture, texts, or_else=f"sector_{direction.sector}" if direction.sector else "plan_goal"),))


def _said(writer: Writer, direction: PlanDirection, codes: tuple[ReasonCode, ...]) -> list[Pair]:
    ordered = sorted((r for r in direction.reasons if r.code in codes), key=lambda reason: codes.index(reason.code))
    return [_reason(writer, reason) for reason in ordered]


def _reason(writer: Writer, reason: Reason) -> Pair:
    return writer.voice.each(lambda code: reason_sentence(reason, code, writer.catalogue))


def _learning(writer: Writer, direction: PlanDirection) -> list[Pair]:
    said = _said(writer, direction, _LEARN)
    if direction.missing_skills and all(reason.code is not ReasonCode.STILL_LEARN for reason in direction.reasons):
        said.append(_reason(writer, Reason(ReasonCode.STILL_LEARN, {"skills": direction.missing_skills[:_SKILLS]})))
    return said


def _needs(writer: Writer, direction: PlanDirection) -> list[Pair]:
    """What the work asks: from the reasons, else from the document's own list of codes or texts."""
    said = _said(writer, direction, _NEEDED)
    if said:
        return said
    occupation = writer.catalogue.occupations.get(direction.occupation)
    requirements = occupation.requirements if occupation else ()
    known = {key: item for item in requirements for key in (item.code, item.text_nl)}
    for entry in direction.requirements:
        code = known[entry].code if entry in known else entry
        text = known[entry].text_nl if entry in known else entry
        said.append(_reason(writer, Reason(ReasonCode.NEEDED, {"requirement": {"code": code, "text_nl": text}})))
    return said


def _chance(writer: Writer, direction: PlanDirection) -> Pair:
    occupation = writer.catalogue.occupations.get(direction.occupation)
    if occupation is None or not occupation.is_kansberoep:
        return _reason(writer, Reason(ReasonCode.DEMAND_UNKNOWN))
    source = occupation.provenance
    params: dict[str, object] = {"source": source.source, "date": source.checked_on}
    return _reason(writer, Reason(ReasonCode.DEMAND_HIGH, params))


def _route(writer: Writer, direction: PlanDirection) -> list[Pair]:
    """The chosen way, and the cautions that belong to the occupation or to that way."""
    said = []
    if direction.chosen_route:
        said.append(writer.say(mark("Mijn weg: {route}."), route=coded("route", [direction.chosen_route])))
    # which cautions hold was decided with the route; the reasons know nothing of it
    known = {item.value: item for item in ReasonCode}
    said += [_reason(writer, Reason(known[code])) for code in direction.cautions if code in known]
    return said


def _liked(writer: Writer) -> list[Block]:
    document = writer.document
    blocks: list[Block] = [writer.part(mark("Dit vind ik leuk en belangrijk"))]
    said = []
    if document.interests:
        said.append(writer.say(mark("Leuk: {interests}."), interests=coded("interest", document.interests[:3])))
    if document.values:
        said.append(writer.say(mark("Belangrijk: {values}."), values=coded("value", document.values[:3])))
    return [*blocks, Text(sentences(said))]


def _offer(writer: Writer, offer: PlanOffer) -> Check:
    name = writer.voice.catalogue(f"offer:{offer.offer}", offer.label_nl)
    if offer.is_sample:
        name = writer.say(mark("{offer} (voorbeeld)"), offer=labels([(f"offer:{offer.offer}", offer.label_nl)]))
    reasons = [_reason(writer, reason) for reason in offer.reasons]
    return Check((Text(name, "strong"), *([Text(sentences(reasons))] if reasons else [])))
