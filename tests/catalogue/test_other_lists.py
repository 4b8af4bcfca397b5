"""CompetentNL in its three packings, and the workbook of the BRC."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from intake_app.catalogue.imported import open_imported, search_over
from intake_app.catalogue.imports.brc import import_brc
from intake_app.catalogue.imports.competentnl import import_competentnl
from intake_app.catalogue.imports.progress import Watch
from intake_app.catalogue.imports.sources import Source, sources_in
from intake_app.catalogue.imports.triples import Triple, read_triples
from intake_app.domain.catalogue import Catalogue
from intake_app.errors import CatalogueInvalid, FileMissing

SAMPLE = Path(__file__).parents[1] / "data" / "catalogue" / "competentnl_invented.ttl"


def triples(path: Path) -> list[Triple]:
    with sources_in(path) as sources:
        return [triple for source in sources for triple in read_triples(source, Watch())]


def as_ntriples(path: Path) -> str:
    def term(triple: Triple) -> str:
        if not triple.is_text:
            return triple.object if triple.object.startswith("_:") else f"<{triple.object}>"
        escaped = triple.object.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"' + (f"@{triple.language}" if triple.language else "")

    def node(text: str) -> str:
        return text if text.startswith("_:") else f"<{text}>"

    return "".join(f"{node(t.subject)} <{t.predicate}> {term(t)} .\n" for t in triples(path))


def as_answer(path: Path) -> str:
    rows = ((t.subject, t.predicate, t.object.replace('"', '""')) for t in triples(path) if t.language in ("", "nl"))
    return "s,p,o\n" + "".join(f'{subject},{predicate},"{value}"\n' for subject, predicate, value in rows)


@pytest.fixture(params=["ttl", "nt", "csv"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same statements as Turtle, as N-Triples and as the answer of a server."""
    path = tmp_path / f"competentnl.{request.param}"
    content = {"nt": as_ntriples, "csv": as_answer}.get(request.param, lambda each: each.read_text(encoding="utf-8"))
    path.write_text(content(SAMPLE), encoding="utf-8")
    return path


def test_every_packing_gives_the_same_list(file: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    report = import_competentnl(file, tmp_path / "kept", catalogue)

    assert report.counts == {
        "Occupation": 3,
        "HumanCapability": 2,
        "KnowledgeArea": 1,
        "OccupationTask": 1,
        "relations": 4,
        "exactMatchESCO": 1,
        "closeMatchESCO": 1,
        "hasRIASEC": 2,
    }
    assert report.linked_skills == 2
    assert set(report.languages) == {"nl"}


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("lasser aluminium", "cnl:occupation-1"),
        ("aluminiumlasser", "cnl:occupation-1"),
        ("laswerker schepen", "cnl:occupation-1"),
        ("beroep zonder taal", "cnl:occupation-3"),
        ("verbinden van metaal", "welding"),
    ],
)
def test_its_names_are_found(file: Path, tmp_path: Path, catalogue: Catalogue, words: str, thing: str) -> None:
    import_competentnl(file, tmp_path / "kept", catalogue)
    search = search_over(catalogue, open_imported(tmp_path / "kept"))

    assert thing in [hit.id for hit in search.find(words, "nl", 3)]


def test_a_close_bridge_does_not_make_a_broad_skill_one_of_ours(tmp_path: Path, catalogue: Catalogue) -> None:
    import_competentnl(SAMPLE, tmp_path / "kept", catalogue)
    search = search_over(catalogue, open_imported(tmp_path / "kept"))

    assert search.find("eten bereiden als vak", "nl", 1)[0].id == "cnl:capability-2"


def test_predicates_are_known_by_their_end(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "moved.ttl"
    moved = SAMPLE.read_text(encoding="utf-8").replace("linkeddata.competentnl.nl/def", "ergens.anders.nl/ns")
    path.write_text(moved, encoding="utf-8")

    assert import_competentnl(path, tmp_path / "kept", catalogue).counts["relations"] == 4


def test_a_wide_answer_of_a_server_is_read(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "answer.csv"
    path.write_text(
        "concept,type,prefLabel,altLabel\n"
        "http://x.nl/o1,http://x.nl/def#Occupation,hooischudder,hooikeerder\n"
        "http://x.nl/o1,http://x.nl/def#Occupation,hooischudder,hooiwender\n",
        encoding="utf-8",
    )

    report = import_competentnl(path, tmp_path / "kept", catalogue)

    assert report.languages == {"nl": 3}


@pytest.mark.parametrize(
    ("content", "row", "problem"),
    [
        ("@prefix a: <http://x#> .\na:b a:c a:d .\nb:b a:c a:d .\n", 3, "unknown b:"),
        ("@prefix a: <http://x#> .\n\na:b a:c ^ .\n", 3, "not_turtle"),
        ("@prefix a: <http://x#> .\na:b a:c a:d\n", 3, "not_turtle"),
        ('@prefix a: <http://x#> .\na:b a:c """open\n\n', 2, "not_turtle"),
    ],
)
def test_a_spoiled_line_is_named(tmp_path: Path, catalogue: Catalogue, content: str, row: int, problem: str) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(CatalogueInvalid) as caught:
        import_competentnl(path, tmp_path / "kept", catalogue)

    assert (caught.value.params["row"], caught.value.params["problem"]) == (row, problem)
    assert open_imported(tmp_path / "kept") == ()


def test_what_holds_no_names_replaces_nothing(tmp_path: Path, catalogue: Catalogue) -> None:
    import_competentnl(SAMPLE, tmp_path / "kept", catalogue)
    path = tmp_path / "empty.nt"
    path.write_text("", encoding="utf-8")

    with pytest.raises(CatalogueInvalid):
        import_competentnl(path, tmp_path / "kept", catalogue)

    assert len(open_imported(tmp_path / "kept")) == 1


def test_turtle_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "t.ttl"
    path.write_text(
        "PREFIX x: <http://x.nl/def#>\n@base <http://x.nl/> .\n# remark\n"
        "<a> x:p 'één'@nl, \"t\\u0077ee\"^^x:string ; x:q 3.5, true ;\n  x:r [ x:s <b> ; ] , ( 1 2 ) .\n"
        'x:c.d x:long """een\n"twee"\ndrie"""@nl-NL .\n[ x:s x:e ] .\n',
        encoding="utf-8",
    )

    found = triples(path)

    texts = {triple.object: triple.language for triple in found if triple.is_text}
    assert texts == {"één": "nl", "twee": "", "3.5": "", "true": "", "1": "", "2": "", 'een\n"twee"\ndrie': "nl-nl"}
    assert {t.subject for t in found if t.predicate.endswith("#long")} == {"http://x.nl/def#c.d"}
    assert {t.object for t in found if t.predicate.endswith("#s")} == {"http://x.nl/b", "http://x.nl/def#e"}


def test_a_source_knows_where_it_lies() -> None:
    with sources_in(SAMPLE) as sources:
        (source,) = sources
        assert isinstance(source, Source)
        assert (source.name, source.around) == ("competentnl_invented.ttl", "catalogue")


def workbook(path: Path, *titles: tuple[object, str]) -> Path:
    book = Workbook()
    about = book.active
    assert about is not None
    about.title = "Toelichting"
    about.append(["Verzonnen werkmap in de vorm van BRC 2014"])
    index = book.create_sheet("Index beroepen")
    index.append(["Index van beroepen"])
    index.append([])
    index.append(["Beroepsbenaming", "ISCO-08 code", "Omschrijving ISCO-08", "BRC-code"])
    for code, title in titles:
        index.append([title, code, "groep " + str(code), "0811"])
    groups = book.create_sheet("ISCO naar BRC")
    groups.append(["ISCO-08 code", "Omschrijving ISCO-08", "BRC-code", "BRC beroepsgroep"])
    groups.append(["7212", "Lassers", "0712", "Lassers en plaatwerkers"])
    book.save(path)
    return path


def test_job_titles_lead_to_the_occupation_with_their_code(tmp_path: Path, catalogue: Catalogue) -> None:
    path = workbook(
        tmp_path / "brc2014.xlsx", ("7212", "vonkentrekker"), (7212.0, "naadjesmaker"), ("3412", "steunpilaar")
    )
    report = import_brc(path, tmp_path / "kept", catalogue)
    search = search_over(catalogue, open_imported(tmp_path / "kept"))

    assert report.counts == {"titles": 3, "isco_codes": 2}
    assert search.find("vonkentrekker", "nl", 1)[0].id == "tm3"
    assert search.find("naadjesmaker", "nl", 1)[0].label_nl == "Lasser"
    assert search.find("steunpilaar", "nl", 1)[0].id == "isco:3412"


def test_a_code_that_is_none_is_named(tmp_path: Path, catalogue: Catalogue) -> None:
    path = workbook(tmp_path / "brc.xlsx", ("7212", "vonkentrekker"), ("lasser", "naadjesmaker"))

    with pytest.raises(CatalogueInvalid) as caught:
        import_brc(path, tmp_path / "kept", catalogue)

    assert caught.value.params == {
        "file": "brc.xlsx: Index beroepen",
        "row": 5,
        "column": "ISCO",
        "problem": "wrong_shape",
    }


def test_a_workbook_without_codes_and_a_file_that_is_none_are_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    book = Workbook()
    book.save(tmp_path / "empty.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")

    for name, problem in (("empty.xlsx", "column_missing"), ("text.xlsx", "not_xlsx")):
        with pytest.raises(CatalogueInvalid) as caught:
            import_brc(tmp_path / name, tmp_path / "kept", catalogue)
        assert caught.value.params["problem"] == problem
    with pytest.raises(FileMissing):
        import_brc(tmp_path / "gone.xlsx", tmp_path / "kept", catalogue)
