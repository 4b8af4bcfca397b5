"""What leading a talk promises, without a window: nothing given is lost, nothing is asked twice, nothing lies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.ids import InstanceId
from intake_app.errors import DiskFull
from intake_app.services.office import Office
from intake_app.services.ports import Store
from intake_app.services.reading_back import told
from intake_app.ui.controls.model import QuestionModel
from intake_app.ui.presenters.conversation import ConversationPresenter, Kept, Stage
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore

START = {"talk_language": "en", "interpreter": "none", "alone": "two_of_us", "version": "short", "age_group": "27_56"}
RECORDED = {**START, "consent_record": "yes", "consent_contact": "no", "consent_central": "no"}
CARDS = {"family": "h z", "cards": "card_h1 card_h2 card_h4 card_z1", "top3": "card_h1 card_h2 card_h4"}


class StoreWithDisk(InMemoryStore):
    """A store whose disk can be full."""

    full = False

    def unit_of_work(self):
        if self.full:
            raise DiskFull
        return super().unit_of_work()


@pytest.fixture(scope="module")
def opened() -> Callable[..., Office]:
    prepare()

    def office_over(store: Store | None = None) -> Office:
        store = store or StoreWithDisk()
        settle(store)
        return open_office(store)

    return office_over


@pytest.fixture
def office(opened: Callable[..., Office]) -> Office:
    return opened()


@pytest.fixture
def presenter(office: Office) -> ConversationPresenter:
    return ConversationPresenter(office.begin_talk())


def question(presenter: ConversationPresenter, concept: str) -> QuestionModel:
    for model in presenter.model().questions:
        for found in (model, *model.parts):
            if presenter.conversation.concept_of(found.ref) == concept:
                return found
    raise AssertionError(f"{concept} is not on screen {presenter.key}")


def concepts(presenter: ConversationPresenter) -> list[str]:
    return [presenter.conversation.concept_of(model.ref) for model in presenter.model().questions]


def lead(presenter: ConversationPresenter, answers: dict[str, str], until: str = "") -> None:
    """Answer and go on until a screen asks `until`, or the guest's screens end."""
    for _ in range(80):
        if presenter.stage is not Stage.ASKING or (until and until in concepts(presenter)):
            return
        for ref in list(presenter.model().refs()):
            value = answers.get(presenter.conversation.concept_of(ref), "")
            if value:
                presenter.answer(ref, value)
        presenter.saw(presenter.model())
        assert presenter.next(), presenter.messages
    raise AssertionError("the talk does not end")


def give(presenter: ConversationPresenter, concept: str, value: str) -> Kept:
    kept = presenter.answer(question(presenter, concept).ref, value)
    presenter.saw(presenter.model())
    return kept


def test_the_welcome_comes_once_a_language_is_chosen(presenter):
    assert concepts(presenter) == ["talk_language"]

    give(presenter, "talk_language", "ar")

    welcome = question(presenter, "welcome")
    assert welcome.control == "note"
    assert welcome.language == "ar"
    assert welcome.own_label
    assert welcome.dutch_label.startswith("Welkom.")


def test_languages_that_have_texts_stand_first_and_an_unnamed_one_last(presenter):
    codes = [choice.value for choice in question(presenter, "talk_language").choices]

    assert set(codes[:3]) == {"nl", "en", "ar"}
    assert codes[-1] == "other"
    assert len(codes) == 17


def test_in_dutch_there_is_only_dutch(presenter):
    give(presenter, "talk_language", "nl")
    presenter.next()

    asked = presenter.model().questions[0]
    assert asked.own_label == asked.dutch_label
    assert not asked.label.second


def test_a_language_without_texts_shows_its_gaps_in_dutch(presenter):
    give(presenter, "talk_language", "ps")

    assert question(presenter, "welcome").label.gap


def test_a_period_in_a_question_is_in_the_digits_of_the_language(presenter):
    lead(presenter, START | {"talk_language": "fa"}, until="consent_record")

    told = [one for one in presenter.model().questions if "30 dagen" in one.dutch_label]
    assert told
    for one in told:
        assert "۳۰" in one.own_label
        assert "30" not in one.own_label


def test_a_language_that_is_not_in_the_list_is_led_in_dutch(presenter):
    give(presenter, "talk_language", "other")

    assert presenter.language == "nl"


def test_a_needed_question_holds_with_a_kind_word_and_cannot_be_skipped(presenter):
    lead(presenter, START, until="version")
    assert not presenter.can_skip

    assert not presenter.next()
    assert not presenter.skip()

    assert "version" in concepts(presenter)
    assert question(presenter, "version").message.dutch
    give(presenter, "version", "short")
    assert question(presenter, "version").message is None
    assert presenter.next()


def test_what_is_passed_without_an_answer_counts_as_skipped_until_it_is_answered(presenter):
    lead(presenter, RECORDED, until="municipality")
    ref = question(presenter, "municipality").ref

    assert presenter.skip()
    assert ref in presenter.conversation.talk.skipped()

    presenter.previous()
    presenter.answer(ref, "aalten")
    assert ref not in presenter.conversation.talk.skipped()


def test_skipping_empties_a_question_that_stands_alone(presenter):
    lead(presenter, RECORDED, until="municipality")
    ref = question(presenter, "municipality").ref
    presenter.answer(ref, "aalten")

    presenter.skip()

    assert presenter.conversation.talk.entry.value(ref) == ""


def test_a_refused_answer_stays_on_screen_and_holds_until_it_is_right(presenter):
    lead(presenter, {**RECORDED, "consent_contact": "yes"}, until="consent_contact")
    give(presenter, "consent_contact", "yes")

    assert give(presenter, "contact", "geen idee") is Kept.REFUSED

    asked = question(presenter, "contact")
    assert asked.value == "geen idee"
    assert asked.message.dutch == "Vul een telefoonnummer in, met alleen cijfers."
    assert asked.message.own != asked.message.dutch
    assert not presenter.next()
    assert give(presenter, "contact", "0612345678") is Kept.WRITTEN
    assert presenter.next()


def test_a_full_disk_keeps_the_answer_on_screen_and_next_tries_again(office):
    presenter = ConversationPresenter(office.begin_talk())
    lead(presenter, RECORDED, until="call_name")
    ref = question(presenter, "call_name").ref
    office.store.full = True

    with pytest.raises(DiskFull):
        presenter.answer(ref, "Samira")
    with pytest.raises(DiskFull):
        presenter.next()

    assert question(presenter, "call_name").value == "Samira"
    assert presenter.conversation.talk.entry.value(ref) == ""
    office.store.full = False
    assert presenter.next()
    assert presenter.conversation.talk.entry.value(ref) == "Samira"


def test_no_to_writing_down_keeps_the_talk_in_memory_to_its_end(presenter, office):
    lead(presenter, {**START, "consent_record": "no"}, until="call_name")

    assert give(presenter, "call_name", "Samira") is Kept.IN_MEMORY
    assert presenter.refused_recording
    assert not presenter.recording
    lead(presenter, CARDS)
    assert presenter.stage is Stage.READING_BACK
    assert office.store.contents.drafts == {}
    assert office.store.contents.participants == {}


def test_a_yes_to_writing_down_writes_what_follows(presenter, office):
    lead(presenter, RECORDED, until="call_name")

    assert give(presenter, "call_name", "Samira") is Kept.WRITTEN
    assert len(office.store.contents.drafts) == 1


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({**START, "age_group": "lt16"}, "referred_only"),
        ({**START, "age_group": "16_17", "go_on": "no"}, "referred_only"),
    ],
)
def test_the_age_gate_ends_the_talk_at_the_counsellors_last_question(presenter, answers, status):
    lead(presenter, answers)

    assert presenter.stage is Stage.AFTER_GUEST
    assert presenter.ended_by_age
    assert question(presenter, "status").value == status
    assert presenter.next()
    assert presenter.stage is Stage.FINISHED


def test_one_question_goes_to_its_answer_and_ends(presenter):
    lead(presenter, {**START, "version": "one_question"})

    assert presenter.stage is Stage.ANSWER
    presenter.go_on_asking()
    assert presenter.asks("version")
    presenter.answer_seen()
    assert presenter.stage is Stage.FINISHED


def test_private_questions_wait_while_somebody_else_is_there(presenter):
    lead(presenter, {**RECORDED, "alone": "someone_else"}, until="basic_wish")

    assert concepts(presenter) == ["basic_wish"]
    assert [pair.dutch for pair in presenter.waiting()] == ["Waar wilt u hulp bij?"]

    presenter.go_to_who_is_there()
    give(presenter, "alone", "two_of_us")
    assert presenter.waiting() == ()
    presenter.next()
    lead(presenter, {}, until="obstacles")
    assert concepts(presenter) == ["basic_wish", "obstacles"]


def test_one_more_step_is_a_screen_of_its_own_and_can_be_taken_away(presenter):
    lead(presenter, {**RECORDED, **CARDS}, until="step")
    first = presenter.key
    give(presenter, "step", "Ik bel het Taalhuis.")

    assert presenter.again()
    second = presenter.key
    assert (first, second) == ("290@/data/step[1]", "290@/data/step[2]")
    assert presenter.can_remove
    assert not presenter.screen.again

    presenter.remove_again()
    assert presenter.key == first
    assert question(presenter, "step").value == "Ik bel het Taalhuis."
    assert not presenter.can_remove


def test_a_talk_gone_on_with_asks_who_is_there_and_then_what_is_still_open(office):
    before = ConversationPresenter(office.begin_talk())
    lead(before, {**RECORDED, "call_name": "Samira", "municipality": "aalten"}, until="work_wish")
    name = before.conversation.talk.instance_id

    presenter = ConversationPresenter(office.open_talk(InstanceId(name)), resumed=True)

    assert "alone" in concepts(presenter)
    assert question(presenter, "alone").value == ""
    give(presenter, "alone", "two_of_us")
    assert presenter.next()
    assert concepts(presenter) == ["work_wish"]


def test_the_trail_counts_only_what_is_known_and_goes_down(presenter):
    assert presenter.trail().count == ""
    assert presenter.trail().steps[0].letter == "A"

    lead(presenter, RECORDED, until="call_name")
    before, steps = presenter.trail().count, presenter.trail()
    assert "B" in [step.letter for step in steps.steps]
    assert next(step for step in steps.steps if step.letter == "A").done
    assert not next(step for step in steps.steps if step.letter == "H").done
    assert steps.steps[steps.current].letter == "C"
    presenter.next()

    told = (before, presenter.trail().count)
    numbers = [int("".join(filter(str.isdigit, text.partition(" · ")[0]))) for text in told]
    assert numbers[0] == numbers[1] + 1


def test_a_correction_leads_back_to_the_reading_back(presenter):
    lead(presenter, {**RECORDED, **CARDS, "call_name": "Samira"})
    assert presenter.stage is Stage.READING_BACK
    line = next(line for line in told(presenter.conversation) if line.answer == "Samira")

    presenter.go_to(line.screen)
    assert presenter.stage is Stage.ASKING
    give(presenter, "call_name", "Samira V.")
    presenter.next()

    assert presenter.stage is Stage.READING_BACK
    presenter.confirm()
    assert presenter.stage is Stage.OFFERS


def test_a_correction_that_opens_a_question_asks_it_before_the_offers(presenter):
    lead(presenter, {**RECORDED, **CARDS, "ever_worked": "no"})
    ref = presenter.conversation.talk.answers.ref("ever_worked")
    presenter.go_to(next(line.screen for line in told(presenter.conversation) if line.ref == ref))
    give(presenter, "ever_worked", "yes")
    presenter.next()

    presenter.confirm()

    assert presenter.stage is Stage.ASKING
    assert concepts(presenter) == ["job"]


def test_suggestions_say_in_both_languages_how_they_fit_and_why(presenter):
    lead(presenter, {**RECORDED, **CARDS, "talk_language": "ar"}, until="reaction")

    rows = question(presenter, "reaction").rows
    assert 1 <= len(rows) <= 3
    for row in rows:
        assert row.own != row.dutch
        assert row.fit.own != row.fit.dutch
        assert row.reasons
        assert [choice.value for choice in row.choices] == ["nice", "maybe", "no"]


def test_a_searched_occupation_becomes_a_row_of_the_directions(presenter):
    lead(presenter, {**RECORDED, **CARDS}, until="chosen")
    model = question(presenter, "chosen")
    assert [presenter.conversation.concept_of(part.ref) for part in model.parts] == ["not_yet"]

    presenter.pick(model.ref, "tm3")

    assert "tm3" in [row.id for row in question(presenter, "chosen").rows]


def test_skills_say_what_they_rest_on_and_another_can_be_added(presenter):
    lead(presenter, {**RECORDED, **CARDS}, until="skills_ok")
    model = question(presenter, "skills_ok")
    assert all(row.evidence and row.evidence.own and row.evidence.dutch for row in model.rows)

    presenter.pick(model.ref, "welding")

    assert "welding" in [row.id for row in question(presenter, "skills_ok").rows]


def test_ready_sentences_for_the_goal_speak_of_the_chosen_direction(presenter):
    lead(presenter, {**RECORDED, **CARDS}, until="chosen")
    row = question(presenter, "chosen").rows[0]
    presenter.answer(row.ref, "yes")
    presenter.next()

    examples = question(presenter, "goal").examples
    assert row.dutch.lower() in examples[0].dutch.lower()


def test_what_the_counsellor_taps_while_listening_stands_apart_in_dutch(presenter):
    lead(presenter, RECORDED, until="asked_for")
    model = presenter.model()

    assert [presenter.conversation.concept_of(one.ref) for one in model.strip] == ["asked_cards"]
    assert {one.language for one in model.strip} == {"nl"}
    presenter.answer(model.strip[0].ref, "card_h2")
    presenter.next()
    assert "card_h2" in question(presenter, "cards").value.split()


def test_a_question_for_both_is_asked_on_the_participants_half(presenter):
    lead(presenter, {**RECORDED, **CARDS}, until="know_step")

    assert presenter.model().strip == ()
    assert question(presenter, "know_step").language == "en"


def test_after_the_guest_has_left_all_is_dutch(presenter):
    lead(presenter, {**RECORDED, **CARDS})
    presenter.confirm()
    presenter.offers_seen()
    presenter.plan_made()

    assert presenter.stage is Stage.AFTER_GUEST
    assert presenter.model().language == "nl"
    presenter.previous()
    assert presenter.stage is Stage.PLAN


def test_stopping_a_written_talk_leaves_the_counsellors_questions(presenter):
    lead(presenter, RECORDED, until="work_now")

    presenter.stop()

    assert presenter.stage is Stage.AFTER_GUEST
    assert presenter.conversation.talk.answers.text("status") == "stopped_by_participant"


def test_stopping_before_anything_is_written_ends_at_once(presenter, office):
    lead(presenter, START, until="version")

    presenter.stop()

    assert presenter.stage is Stage.FINISHED
    assert office.store.contents.participants == {}


def test_volunteers_are_not_offered_the_long_talk(opened):
    from intake_app.domain.draft import Account
    from intake_app.domain.ids import AccountId

    store = StoreWithDisk(Account(AccountId("v"), "Vera", ("volunteer",)))
    presenter = ConversationPresenter(opened(store).begin_talk())
    lead(presenter, START, until="version")

    offered = [choice.value for choice in question(presenter, "version").choices]
    assert "short" in offered
    assert "full" not in offered


def test_text_still_being_typed_is_kept_where_the_talk_is_written(presenter, office):
    lead(presenter, RECORDED, until="asked_for")
    ref = question(presenter, "asked_for").ref

    presenter.type(ref, "Buren vragen mij")

    again = office.open_talk(presenter.conversation.talk.instance_id)
    assert again.recovered == (ref,)
    assert again.talk.entry.value(ref) == "Buren vragen mij"


def test_the_questions_of_a_screen_are_made_once_until_something_is_told(presenter: ConversationPresenter) -> None:
    maker, screen = presenter._maker, presenter.screen
    first = maker._questions(screen, presenter.language)

    assert maker._questions(screen, presenter.language) is first
    ref = presenter.conversation.talk.answers.ref("talk_language")
    presenter.answer(ref, "en")
    assert maker._questions(screen, presenter.language) is not first
    assert presenter.model().questions[0].value == "en"
