"""How this place reads aloud: by itself or when asked, and whether consents wait for a recorded voice."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

_AUTOPLAY, _CONSENTS = "voice.autoplay", "voice.consents_recorded"


@dataclass(frozen=True)
class VoiceSettings:
    """`autoplay`: questions are read by themselves, in the participant's language only.

    `consents_recorded`: no robot voice reads a consent (DOMAIN 2.1-9); so it is unless a site lead says otherwise.
    """

    autoplay: bool = False
    consents_recorded: bool = True


@guarded(Action.LOOK_AT_SETTINGS)
def read_voice(store: Store) -> VoiceSettings:
    """The settings, as usual where nothing was chosen."""
    with store.unit_of_work() as uow:
        return VoiceSettings(uow.settings.get(_AUTOPLAY) == "yes", uow.settings.get(_CONSENTS) != "no")


@guarded(Action.OWN_ACCOUNT)
def write_autoplay(store: Store, autoplay: bool) -> None:
    """Whether questions are read by themselves. Raises StorageError."""
    with store.unit_of_work() as uow:
        uow.settings.set(_AUTOPLAY, "yes" if autoplay else "no")
        uow.commit()


@guarded(Action.SETTINGS)
def write_consents_recorded(store: Store, recorded: bool) -> None:
    """Whether consents wait for a recorded voice. Raises RoleRefused, StorageError."""
    with store.unit_of_work() as uow:
        uow.settings.set(_CONSENTS, "yes" if recorded else "no")
        uow.commit()
