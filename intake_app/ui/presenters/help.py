"""What one can do on each page, in a few plain sentences; the keys come from the shortcuts themselves."""

from __future__ import annotations

from intake_app.i18n.gettext import mark

_TALK = (
    mark(
        "Lees de vraag voor, of laat de deelnemer zelf lezen. Links of boven staat de eigen taal, daarbij Nederlands."
    ),
    mark(
        "Klik op een antwoord, of typ het cijfer dat erbij staat. Is er ja gezegd op bewaren? Dan is elk antwoord "
        "meteen bewaard. Vóór die ja staat er niets op de laptop."
    ),
    mark("Niet antwoorden mag altijd: kies “Sla over”. U kunt later terug."),
    mark("Met “Stoppen” kiest u: later verder, nu het plan maken, of helemaal stoppen."),
    mark("Even weg? Druk op F12. Het scherm gaat op slot en er gaat niets verloren."),
)
_AGAIN = (
    mark("Kies het blad en de taal. U ziet het papier zoals het wordt."),
    mark("Wat bewaard of verstuurd is, verandert niet."),
)
HELP: dict[str, tuple[str, ...]] = {
    "HomePage": (
        mark("Begin een gesprek met de grote knop. Er begint dan een schoon blad voor een nieuwe deelnemer."),
        mark("Ga verder met een gesprek dat nog niet af is. Kijk naar naam en nummer: is het de goede?"),
        mark("Rechts ziet u of alles klaar is, en wat er nog verstuurd moet worden."),
        mark("Al het andere staat achter de knop “Menu”."),
        mark("Wil iemand alles laten wissen of verwijderen (AVG)? Kies “Menu”, dan “Gegevens inzien of wissen”."),
    ),
    "MenuPage": (
        mark("Kies waar u heen wilt. Onder elke naam staat wat u daar kunt doen."),
        mark("Een toets staat erbij als er een is. U hoeft geen toetsen te kennen."),
        mark("Wil iemand alles laten wissen of verwijderen (AVG)? Kies “Gegevens inzien of wissen”."),
    ),
    "ConversationPage": _TALK,
    "OneQuestionPage": (
        mark("Zoek waar de bezoeker terecht kan. Tik aan wat op het briefje komt."),
        mark("Druk het briefje af of bewaar het. Er wordt niets opgeschreven over de bezoeker."),
    ),
    "ReadingBackPage": (
        mark("Lees samen na wat er staat. Klopt iets niet? Kies “Aanpassen” bij die regel."),
        mark("Klopt alles, ga dan verder."),
    ),
    "OffersPage": (
        mark("Bekijk samen het aanbod. De deelnemer zegt wat wel en niet past."),
        mark("Een aanbod is een voorstel. Vraag altijd na of er plek is."),
    ),
    "PlanPage": (
        mark("Bekijk het plan samen. Klopt het? Druk het dan af of bewaar het op de stick van de deelnemer."),
        mark("Met de knop met de wereldbol komt het papier in een andere taal."),
        mark("Kies onder “Welk blad?” een ander blad, zoals grote letters of de afsprakenkaart."),
        mark(
            "“Verder” toont eerst de lijst: wat is mee, wat nog niet. Een blad telt pas als u het papier hebt gezien."
        ),
        mark("Wat naar de printer gaat, staat even in de wachtrij van de computer. Daar kan dit programma niet bij."),
    ),
    "PeoplePage": (mark("Kies een deelnemer van u. U bevestigt eerst met een tweede kenmerk dat het de goede is."),),
    "PersonPage": (
        mark("Hier staan de gesprekken, de plannen en wat mag. U kunt een plan opnieuw afdrukken."),
        mark("Inzien, veranderen of wissen doet u met de knop onderaan."),
    ),
    "PlanAgainPage": _AGAIN,
    "RenewedPlanPage": _AGAIN,
    "PersonRightsPage": (
        mark("Doe dit samen met de deelnemer. Elke keuze wordt nog een keer gevraagd."),
        mark("“Alles wissen” kan niet terug. Het bewijs dat u dan krijgt, kunt u maar één keer maken."),
    ),
    "DataWishPage": (mark("Hier staat wat u doet als iemand zijn gegevens wil zien of laten wissen."),),
    "LetterPage": (mark("Druk het blad af of bewaar het. Wie weggaat zonder bewijs, wordt dat eerst gevraagd."),),
    "IdentifyPage": (
        mark("Kies de leeftijd, of typ het nummer van de kaart. Zo haalt u twee mensen niet door elkaar."),
        mark("Belt iemand? Bel terug op het nummer dat u kent, voor u iets vertelt of wist."),
    ),
    "SendPage": (
        mark("Hier ziet u wat nog verstuurd moet worden en wat al weg is."),
        mark("Zonder internet blijft alles veilig wachten. U hoeft niets te doen."),
    ),
    "SettingsPage": (
        mark("De coördinator vult de gegevens van deze plek in. Iedereen kiest zelf letters en kleuren."),
        mark("Uw letters en kleuren gelden alleen voor u. Bewaar met de knop onderaan."),
    ),
    "UnlockPage": (
        mark("Kies uw naam en typ uw wachtzin. Na een paar fouten moet u even wachten."),
        mark("Wachtzin kwijt? De coördinator geeft u een nieuwe toegang."),
    ),
    "FirstAccessPage": (
        mark("Zo staat u op het plan van de deelnemer."),
        mark("Straks drukt u een herstelsleutel af. Bewaar uw wachtzin op papier, niet bij de laptop."),
    ),
    "WelcomePage": (mark("Kies hoe groot de letters zijn. U ziet het meteen. Later veranderen kan altijd."),),
    "PlaceStepPage": (mark("Vul in wat u weet. De rest kan later, bij Instellingen."),),
    "ReadyPage": (mark("Oefen eerst met een verzonnen deelnemer, of ga naar de eerste bladzijde."),),
    "PracticePage": (
        mark(
            "Kies een verzonnen deelnemer. Een collega speelt die rol met de rolkaart, of u speelt beide rollen zelf."
        ),
        mark("Oefenen telt nooit mee en wordt nooit verstuurd."),
    ),
    "RoleCardPage": (mark("Wie de deelnemer speelt, leest hier de antwoorden. Druk hem af als dat handig is."),),
    "FeedbackPage": (mark("Lees wat goed ging en wat de volgende keer beter kan. Er wordt niets van bewaard."),),
    "AccountsPage": (mark("Hier verandert u uw wachtzin. De coördinator geeft collega's toegang."),),
    "RetentionPage": (mark("Hier ziet u wat wanneer vanzelf weggaat, en maakt u een reservekopie."),),
    "BackupPage": (mark("Maak een reservekopie op een stick. Bewaar de stick niet bij de laptop."),),
    "RadarPage": (mark("Kijk rond in de beroepen van de streek. Een klik laat één beroep van dichtbij zien."),),
    "NumbersPage": (
        mark("Bovenaan staat wat is beloofd. De zwarte streep in een balk is het doel."),
        mark("Kleine getallen staan er niet, zodat niemand te herkennen is. Dat is geen fout."),
    ),
}
GENERAL = (
    mark("Lees de bladzijde van boven naar beneden. De knoppen die u nodig hebt, staan onderaan."),
    mark("Met de pijl linksboven gaat u terug. Er gaat niets verloren."),
)
_CARDS = (
    (mark("1 tot en met 9"), mark("Kies het antwoord met dat cijfer")),
    (mark("Spatie"), mark("Kies het antwoord of de knop met de rand eromheen")),
)
_ANYWHERE = (
    (mark("Tab"), mark("Naar de volgende knop. Met Shift erbij: terug")),
    (mark("Enter"), mark("Druk op de knop met de rand eromheen")),
)


def help_lines(kind: str) -> tuple[str, ...]:
    """Marked sentences about a page, by the name of its class; the general ones for a page that has none."""
    return HELP.get(kind, GENERAL)


def about_keys(kind: str) -> tuple[tuple[str, str], ...]:
    """Keys that every program and every card knows, as marked pairs of keys and what they do."""
    return (*_CARDS, *_ANYWHERE) if kind == "ConversationPage" else _ANYWHERE
