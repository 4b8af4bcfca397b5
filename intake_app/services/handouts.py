"""Papers for the table out of the office: with the place of the settings, the day of today, the catalogue in use."""

from __future__ import annotations

from intake_app.errors import UnexpectedFailure
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded


@guarded(Action.PRINT)
def make_handout(office: Office, name: str, language: str, municipality: str = "") -> bytes:
    """The PDF of a paper in a language and Dutch; `municipality` is an id for the address list, "" for all of them.

    Holds nothing of a participant. Raises UnknownName, FileMissing, UnexpectedFailure.
    """
    if office.letters is None:
        raise UnexpectedFailure(kind="printer")
    today = office.clock.today()
    return office.letters.paper(name, language, office.catalogue, office.installation, today, municipality)
