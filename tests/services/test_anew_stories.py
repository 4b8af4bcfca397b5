"""Corrections, withdrawals, follow-ups and new starts in any order: one record of each form stays at the centre."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId
from intake_app.paths import resource_dir
from intake_app.services.continuing import reopen_finished
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.sync.trial_receiver import TrialReceiver
from tests.services.helps import told
from tests.services.laptop import AT_THE_END, Laptop

FORMS = ("participant", "intake", "plan", "status")
WORDS = {ConsentCode.NEEDS: b"sit_stand", ConsentCode.ORIGIN: b"ukraine", ConsentCode.CONTACT: b"0612345678"}
CODES = (*WORDS, ConsentCode.COUNTING, ConsentCode.SHARING)
MORE = {"migration_type": "ukraine", "consent_stats": "yes", "target_group": "jobseeker_distance"}
STEPS = 8


class Story:
    """One laptop, and what happens there by the draws of `chance`."""

    def __init__(self, laptop: Laptop, chance: Random) -> None:
        self.laptop, self.chance = laptop, chance
        self.taken: set[ConsentCode] = set()
        self.open: InstanceId | None = None

    def step(self) -> None:
        happens: tuple[Callable[[], None], ...] = (
            self.correct, self.laptop.send, self.take_back, self.take_back, self.laptop.carry_out, self.laptop.restart,
            self.follow_up, self.open_or_finish,
        )  # fmt: skip
        self.chance.choice(happens)()

    def correct(self) -> None:
        if self.open is None:
            self.laptop.correct(f"Doel {self.chance.random()}")

    def take_back(self) -> None:
        code = self.chance.choice(CODES)
        self.laptop.take_back(code, "taalhuis" if code is ConsentCode.SHARING else "")
        self.taken.add(code)

    def follow_up(self) -> None:
        if self.open is None:
            self.laptop.later(60 * 24 * 14)
            follow = begin_follow_up(self.laptop.office, self.laptop.who)
            told(follow, {"reached": "yes", "outcome": "work"})
            assert finish_follow_up(self.laptop.office, follow).stored

    def open_or_finish(self) -> None:
        self.laptop.later()
        if self.open is None:
            found = reopen_finished(self.laptop.office, self.laptop.newest("intake").instance_id)
            self.open = found.talk.instance_id
            return
        talk = self.laptop.office.open_talk(self.open)
        told(talk, {**AT_THE_END, "goal": "Afgemaakt doel"})
        assert self.laptop.office.finish(talk).stored
        self.open = None

    def end(self) -> None:
        """Everything is sent and carried out, and one more correction follows on it."""
        if self.open is not None:
            self.open_or_finish()
        self.laptop.send()
        self.laptop.carry_out()
        self.laptop.correct("Laatste doel")
        self.laptop.send()


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 40))])
def test_whatever_happens_one_record_of_each_form_stands_there_without_what_was_taken_back(
    seed: int, tmp_path: Path
) -> None:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as receiver:
        laptop = Laptop(tmp_path / "data", receiver, MORE)
        story = Story(laptop, Random(seed))
        try:
            for _ in range(STEPS):
                story.step()
            story.end()
            assert {form_id: len(laptop.there(form_id)) for form_id in FORMS} == dict.fromkeys(FORMS, 1)
            assert laptop.newest_there("plan")["goal"] == ["Laatste doel"]
            gone = [WORDS[code] for code in story.taken if code in WORDS]
            assert not any(word in one.xml for word in gone for one in receiver.received)
        finally:
            laptop.store.close()
