"""What goes wrong between this laptop and the server, each code in three kind sentences."""

from __future__ import annotations

from collections.abc import Mapping

from intake_app.i18n.gettext import mark

STAYS_HERE = mark("Alles staat nog veilig op deze laptop.")
TRY_LATER = mark("Probeer het later opnieuw.")
ASK_ADMIN = mark("Vraag de beheerder om hulp.")
_CENTRE_MENDS = mark("Bel het Werkcentrum. Het programma blijft het proberen.")
_ASK_CENTRE_WHAT = mark("Vraag het Werkcentrum wat er op de server staat.")

SERVER_TEXTS: Mapping[str, tuple[str, str, str]] = {
    "sync_failed": (mark("Versturen lukte niet."), STAYS_HERE, TRY_LATER),
    "sending_paused": (
        mark("Versturen staat op pauze."),
        STAYS_HERE,
        mark("Ga in het programma naar “Versturen” en kies “Ga door met versturen”."),
    ),
    "erasures_unknown": (
        mark("Er is een reservekopie teruggezet. Deze laptop weet niet wie er na die kopie gewist is."),
        STAYS_HERE,
        mark("Kijk op de eerste bladzijde wat u eerst moet opzoeken."),
    ),
    "server_unreachable": (
        mark("Er is geen verbinding met {host}."),
        STAYS_HERE,
        mark("Werk gewoon door. Het programma probeert het later opnieuw."),
    ),
    "answer_lost": (
        mark("De verbinding met {host} viel weg tijdens het versturen."),
        mark("Misschien is het aangekomen, misschien niet. Alles staat nog op deze laptop."),
        mark("U hoeft niets te doen. Het programma stuurt het later opnieuw, nooit dubbel."),
    ),
    "not_the_server": (
        mark("Iets anders dan de server gaf antwoord."),
        mark("Er is niets verstuurd. Vaak is dit de inlogpagina van een wifi-netwerk."),
        mark("Open een webpagina, log in op het wifi-netwerk en probeer het opnieuw."),
    ),
    "answer_too_long": (
        mark("De server stuurde veel meer dan verwacht."),
        mark("Er is niets van gebruikt. De oude gegevens blijven in gebruik."),
        mark("Vraag het Werkcentrum of er iets mis is met de server."),
    ),
    "server_refused": (
        mark("De server neemt dit verslag niet aan (code {status})."),
        STAYS_HERE,
        mark("Vraag de beheerder om hulp en noem de code."),
    ),
    "record_differs": (
        mark("De server heeft dit verslag al, maar met een andere inhoud."),
        STAYS_HERE,
        _ASK_CENTRE_WHAT,
    ),
    "edit_out_of_date": (
        mark("Iemand anders heeft dit verslag intussen ook veranderd."),
        mark("Uw verandering staat nog veilig op deze laptop. Er is niets overschreven."),
        mark("Kijk bij Mijn mensen. Daar staat hoe u beide versies naast elkaar legt."),
    ),
    "original_missing": (
        mark("De server kent het verslag niet dat u verbeterde."),
        STAYS_HERE,
        _ASK_CENTRE_WHAT,
    ),
    "id_taken": (
        mark("De server heeft al een ander verslag met hetzelfde kenmerk."),
        STAYS_HERE,
        _ASK_CENTRE_WHAT,
    ),
    "deleted_at_centre": (
        mark("Dit verslag is op de server gewist."),
        mark("Het komt daar niet terug."),
        mark("U hoeft niets te doen. Het programma kijkt het later nog één keer na."),
    ),
    "form_not_taken": (mark("De server neemt deze vragenlijst nu niet aan."), STAYS_HERE, _CENTRE_MENDS),
    "form_closed": (mark("Het Werkcentrum heeft deze vragenlijst gesloten."), STAYS_HERE, _CENTRE_MENDS),
    "form_unknown": (mark("De server kent deze vragenlijst niet."), STAYS_HERE, _CENTRE_MENDS),
    "form_version_unknown": (
        mark("De server kent deze uitgave van de vragenlijst niet."),
        STAYS_HERE,
        _CENTRE_MENDS,
    ),
    "record_too_big": (
        mark("Dit verslag is te groot voor de server."),
        STAYS_HERE,
        ASK_ADMIN,
    ),
    "record_broken": (
        mark("Dit verslag kan niet verstuurd worden: het is niet heel."),
        mark("De andere verslagen gaan gewoon door."),
        ASK_ADMIN,
    ),
    "certificate_refused": (
        mark("De server {host} kan niet bewijzen wie hij is."),
        mark(
            "Er is niets verstuurd. Iemand kan meekijken op dit netwerk, of het certificaat van de server klopt niet."
        ),
        mark("Kijk of de datum van de laptop klopt en probeer een ander netwerk. Bel anders het Werkcentrum."),
    ),
    "download_damaged": (
        mark("Wat van de server kwam, kan niet gebruikt worden ({name})."),
        mark("De oude gegevens blijven in gebruik."),
        TRY_LATER,
    ),
    "sign_in_needed": (
        mark("De server kent deze laptop niet meer (code {status})."),
        STAYS_HERE,
        mark("Vraag het Werkcentrum om een nieuwe toegang en vul die in."),
    ),
    "server_busy": (
        mark("De server doet het nu even niet (code {status})."),
        STAYS_HERE,
        mark("U hoeft niets te doen. Het programma probeert het later opnieuw."),
    ),
}
"""Of the errors below `SyncError`: what happened, what it means, what to do now."""
