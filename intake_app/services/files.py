"""Files that answer a question: with the talk in memory while nothing is written down, sealed in the store after."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.services.ports import UnitOfWork
from intake_app.xforms.api import FormEntry

UPLOAD, LEFT_OVER = "upload", "left_over"
"""Kinds of pieces beside a talk: a file of an upload question, and the list of answers without a place."""


@dataclass
class FileCase:
    """The files of one talk that the store does not hold; the engine puts new ones in (`Ports.keep_file`)."""

    waiting: dict[str, bytes] = field(default_factory=dict, repr=False)

    def keep(self, name: str, content: bytes) -> str:
        """Hold a file under the name it is given; the engine has seen to it that no other file bears it."""
        self.waiting[name] = content
        return name

    def store(self, uow: UnitOfWork, owner: ParticipantId, talk: InstanceId, names: frozenset[str]) -> None:
        """Write the waiting files of these names, and remove what the talk no longer names."""
        for name in names & self.waiting.keys():
            uow.files.save(owner, talk, UPLOAD, name, self.waiting[name])
        uow.files.keep_only(talk, UPLOAD, names)

    def take_back(self, uow: UnitOfWork, talk: InstanceId) -> None:
        """Hold everything here again, before the store forgets the person."""
        for name in uow.files.names(talk, UPLOAD):
            self.waiting[name] = uow.files.get(talk, UPLOAD, name)


def uploads(entry: FormEntry) -> dict[str, str]:
    """Ref of each answered upload question, relevant or not, to the name of its file."""
    if all(control.kind != "upload" for control in entry.definition.controls.values()):
        return {}
    return {node.ref: node.value for node in entry.nodes() if node.control == "upload" and node.value}
