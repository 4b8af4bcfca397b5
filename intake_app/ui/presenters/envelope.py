"""What the page of envelopes says and does: what waits, names of files, and the outcome of each step in words."""

from __future__ import annotations

from pathlib import Path

from intake_app.errors import SealMissing
from intake_app.i18n.formats import format_date
from intake_app.i18n.phrases import catalogue_text
from intake_app.services.centre_file import open_from_elsewhere
from intake_app.services.envelopes import Booked, EnvelopeDesk, MadeEnvelope, read_public_key, write_public_key
from intake_app.services.hand_over import OpenedHandOver, plan_may_go_to, seal_hand_over
from intake_app.services.meeting import Meeting
from intake_app.services.office import INTAKE, Office
from intake_app.services.overtaken import overtaken_edits
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import plural, text
from intake_app.ui.presenters.late import FOLLOW_UP, records_told

ENVELOPE, RECEIPT, PLAN = "envelop", "bewijs", "plan"
"""Ends of file names, by what is in the file."""


class EnvelopePresenter:
    """The page's words and actions over one office."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def sets_key(self) -> bool:
        """Whether this account may change the key of the Werkcentrum."""
        return may(self._office.store.account, Action.SETTINGS)

    @property
    def guides(self) -> bool:
        """Whether this account has people of its own, whose plans may be handed over."""
        return may(self._office.store.account, Action.PEOPLE)

    def waiting(self) -> str:
        """One sentence on what waits."""
        count = self._desk().waiting()
        if not count:
            return text("Er wacht geen verslag. U hoeft niets op een stick te zetten.")
        return plural("Er wacht {count} verslag.", "Er wachten {count} verslagen.", count)

    def key(self) -> str:
        """The Werkcentrum's public key, or empty."""
        return read_public_key(self._office.store)

    def key_told(self) -> str:
        """One sentence on the key that is set."""
        known = self.key()
        if not known:
            return text("Er is nog geen sleutel. Vraag hem aan het Werkcentrum.")
        name = self._desk().craft.check_public_key(known)
        return text("Kenmerk van de sleutel: {name}. Vergelijk het met dat van het Werkcentrum.", name=name)

    def keep_key(self, key: str) -> str:
        """Set the key; one sentence. Raises EnvelopeKeyWrong, RoleRefused."""
        write_public_key(self._office.store, self._desk().craft, key)
        return self.key_told()

    def file_in(self, folder: Path, kind: str) -> Path:
        """A name that is free in the folder and says only the kind and the day."""
        day = self._office.clock.today().isoformat()
        free = folder / f"{day}.{kind}"
        number = 2
        while free.exists():
            free, number = folder / f"{day}-{number}.{kind}", number + 1
        return free

    def close(self, folder: Path) -> tuple[Path, MadeEnvelope]:
        """Put what waits in an envelope in this folder. Raises as `EnvelopeDesk.close`."""
        file = self.file_in(folder, ENVELOPE)
        return file, self._desk().close(file)

    def closed(self, file: Path, made: MadeEnvelope) -> str:
        """What was made, and what to do now."""
        told = plural("{count} verslag zit in de envelop.", "{count} verslagen zitten in de envelop.", made.records)
        told = f"{told} {text('Het bestand heet {file}.', file=file.name)}"
        if made.left:
            left = plural(
                "{count} verslag past er niet meer bij. Maak daarna nog een envelop.",
                "{count} verslagen passen er niet meer bij. Maak daarna nog een envelop.",
                made.left,
            )
            told = f"{told} {left}"
        next_ = text("Haal de stick er veilig uit en breng hem naar het Werkcentrum.")
        return f"{told} {next_}"

    def book(self, file: Path) -> Booked:
        """Book receipts. Raises as `EnvelopeDesk.book`."""
        return self._desk().book(file)

    def booked(self, done: Booked) -> str:
        """What was booked, and what still waits."""
        told = plural(
            "{count} verslag is aangekomen bij het Werkcentrum.",
            "{count} verslagen zijn aangekomen bij het Werkcentrum.",
            len(done.booked),
        )
        if done.open:
            left = plural(
                "{count} verslag nog niet. Dat blijft hier staan.",
                "{count} verslagen nog niet. Die blijven hier staan.",
                done.open,
            )
            return f"{told} {left}"
        return told

    def organisations(self, plan_number: str) -> tuple[tuple[str, str], ...]:
        """Ids and names of whom the plan of this number may be handed over to. Raises RecordMissing."""
        known = self._office.catalogue.organisations
        names = plan_may_go_to(self._office.store, plan_number)
        return tuple(
            (name, catalogue_text(f"organisation:{name}", known[name].label_nl if name in known else name, "nl"))
            for name in names
        )

    def hand_over(self, plan_number: str, organisation: str, folder: Path) -> str:
        """Close a plan for one organisation; what was made. Raises as `services.hand_over.seal_hand_over`."""
        file = self.file_in(folder, PLAN)
        until = seal_hand_over(self._office, plan_number.strip(), organisation, file)
        return text(
            "Het plan staat in het bestand {file}. Het gaat open tot en met {day}, met nummer en code van het blad "
            "Mijn gegevens.",
            file=file.name,
            day=format_date(until, "nl"),
        )

    def open(self, file: Path, number: str, code: str) -> OpenedHandOver | Meeting:
        """Make an open talk of a plan, or lay it beside ours. Raises as `services.centre_file.open_from_elsewhere`."""
        return open_from_elsewhere(self._office, file, number, code)

    def opened(self, done: OpenedHandOver) -> str:
        """Where the open talk came from."""
        source = done.source
        place = ", ".join(filter(None, (source.organisation, source.location)))
        return text(
            "Dit gesprek komt van {place}, van {day}. Vraag de deelnemer hier opnieuw om toestemming.",
            place=place,
            day=format_date(source.made_on, "nl"),
        )

    def met_title(self, meeting: Meeting) -> str:
        """What was found, in a few words."""
        if meeting.form_id == INTAKE:
            return text("Dit plan is op twee plekken veranderd.")
        if meeting.form_id == FOLLOW_UP:
            return text("Dit vervolggesprek is op twee plekken verbeterd.")
        return text("Dit hoort bij een vervolggesprek, en staat bij het Werkcentrum anders.")

    def to_desk(self, meeting: Meeting) -> str:
        """What the button to the desk says."""
        if meeting.form_id == INTAKE:
            return text("Leg beide plannen naast elkaar")
        return text("Leg beide versies naast elkaar")

    def met(self, meeting: Meeting) -> str:
        """That the person is here too, and what else may come before the choice."""
        if meeting.form_id != INTAKE:
            return " ".join(filter(None, (self._more_to_open(meeting), text("Kies daarna wat klopt."))))
        if not meeting.there.counsellor:
            return text("Dit verslag staat nu bij het Werkcentrum. Leg het naast dat van u en kies wat klopt.")
        return text(
            "Deze deelnemer is ook hier bekend, en niet alles is gelijk. Leg beide plannen naast elkaar en kies wat "
            "klopt."
        )

    def _more_to_open(self, meeting: Meeting) -> str:
        """Which other records of the same follow-up can be opened first, so that all of it goes at once."""
        late = [one for one in overtaken_edits(self._office) if one.participant_id == meeting.participant_id]
        missing = [one.form_id for one in late if one.form_id and not one.meeting and not one.settled]
        if not missing:
            return text("Leg het naast dat van u.")
        # Translators: {records} are names of records between quotation marks.
        return text(
            "Kreeg u ook {records} van het Werkcentrum? Open dat eerst, dan hoeft u maar één keer te kiezen.",
            records=records_told(missing),
        )

    def _desk(self) -> EnvelopeDesk:
        if self._office.envelopes is None:
            raise SealMissing(form_id="")
        return EnvelopeDesk(self._office.store, self._office.clock, self._office.envelopes)
