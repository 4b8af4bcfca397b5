"""People find work by their own words, in their own language and with typing errors."""

import pytest

from intake_app.catalogue.fold import fold
from intake_app.catalogue.search import search
from intake_app.domain.catalogue import Catalogue


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Lasser", "nl", "tm3"),
        ("lasser", "ar", "tm3"),
        ("laser", "nl", "tm3"),
        ("welding", "en", "tm3"),
        ("لحام", "ar", "tm3"),
        ("لحّام", "ar", "tm3"),
        ("elektricien", "nl", "bi1"),
        ("الكهربائي", "ar", "bi1"),
        ("vrachtwagnchauffeur", "nl", "lt3"),
        ("truck driver", "en", "lt3"),
        ("poetsen", "nl", "hd4"),
        ("خياطه", "ar", "ad3"),
        ("خيّاطة", "ar", "ad3"),
        ("hairdreser", "en", "ad2"),
        ("ik wil auto's repareren", "nl", "tm7"),
        ("supermarkt kassa", "nl", "hd7"),
        ("werken met hout", "nl", "bi5"),
        ("boerderij", "nl", "gv3"),
        ("fietsen maken", "nl", "tm13"),
        ("café", "nl", "hd3"),
        ("cafe", "nl", "hd3"),
        ("مُعَلِّمَة", "ar", "ok6"),
        ("أريد العمل في مطبخ", "ar", "hd1"),
        ("POETSVROUW", "nl", "hd4"),
        ("taalles", "nl", "taalhuis_les"),
        ("schulden", "nl", "budget_help"),
        ("tolk", "nl", "interpreting"),
        ("haar knippen", "nl", "ad2"),
        ("kap", "nl", "ad2"),
    ],
)
def test_everyday_words_find_the_right_thing_first(
    catalogue: Catalogue, words: str, language: str, expected: str
) -> None:
    assert search(catalogue, words, language)[0].id == expected


def test_every_label_finds_itself_first(catalogue: Catalogue) -> None:
    for occupation in catalogue.occupations.values():
        assert search(catalogue, occupation.label_nl, "nl", 1)[0].id == occupation.id


def test_every_first_english_and_arabic_word_leads_to_its_occupation(catalogue: Catalogue) -> None:
    for occupation in catalogue.occupations:
        for language in ("en", "ar"):
            word = catalogue.synonyms["occupation", occupation][language][0]
            assert occupation in [hit.id for hit in search(catalogue, word, language, 3)]


def test_one_slip_of_the_finger_still_finds_an_occupation(catalogue: Catalogue) -> None:
    found = 0
    for occupation in catalogue.occupations.values():
        label = occupation.label_nl
        middle = len(label) // 2
        misspelt = label[: middle - 1] + label[middle] + label[middle - 1] + label[middle + 1 :]
        found += occupation.id in [hit.id for hit in search(catalogue, misspelt, "nl", 5)]
    assert found >= 72


def test_a_compound_leads_to_the_word_inside_it(catalogue: Catalogue) -> None:
    assert "tm3" in [hit.id for hit in search(catalogue, "onderwaterlassen", "nl")]


def test_a_hit_says_what_matched_and_why(catalogue: Catalogue) -> None:
    hit = search(catalogue, "welding", "en")[0]

    assert (hit.kind, hit.id, hit.label_nl) == ("occupation", "tm3", "Lasser")
    assert (hit.matched, hit.matched_lang, hit.why) == ("welding", "en", "exact")


@pytest.mark.parametrize("words", ["", "   ", "xqzvw", '"', "*", "NEAR(a b)", "'; DROP TABLE words", "()", "-", "🙂"])
def test_strange_input_finds_nothing_and_breaks_nothing(catalogue: Catalogue, words: str) -> None:
    assert all(hit.score < 0.7 for hit in search(catalogue, words, "nl"))


def test_no_more_hits_than_asked_for_and_each_thing_once(catalogue: Catalogue) -> None:
    hits = search(catalogue, "werken", "nl", 7)

    assert len(hits) == 7
    assert len({(hit.kind, hit.id) for hit in hits}) == 7


def test_the_same_words_give_the_same_list(catalogue: Catalogue) -> None:
    assert search(catalogue, "koken", "nl") == search(catalogue, "koken", "nl")


def test_offers_that_are_off_are_not_found(catalogue: Catalogue) -> None:
    assert "stap" not in [hit.id for hit in search(catalogue, "STAP-budget", "nl", 50)]


def test_what_is_meant_stands_there_while_it_is_being_typed(catalogue: Catalogue) -> None:
    for words in ("las", "lass", "lasse", "lasser"):
        assert "welding" in [hit.id for hit in search(catalogue, words, "nl")[:3]], words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أحمد", "احمد"),
        ("إدارة", "اداره"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("مـــعلم", "معلم"),
        ("مُعَلِّم", "معلم"),
        ("سائق", "سايق"),
        ("مسؤول", "مسوول"),
        ("الخياطة", "خياطه"),
        ("Café", "cafe"),
        ("Conciërge", "concierge"),
        ("ŁÓDŹ", "lodz"),
        ("fietsen-maker", "fietsen maker"),
    ],
)
def test_spellings_that_mean_the_same_are_folded_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)
