"""The register of requirements and the list of documents."""

from __future__ import annotations

import pytest

from processes.handbook import Kind, documents, requirements
from processes.handbook.documents import documents_for
from processes.handbook.requirements import numbers_in


def test_the_register_holds_every_requirement_once_and_in_order():
    assert [requirement.id for requirement in requirements()] == [
        f"R-{number:03}" for number in range(1, 181)
    ]


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.id)
def test_every_requirement_is_one_plain_sentence_with_a_short_title(requirement):
    assert requirement.text.endswith(".")
    assert ". " not in requirement.text.replace("e.g. ", "")
    assert 3 < len(requirement.title) < 60
    assert requirement.section
    assert requirement.kinds
    assert all(requirement.who)


@pytest.mark.parametrize(
    ("number", "chapter"), [("R-001", "1"), ("R-009", "2"), ("R-070", "4"), ("R-154", "7"), ("R-173", "lag")]
)
def test_a_requirement_knows_its_chapter(number, chapter):
    assert {requirement.id: requirement.chapter for requirement in requirements()}[number] == chapter


def test_no_two_requirements_say_the_same():
    assert len({requirement.text for requirement in requirements()}) == 180
    assert len({requirement.title for requirement in requirements()}) >= 178


def test_numbers_are_read_from_text_once_and_in_order():
    assert numbers_in("R-002 and R-001, again R-002; not R-1 nor XR-0012") == ("R-002", "R-001")
    assert numbers_in(None) == ()


@pytest.mark.requirement("R-002", "R-003", "R-031", "R-040", "R-063", "R-166")
@pytest.mark.parametrize("number", ["R-002", "R-003", "R-031", "R-040", "R-063", "R-124", "R-166"])
def test_every_requirement_of_a_document_has_its_documents(number):
    carried = [document for document in documents() if number in document.requirements]
    assert carried
    assert all(document.title and document.purpose for document in carried)


def test_every_document_points_to_requirements_of_the_register():
    known = {requirement.id for requirement in requirements()}
    assert {number for document in documents() for number in document.requirements} <= known
    assert all(
        Kind.DOCUMENT in requirement.kinds for requirement in requirements() if requirement.id == "R-166"
    )


@pytest.mark.requirement("R-002", "R-134")
def test_a_step_shows_its_own_documents():
    assert "foraldrastod" in [document.key for document in documents_for("samtala_med_foraldrar")]
    assert documents_for("no_such_step") == ()


def test_a_municipality_fills_in_its_own_links(tmp_path):
    links = tmp_path / "links.toml"
    links.write_text(
        '[samtyckesblankett]\nlink = "https://intranat.exempelstad.se/samtycke"\n', encoding="utf-8"
    )
    found = {document.key: document.link for document in documents(links)}
    assert found["samtyckesblankett"] == "https://intranat.exempelstad.se/samtycke"
    assert found["lathund-treserva"] == ""


def test_a_link_to_a_document_that_does_not_exist_is_refused(tmp_path):
    links = tmp_path / "links.toml"
    links.write_text('[samtyckesblanket]\nlink = "https://exempelstad.se"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="samtyckesblanket"):
        documents(links)
