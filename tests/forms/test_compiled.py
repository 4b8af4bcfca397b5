"""The committed forms are what the sheets compile to, and other ODK tools accept them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import pyxform

from intake_app.domain.concepts import CONCEPTS
from intake_app.xforms.api import parse_form
from intake_app.xforms.compile.compiler import compile_form, published_name

FORM_IDS = ("data_request", "follow_up", "intake", "participant", "plan", "status")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="ODK Validate needs a Java runtime")


@pytest.mark.parametrize("form_id", FORM_IDS)
def test_compiling_again_gives_the_committed_bytes(repository, form_id):
    folder = repository / "resources" / "forms"
    again = compile_form(folder / f"{form_id}.md", repository / "translations", version_check=folder / "published")
    assert again.xml == (folder / "compiled" / f"{form_id}.xml").read_bytes()
    assert again.warnings == ()


def test_every_sheet_is_compiled_and_every_compiled_form_has_its_sheet(repository):
    folder = repository / "resources" / "forms"
    sheets = {path.stem for path in folder.glob("*.md")} - {"README"}
    assert sheets == set(FORM_IDS) == {path.stem for path in (folder / "compiled").glob("*.xml")}


def misnamed(folder: Path) -> list[str]:
    """The published forms whose file name is not that of their own id and version."""
    found = []
    for path in sorted(folder.glob("*.xml")):
        form = parse_form(path.read_bytes())
        if published_name(form.form_id, form.version) != path.name:
            found.append(path.name)
    return found


def test_a_published_form_stands_under_its_own_name_and_version(repository, tmp_path):
    compiled = (repository / "resources" / "forms" / "compiled" / "status.xml").read_bytes()
    form = parse_form(compiled)
    (tmp_path / published_name(form.form_id, form.version)).write_bytes(compiled)
    (tmp_path / published_name("status", "1999010101")).write_bytes(compiled)

    assert misnamed(tmp_path) == ["status-1999010101.xml"]
    assert misnamed(repository / "resources" / "forms" / "published") == []


@pytest.mark.java
@needs_java
def test_odk_validate_accepts_every_form(repository):
    jar = next(Path(pyxform.__file__).parent.rglob("ODK_Validate.jar"))
    compiled = repository / "resources" / "forms" / "compiled"
    for form_id in FORM_IDS:
        done = subprocess.run(
            ["java", "-jar", str(jar), str(compiled / f"{form_id}.xml")], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Xform is valid" in done.stdout + done.stderr


def test_concepts_are_known_and_stand_once_in_a_form(forms):
    for form_id, form in forms.items():
        concepts = [tags["concept"] for tags in form.tags.values() if "concept" in tags]
        assert len(concepts) == len(set(concepts)), form_id
        assert set(concepts) <= CONCEPTS, form_id


def test_every_concept_of_the_vocabulary_is_used(forms):
    used = {tags["concept"] for form in forms.values() for tags in form.tags.values() if "concept" in tags}
    assert used == CONCEPTS


def test_a_concept_is_the_name_of_its_question_without_letter_and_number(intake):
    for ref, tags in intake.tags.items():
        if "concept" in tags:
            assert ref.rsplit("/", 1)[-1].split("_", 1)[1] == tags["concept"]


def test_every_answer_says_by_which_consent_and_whether_it_may_leave(forms):
    for form_id, form in forms.items():
        for ref, tags in form.tags.items():
            if form.binds[ref].get("type") and "/meta" not in ref:
                assert {"consent", "sensitive", "central"} <= tags.keys(), (form_id, ref)


def test_forms_that_the_app_writes_ask_nothing(forms):
    for form_id in ("participant", "plan", "status"):
        assert not forms[form_id].controls


def test_the_status_form_holds_no_content_and_no_target_group(forms):
    names = set(forms["status"].order)
    assert not names & {"target_group", "group", "goal", "call_name", "organisation"}
    assert {"kind", "participant_number", "quarter", "counter", "count", "days_to_first_step"} <= names


def test_a_data_request_holds_no_answer_of_the_talk(forms, intake):
    assert not set(forms["data_request"].order) & (set(intake.order) - {"participant_number", "instanceID"})
