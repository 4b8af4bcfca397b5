"""The address slip of a talk of one question: where to go, on A5 or A4, without name or number (DOMAIN 2.1-3, 6.14)."""

from __future__ import annotations

from intake_app.domain.plan import PlanOffer
from intake_app.i18n.gettext import mark
from intake_app.i18n.phrases import catalogue_text
from intake_app.plan.content import Block, Box, Pictured, Rules, Sheet, Text
from intake_app.plan.parts import Writer
from intake_app.plan.voice import coded, dated, number

_MOST_ON_A_SLIP = 3


def address_sheet(writer: Writer) -> Sheet:
    """Each organisation with what it is for, desk, phone and hours; what to ask for; and room to write."""
    document = writer.document
    blocks: list[Block] = []
    if document.question:
        asked = writer.line(
            mark("Mijn vraag gaat over: {question}."), "lead", question=coded("question", document.question)
        )
        blocks.append(Pictured("question", (asked,)))
    places = [referral.organisation for referral in document.referrals if not referral.sensitive]
    if places:
        blocks.append(writer.heading(mark("Hier kan ik terecht")))
        blocks += [writer.address(place) for place in places]
    if document.offers:
        blocks.append(writer.heading(mark("Hier kan ik naar vragen")))
        blocks += [_offer(writer, offer) for offer in document.offers]
    if document.installation.phone:
        call = writer.line(mark("Een vraag? Bel {location}"), location=writer.location)
        phone = Text(writer.voice.name(number(document.installation.phone)), "strong")
        blocks.append(Pictured("plan_phone", (call, phone)))
    blocks += [writer.heading(mark("Dit wil ik nog vragen")), Rules(2)]
    last = [writer.line(mark("Adressen en tijden kunnen veranderen. Bel eerst even."), "small")]
    if document.language_state != "reviewed" and writer.voice.code != "nl":
        last.append(writer.line(mark("Vertaald met de computer. Vraag het als iets niet klopt."), "small"))
    return Sheet(
        kind=writer.kind,
        language=writer.voice.code,
        title=writer.say(mark("Mijn adressen")),
        pages=(tuple(blocks),),
        footer=writer.voice.value(dated(document.made_on)),
        banner=writer.say(mark("OEFENING: dit is geen echt plan")) if document.practice else None,
        # more than a few do not fit on a slip of two sides
        paper="A5" if len(places) + len(document.offers) <= _MOST_ON_A_SLIP else "A4",
        last=tuple(last),
    )


def _offer(writer: Writer, offer: PlanOffer) -> Block:
    """What it is called and, small, what it is; always to be asked for, never promised."""
    title = Text(writer.voice.catalogue(f"offer:{offer.offer}", offer.label_nl), "strong")
    found = writer.catalogue.offers.get(offer.offer)
    if found is None:
        return Box((title,))
    told = Text(writer.voice.each(lambda code: catalogue_text(f"offer_text:{found.id}", found.text_nl, code)))
    return Box((title, told))
