"""Developer's samples: one example question for every control of the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from intake_app.ui.controls import ChoiceModel, Found, QuestionModel, RowModel
from intake_app.ui.gallery_texts import texts
from intake_app.ui.widgets import Pair

SECTIONS = ["A", "B", "C", "D", "P", "H", "I", "G", "F", "M", "K", "L", "N", "Q", "R"]


class Samples:
    """Example questions in one talk language; texts without a translation there are shown as gaps."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._own = texts(language)

    def pair(self, dutch: str) -> Pair:
        """A text in both languages."""
        return Pair(dutch if self.language == "nl" else self._own.get(dutch, ""), dutch, self.language)

    def choices(self, *rows: tuple[str, str, str]) -> tuple[ChoiceModel, ...]:
        """Choices from (value, Dutch, pictogram); a value that begins with ! is exclusive."""
        return tuple(
            ChoiceModel(value.lstrip("!"), self.pair(dutch).own, dutch, picture, value.startswith("!"))
            for value, dutch, picture in rows
        )

    def question(self, dutch: str, hint: str = "", **more: object) -> QuestionModel:
        """A question with its texts."""
        label, hinted = self.pair(dutch), self.pair(hint)
        return QuestionModel(
            "/data/q", own_label=label.own, dutch_label=dutch, own_hint=hinted.own, dutch_hint=hint,
            language=self.language, **more,
        )  # fmt: skip


def _yes_no(s: Samples) -> QuestionModel:
    return s.question(
        "Mag ik uw antwoorden op deze laptop bewaren? Dan maken wij samen een plan.",
        control="select1",
        appearance=("intake-consent",),
        picture="write_down",
        choices=s.choices(("yes", "Ja", "check"), ("no", "Nee", "cross")),
    )


def _own_question(s: Samples) -> QuestionModel:
    return s.question(
        "Waarmee kan ik u vandaag helpen?",
        control="select",
        max_choices=2,
        value="work",
        choices=s.choices(
            ("work", "Werk", "work"),
            ("language_computer", "Taal of computer", "computer"),
            ("school_diploma", "School of diploma", "school"),
            ("money_papers", "Geld of papieren", "coins"),
            ("unsure", "Weet ik niet", "question"),
        ),
    )


def _work_now(s: Samples) -> QuestionModel:
    return s.question(
        "Heeft u nu betaald werk?",
        control="select1",
        value="no",
        picture="work",
        choices=s.choices(
            ("employee", "Ja, in loondienst", ""),
            ("agency_flex", "Ja, via een uitzendbureau", ""),
            ("self_employed", "Ja, als zelfstandige", ""),
            ("no", "Nee", ""),
            ("skip", "Wil ik niet zeggen", ""),
        ),
    )


def _rather_not(s: Samples) -> QuestionModel:
    return s.question(
        "Wat wilt u liever niet doen? U hoeft niet te zeggen waarom.",
        control="select",
        value="nights noise",
        choices=s.choices(
            ("nights", "Werken in de nacht", "moon"),
            ("heights", "Werken op hoogte", "ladder"),
            ("body_care", "Mensen wassen en aankleden", "care"),
            ("animals", "Werken met dieren", "cow"),
            ("noise", "Veel lawaai", "noise"),
            ("alone", "Alleen werken", "person"),
            ("driving", "Autorijden", "car"),
            ("screen", "Achter een scherm werken", "computer"),
            ("dirty", "Vies werk", "bucket"),
            ("!none", "Niets van dit alles", "check"),
        ),
    )


def _faces(s: Samples) -> QuestionModel:
    return s.question(
        "Een nieuw recept of idee bedenken",
        "Lijkt u dit leuk?",
        control="select1",
        appearance=("intake-faces",),
        picture="ri_a4",
        choices=s.choices(
            ("fun", "Leuk", "smile3_fun"),
            ("unsure", "Weet ik niet", "smile3_unsure"),
            ("not", "Niet voor mij", "smile3_not"),
        ),
    )


def _ladder(s: Samples) -> QuestionModel:
    words = (
        "Hallo, dank u", "Mijn naam en waar ik woon", "Een vraag stellen in een winkel", "Vertellen wat er misging",
        "Mijn mening geven", "Bijna alles",
    )  # fmt: skip
    codes = ("a0", "a1", "a2", "b1", "b2", "c1")
    return s.question(
        "Praten: welk plaatje past bij u?",
        control="select1",
        appearance=("intake-ladder",),
        value="a2",
        choices=s.choices(*((code, word, f"cefr_speak_{code}") for code, word in zip(codes, words, strict=True))),
    )


def _languages(s: Samples) -> QuestionModel:
    codes = ["nl", "en", "ar", "ti", "uk", "ru", "pl", "ro", "bg", "tr", "fa", "ps", "so", "fr", "de", "es", "other"]
    return s.question(
        "In welke taal praat u het liefst?",
        control="select1",
        appearance=("intake-language",),
        value=s.language,
        choices=s.choices(*((code, "Andere taal", "") for code in codes)),
    )


def _text(s: Samples) -> QuestionModel:
    return s.question(
        "Waarvoor vragen andere mensen u om hulp?",
        "Schrijf alleen over werk en leren. Geen medische dingen. Geen nummers van papieren.",
        value="أصلح الدراجات للجيران." if s.language == "ar" else "Ik maak fietsen van de buren.",
    )


def _goal(s: Samples) -> QuestionModel:
    return s.question(
        "Wat wilt u als eerste bereiken? Ik wil ...",
        appearance=("intake-goal",),
        examples=(s.pair("Ik wil beter Nederlands leren."), s.pair("Ik wil werk vinden dat bij mij past.")),
    )


def _date(s: Samples) -> QuestionModel:
    return s.question(
        "Wanneer spreken we elkaar weer?",
        kind="date",
        appearance=("intake-date",),
        value="2026-12-09",
        picture="plan_calendar",
    )


def _time(s: Samples) -> QuestionModel:
    return s.question("Hoe laat?", kind="time", appearance=("intake-time",), value="10:00", picture="plan_clock")


_FAMILIES = (("h", "Huis en koken"), ("z", "Zorgen"), ("t", "Klussen en techniek"), ("b", "Tuin, dieren, boerderij"),
             ("o", "Organiseren, papieren, geld"), ("c", "Computer en telefoon"),
             ("v", "Vrijwilliger, vereniging, buurt"), ("s", "Sport, muziek, hobby"),
             ("w", "Onderweg en werken met anderen"))  # fmt: skip
_CARDS = (("h1", "Elke dag koken voor het gezin"), ("h2", "Koken voor een groot feest of de buurt"),
          ("h3", "Brood of taart bakken"), ("h4", "Boodschappen doen met weinig geld"), ("h5", "Het huis schoonmaken"),
          ("h6", "Wassen en strijken"), ("h7", "Kleren naaien of maken"), ("h8", "Gasten ontvangen"),
          ("t1", "Een fiets repareren"), ("t4", "Meubels in elkaar zetten"),
          ("t9", "Lassen of werken met metaal"))  # fmt: skip


def _cards(s: Samples) -> QuestionModel:
    families = QuestionModel(
        "/data/families",
        control="select",
        own_label=s.pair("Kies drie plaatjes.").own,
        dutch_label="Kies drie plaatjes.",
        language=s.language,
        value="h t",
        max_choices=3,
        choices=s.choices(*((code, word, f"family_{code}") for code, word in _FAMILIES)),
    )
    cards = tuple(
        ChoiceModel(
            f"card_{code}",
            s.pair(word).own,
            word,
            f"card_{code}",
            False,
            {"family": code[0], "more": "yes" if code in ("h4", "t4") else ""},
        )
        for code, word in _CARDS
    )
    return s.question(
        "Welke kaarten passen bij u?", control="select", appearance=("intake-cards",), value="card_h1 card_t1",
        choices=cards, parts=(families,),
    )  # fmt: skip


def _top_three(s: Samples) -> QuestionModel:
    return s.question(
        "Welke drie kaarten doet u het liefst?", control="select", appearance=("intake-top-cards",), max_choices=3,
        value="card_h1 card_h7",
        choices=s.choices(*((f"card_{code}", word, f"card_{code}") for code, word in _CARDS[:7])),
    )  # fmt: skip


def _skills(s: Samples) -> QuestionModel:
    choices = s.choices(("confirm", "Ja, klopt", ""), ("remove", "Haal weg", ""))
    rows = (("planning", "Taken plannen", "U kookt elke dag. Dan kunt u ook plannen.", "card_h1", "confirm"),
            ("repair", "Fietsen repareren", "U repareert fietsen.", "card_t1", ""),
            ("sewing", "Naaien", "U maakt kleren.", "card_h7", ""))  # fmt: skip
    return s.question(
        "Deze vaardigheden zien wij. Klopt dat?",
        control="select1",
        appearance=("intake-skills-check",),
        rows=tuple(
            RowModel(
                f"/data/row[{n}]", code, s.pair(name).own, name, value, choices, pictogram=picture, evidence=s.pair(why)
            )
            for n, (code, name, why, picture, value) in enumerate(rows, 1)
        ),
    )


def _occupation_rows(s: Samples, choices: tuple[ChoiceModel, ...], values: Sequence[str]) -> tuple[RowModel, ...]:
    names = (("hd1", "Kok of keukenhulp", "Past goed", "card_h1"), ("tm7", "Fietsenmaker", "Past deels", "card_t1"),
             ("tm9", "Medewerker textiel", "Past met leren", "card_h7"))  # fmt: skip
    reasons = (s.pair("U kookt elke dag. Dat is hier belangrijk."), s.pair("U kunt hier leren tijdens het werk."))
    return tuple(
        RowModel(
            f"/data/row[{n}]",
            code,
            s.pair(name).own,
            name,
            value,
            choices,
            pictogram=picture,
            fit=s.pair(fit),
            reasons=reasons,
        )
        for n, ((code, name, fit, picture), value) in enumerate(zip(names, values, strict=True), 1)
    )


def _suggestions(s: Samples) -> QuestionModel:
    choices = s.choices(
        ("nice", "Leuk", "smile3_fun"), ("maybe", "Misschien", "smile3_unsure"), ("no", "Niet voor mij", "smile3_not")
    )
    return s.question(
        "Deze beroepen kunnen bij u passen. Wat vindt u?", control="select1", appearance=("intake-suggestions",),
        rows=_occupation_rows(s, choices, ("nice", "", "")),
    )  # fmt: skip


def _direction(s: Samples) -> QuestionModel:
    label = s.pair("Nog niet kiezen")
    not_yet = QuestionModel(
        "/data/not_yet", own_label=label.own, dutch_label=label.dutch, language=s.language, picture="unsure"
    )
    return s.question(
        "Welke richting kiest u nu?", control="select1", appearance=("intake-direction",), parts=(not_yet,),
        rows=_occupation_rows(s, (), ("yes", "", "")),
    )  # fmt: skip


def _interests(s: Samples) -> QuestionModel:
    return s.question(
        "Dit past het meest bij u. Klopt dat?",
        control="select1",
        appearance=("intake-interests",),
        shown=s.choices(("R", "Doen en maken", "riasec_r"), ("S", "Helpen en leren", "riasec_s")),
        choices=s.choices(("yes", "Ja", ""), ("partly", "Een beetje", ""), ("no", "Nee", "")),
    )


def _note(s: Samples) -> QuestionModel:
    return s.question("Welkom. We praten over wat u kunt.", control="note", picture="welcome")


def _postcode(s: Samples) -> QuestionModel:
    return s.question(
        "Wat zijn de vier cijfers van uw postcode?", appearance=("numbers",), value="71", picture="house",
        message=s.pair("Vul vier cijfers in, bijvoorbeeld 7000."),
    )  # fmt: skip


def _job(s: Samples) -> QuestionModel:
    return s.question("Welk werk deed u?", appearance=("intake-occupation",), value="naaister", picture="work")


CONTROLS: dict[str, Callable[[Samples], QuestionModel]] = {
    "consent": _yes_no,
    "own-question": _own_question,
    "work-now": _work_now,
    "rather-not": _rather_not,
    "faces": _faces,
    "ladder": _ladder,
    "language": _languages,
    "text": _text,
    "goal": _goal,
    "date": _date,
    "time": _time,
    "cards": _cards,
    "top-three": _top_three,
    "skills": _skills,
    "suggestions": _suggestions,
    "direction": _direction,
    "occupation": _job,
    "interests": _interests,
    "note": _note,
    "postcode": _postcode,
}


def search(text: str) -> list[Found]:
    """A few occupations that begin as the text does."""
    names = ("Naaister", "Kleermaker", "Medewerker textiel", "Kok")
    return [Found(name, name, text) for name in names if text[:2].casefold() in name.casefold()]
