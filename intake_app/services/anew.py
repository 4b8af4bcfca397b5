"""Records that begin anew at the centre: after a withdrawal the last version goes again, smaller, in the place of none.

What the centre has is deleted there with all its versions, and it takes neither an edit of something deleted nor its
name again (ODK Central). So the record here gets the name under which it goes again, and the next correction names that
one. A withdrawal keeps which name came in the place of which: a copy of the data from before goes on with the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxItem
from intake_app.services.caseload import is_caseload
from intake_app.services.office import Office
from intake_app.services.outgoing import Leaving, kind_of, queue_record, take_out
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import UnitOfWork
from intake_app.services.records import first_version

Names = Mapping[InstanceId, InstanceId]
"""Names that a record had at the centre before, each with the one it has now."""


@dataclass(frozen=True)
class Chain:
    """A record with its corrections, oldest first, as it was and as it is without what the consent allowed."""

    before: tuple[FrozenInstance, ...] = field(repr=False)
    after: tuple[FrozenInstance, ...] = field(repr=False)

    @property
    def changed(self) -> tuple[FrozenInstance, ...]:
        """The versions from which something was taken."""
        both = zip(self.before, self.after, strict=True)
        return tuple(new for old, new in both if (new.xml, new.released_xml) != (old.xml, old.released_xml))

    @property
    def leaves(self) -> bool:
        """Whether any version may be sent, or was."""
        return any(one.released_xml is not None for one in self.before)


@guarded_object(Action.UPKEEP)
@dataclass
class Beginning:
    """What goes again after one withdrawal, in its transaction. `known` are the names that were given when it was
    carried out before, on a newer copy of these data."""

    uow: UnitOfWork = field(repr=False)
    office: Office = field(repr=False)
    at: datetime
    waiting: Mapping[InstanceId, OutboxItem] = field(repr=False)
    left: frozenset[InstanceId] = frozenset()
    known: tuple[tuple[InstanceId, InstanceId], ...] = ()
    chains: list[Chain] = field(default_factory=list, repr=False)

    def concerns(self, chain: Chain) -> bool:
        """Whether the centre may have any version of it, or had."""
        known = dict(self.known)
        return any(one.instance_id in self.left or one.instance_id in known for one in chain.before)

    def there(self) -> tuple[FrozenInstance, ...]:
        """The versions that the centre may have of what begins anew."""
        known = dict(self.known)
        return tuple(
            one
            for chain in self.chains
            for one in chain.before
            if one.instance_id in self.left or one.instance_id in known
        )

    def carry_out(self) -> tuple[tuple[InstanceId, InstanceId], ...]:
        """Give every chain its name and queue it; gives the names, version by version."""
        named = [(chain, self._name(chain)) for chain in self.chains if chain.after[-1].released_xml is not None]
        pairs = tuple((one.instance_id, name) for chain, name in named for one in chain.before)
        for chain in self.chains:
            self._take_back(chain)
        for chain, name in named:
            self._begin(chain.after[-1], name, dict(pairs))
        return pairs

    def _name(self, chain: Chain) -> InstanceId:
        """Where the last version may have arrived itself, it needs another name."""
        known, last = dict(self.known), chain.before[-1].instance_id
        found = next((known[one.instance_id] for one in reversed(chain.before) if one.instance_id in known), None)
        return found or (InstanceId(f"uuid:{uuid.uuid4()}") if last in self.left else last)

    def _take_back(self, chain: Chain) -> None:
        """No version of before goes any more."""
        for one in chain.after:
            if one.instance_id in self.waiting:
                take_out(self.uow, one.instance_id)
            if one.status is InstanceStatus.SUBMISSION_FAILED:
                self.uow.instances.set_status(one.instance_id, InstanceStatus.COMPLETE)
        for one in chain.after[:-1]:
            self.uow.instances.rewrite(one.instance_id, one.xml, None)

    def _begin(self, last: FrozenInstance, name: InstanceId, names: Names) -> None:
        """A copy of before that lacks versions cannot make what went again; it only takes over the name."""
        whole = {new: old for old, new in self.known}.get(name, last.instance_id) == last.instance_id
        fresh = replace(
            last,
            instance_id=name,
            deprecated_id=None,
            xml=_renamed(first_version(last.xml), names),
            released_xml=_renamed(first_version(last.released_xml or b""), names),
            status=InstanceStatus.COMPLETE if whole else InstanceStatus.SUBMITTED,
        )
        self.uow.instances.begin_anew(last.instance_id, fresh)
        if whole:
            requeue(self.uow, self.office, fresh, self.at)


@guarded(Action.UPKEEP)
def requeue(uow: UnitOfWork, office: Office, one: FrozenInstance, since: datetime) -> None:
    """Let the released copy of a record wait to be sent, locked where its form wants that."""
    if one.released_xml is None:
        return
    form = office.forms[one.form_id]
    if form.version != one.form_version:
        form = office.past_forms(one.form_id, one.form_version) or form
    record = Leaving(one.instance_id, one.participant_id, since, one.released_xml, form_version=one.form_version)
    queue_record(uow, kind_of(form), record, office.seal)


def chains_of(instances: tuple[FrozenInstance, ...]) -> tuple[tuple[FrozenInstance, ...], ...]:
    """The records with their corrections: each one that begins by itself, and all that came in its place."""
    by_name = {one.instance_id: one for one in instances}
    chains: dict[InstanceId, list[FrozenInstance]] = {}
    for one in instances:
        first = one
        while first.deprecated_id in by_name:
            first = by_name[first.deprecated_id]
        if first.deprecated_id is not None:
            first = _beginning(instances, first)
        chains.setdefault(first.instance_id, []).append(one)
    return tuple(tuple(chain) for chain in chains.values())


def _beginning(instances: tuple[FrozenInstance, ...], one: FrozenInstance) -> FrozenInstance:
    """The first version of a record that names one which only the centre has: there they are the same record."""
    same = [each for each in instances if each.form_id == one.form_id and each.deprecated_id is None]
    before = [each for each in same if not is_caseload(each.xml) and each.finalized_at <= one.finalized_at]
    return before[-1] if before else one


def _renamed(xml: bytes, names: Names) -> bytes:
    """A record names its talk: where that goes again too, by its new name."""
    for old, new in names.items():
        xml = xml.replace(old.encode(), new.encode())
    return xml


__all__ = ["Beginning", "Chain", "Names", "chains_of", "requeue"]
