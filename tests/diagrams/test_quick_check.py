"""The check while somebody draws says the same about one file as the check before publishing, but at once."""

from __future__ import annotations

import pytest

from app.catalogue import names_here
from processes.diagrams.check import problems_in
from processes.diagrams.files import read_folder
from processes.diagrams.quick_check import check_file
from processes.settings import DIAGRAMS

FILES = read_folder(DIAGRAMS)
RECEPTION = "mottagning/mottagning.bpmn"
FORM = "mottagning/forms/ta_emot_arende.json"
URGENCY = "underrattelse/bradska.dmn"
FEW = {path: content for path, content in FILES.items() if path.startswith(("mottagning/", "underrattelse/"))}
LETTER = "mottagning/letters/informationsbrev.md"


def changed(path: str, before: str, after: str) -> dict[str, bytes]:
    assert before.encode() in FILES[path]
    return {**FILES, path: FILES[path].replace(before.encode(), after.encode())}


def messages(files: dict[str, bytes], path: str) -> list[str]:
    return [problem.message for problem in check_file(files, path, names_here()).problems]


@pytest.mark.parametrize("path", [RECEPTION, FORM, URGENCY, LETTER, "forfallotider/forfallotider.dmn"])
def test_what_is_published_has_no_problems(path):
    assert messages(FILES, path) == []


FAULTS = [
    (RECEPTION, 'value="in_working_days_3"', 'value="i_morgon"', "förfalloregeln i_morgon"),
    (RECEPTION, 'name="Vuxenenheten"', 'name="Jouren"', "”Jouren” är ingen enhet"),
    (RECEPTION, "parallelGateway", "inclusiveGateway", "inkluderande gateway stöds inte"),
    (RECEPTION, "'informationsbrev'", "'festinbjudan'", "brevet festinbjudan, som inte finns"),
    (RECEPTION, 'x="905" y="303"', 'x="5" y="3"', "över en banas kant"),
    (FORM, '"type": "object"', '"type": "list"', "”object”"),
    (URGENCY, '"akut"</text>', '"akut</text>', "rad"),
    (LETTER, "{{ mottagare }}", "{{ kungen }}", "kungen, som inte står för något"),
]


@pytest.mark.parametrize(("path", "before", "after", "told"), FAULTS)
def test_a_fault_is_told_while_it_is_drawn(path, before, after, told):
    files = changed(path, before, after)
    said = messages({name: files[name] for name in FEW}, path)
    assert any(told in message for message in said), said


def test_what_is_told_while_drawing_is_told_again_before_publishing():
    path, before, after, _ = FAULTS[0]
    faulty = changed(path, before, after)
    files = {name: faulty[name] for name in FEW}
    assert set(messages(files, path)) <= {problem.message for problem in problems_in(files, names_here())}


def test_a_form_says_what_it_breaks_in_the_diagram_beside_it():
    diagram, form = FILES[RECEPTION].decode(), FILES[FORM].decode()
    answers = check_file(FEW, RECEPTION, names_here()).answers["ska_brev_skickas"]
    asked = min(name for name in answers if f'"{name}"' in form and f">{name} " in diagram)
    said = messages(changed(FORM, f'"{asked}"', f'"{asked}_2"'), FORM)
    assert any("varken ett faktum eller ett svar" in message for message in said)


def test_each_step_can_ask_about_the_answers_that_exist_by_then():
    checked = check_file(FEW, RECEPTION, names_here())
    at_start, after = checked.answers["arende_mottaget"], checked.answers["ska_brev_skickas"]
    assert at_start < after
    assert {name for name in after - at_start if f'"{name}"'.encode() not in FILES[FORM]} == set()
    assert all(checked.labels[name] for name in after - at_start)


def test_a_file_that_cannot_be_read_is_one_problem_and_never_a_crash():
    for broken in (b"", b"<", b"\xff\xfe", b"<a/>"):
        for path in (RECEPTION, URGENCY, FORM):
            assert messages({**FEW, path: broken}, path)
