"""The words for codes of choice lists, as they stand inside the sentences of the plan."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.i18n.gettext import mark

_INTEREST = {
    "R": mark("met uw handen werken"),
    "I": mark("onderzoeken en uitzoeken"),
    "A": mark("iets maken of bedenken"),
    "S": mark("mensen helpen"),
    "E": mark("regelen en verkopen"),
    "C": mark("ordenen en netjes werken"),
}

_VALUE = {
    "income": mark("een goed inkomen"),
    "security": mark("zekerheid"),
    "help_people": mark("mensen helpen"),
    "make_things": mark("iets maken"),
    "colleagues": mark("fijne collega's"),
    "quiet": mark("rust"),
    "decide_self": mark("zelf beslissen"),
    "learn": mark("leren"),
    "near_home": mark("dicht bij huis"),
    "outdoors": mark("buiten zijn"),
    "respect": mark("respect"),
    "fixed_hours": mark("vaste uren"),
}

_KIND = {
    "language": mark("een taalles"),
    "digital": mark("een computerles"),
    "short_course": mark("een korte cursus"),
    "certificate": mark("een certificaat"),
    "diploma": mark("een diploma"),
    "learn_on_job": mark("leren op het werk"),
    "practice_statement": mark("een praktijkverklaring"),
    "look_around": mark("eerst rondkijken"),
    "standing": mark("staan en lopen"),
    "sitting": mark("zitten"),
    "light_lifting": mark("licht tillen"),
    "heavy_lifting": mark("zwaar tillen"),
    "outdoors": mark("buiten zijn"),
    "heights": mark("werken op hoogte"),
    "same_task": mark("steeds hetzelfde werk"),
    "varied": mark("afwisselend werk"),
    "nights": mark("in de nacht werken"),
    "body_care": mark("mensen wassen of verzorgen"),
    "animals": mark("werken met dieren"),
    "meat": mark("werken met vlees"),
    "noise": mark("werken met veel lawaai"),
    "alone": mark("alleen werken"),
    "crowds": mark("werken met veel mensen om u heen"),
    "driving": mark("rijden"),
    "screen": mark("werken met een scherm"),
    "dirty": mark("vuil werk"),
}

_SECTOR = {
    "care": mark("zorg en welzijn"),
    "technology": mark("techniek en industrie"),
    "construction": mark("bouw en installatie"),
    "ict": mark("computers en ICT"),
    "education_childcare": mark("onderwijs en kinderopvang"),
    "logistics": mark("logistiek en vervoer"),
    "green_food": mark("groen, dieren en voedsel"),
    "hospitality_cleaning_services": mark("horeca, schoonmaak en diensten"),
    "admin_personal": mark("kantoor en persoonlijke diensten"),
}

_BODY = {
    "S": mark("staan of lopen"),
    "T": mark("tillen"),
    "R": mark("vaak dezelfde beweging"),
    "B": mark("buiten"),
    "H": mark("op hoogte"),
    "N": mark("ook vroeg, laat of in de nacht"),
    "L": mark("lawaai"),
    "G": mark("stof of dampen"),
    "Z": mark("zitten of een scherm"),
    "M": mark("soms verdrietig of heftig"),
}

_ROUTE = {
    "P": mark("een keer meekijken of meedoen (proeverij)"),
    "W": mark("beginnen met werk en daar leren"),
    "V": mark("leren op het werk met een praktijkverklaring"),
    "C": mark("een certificaat of korte cursus"),
    "E": mark("de entree-opleiding"),
    "B": mark("werken en leren samen (BBL)"),
    "O": mark("naar school (BOL)"),
    "Z": mark("overstappen met scholing (zij-instroom)"),
}

_HANDOVER = {
    "call_now_together": mark("wij bellen nu samen"),
    "go_together": mark("wij gaan samen"),
    "counsellor_calls": mark("mijn begeleider belt"),
    "message": mark("mijn begeleider stuurt een bericht"),
    "participant_goes": mark("ik ga zelf"),
}

_APPOINTMENT = {
    "here": mark("hier"),
    "phone": mark("aan de telefoon"),
    "visit": mark("op bezoek"),
    "none": mark("geen afspraak"),
}

_QUESTION = {
    "work": mark("werk"),
    "language_computer": mark("taal of computer"),
    "school_diploma": mark("school of diploma"),
    "money_papers": mark("geld of papieren"),
    "unsure": mark("ik weet het nog niet"),
}

_OBSTACLE = {
    "money": mark("geld"),
    "care": mark("opvang of zorg thuis"),
    "transport": mark("reizen"),
    "housing": mark("wonen"),
    "confidence": mark("durven"),
    "no_diploma": mark("papieren van school"),
    "paperwork": mark("brieven"),
    "no_network": mark("mensen leren kennen"),
    "bad_school_memory": mark("weer durven leren"),
    "discrimination": mark("eerlijk behandeld worden"),
    "other_no_details": mark("iets anders"),
}

_HOURS = {
    "lt8": mark("minder dan 8 uur"),
    "8_16": mark("8 tot 16 uur"),
    "16_24": mark("16 tot 24 uur"),
    "24_32": mark("24 tot 32 uur"),
    "gt32": mark("meer dan 32 uur"),
}

_PART = {
    "goal": mark("het doel"),
    "strengths": mark("wat ik kan"),
    "directions": mark("de richtingen"),
    "steps": mark("de stappen"),
    "offers": mark("wat er misschien voor mij is"),
    "referrals": mark("de hulp"),
    "appointment": mark("de afspraak"),
}

_DUTCH = {
    "understand": mark("verstaan"),
    "speak": mark("praten"),
    "read": mark("lezen"),
    "write": mark("schrijven"),
}

_MASTERY = {
    "help": mark("met hulp"),
    "alone": mark("doe ik zelf"),
    "teach": mark("leer ik anderen"),
}

_PAPER = {
    "vca": mark("VCA (veilig werken)"),
    "forklift": mark("heftruckcertificaat"),
    "bhv_ehbo": mark("BHV of EHBO"),
    "haccp": mark("HACCP (veilig met eten)"),
    "welding": mark("lasdiploma"),
    "licence_b": mark("rijbewijs B"),
    "licence_c": mark("rijbewijs C"),
    "licence_d": mark("rijbewijs D"),
    "licence_t": mark("rijbewijs T"),
    "code95": mark("code 95"),
    "practice_statement": mark("praktijkverklaring"),
    "mbo_certificate": mark("mbo-certificaat"),
    "evc": mark("ervaringscertificaat (EVC)"),
    "other": mark("een ander papier"),
}

_LEVEL = {
    "primary": mark("basisschool"),
    "pro_vso": mark("praktijkonderwijs of vso"),
    "vmbo": mark("vmbo"),
    "havo_vwo": mark("havo of vwo"),
    "mbo1": mark("mbo 1"),
    "mbo2": mark("mbo 2"),
    "mbo3": mark("mbo 3"),
    "mbo4": mark("mbo 4"),
    "ad": mark("associate degree"),
    "hbo": mark("hbo"),
    "wo": mark("universiteit"),
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "interest": _INTEREST,
    "value": _VALUE,
    "kind": _KIND,
    "sector": _SECTOR,
    "body": _BODY,
    "route": _ROUTE,
    "handover": _HANDOVER,
    "appointment": _APPOINTMENT,
    "question": _QUESTION,
    "obstacle": _OBSTACLE,
    "hours": _HOURS,
    "part": _PART,
    "dutch": _DUTCH,
    "mastery": _MASTERY,
    "paper": _PAPER,
    "level": _LEVEL,
}
"""Kind of list to code to marked Dutch words."""
