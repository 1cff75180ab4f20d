"""The one check of diagrams: a good folder has nothing wrong, and every rule catches what breaks it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processes.diagrams.check import problems_in
from processes.diagrams.names import REQUIREMENTS, known_names, parameters_of
from processes.diagrams.problems import errors
from tests.diagrams.example_folder import DELPROV, FORM, NAMES, PROVA, changed, example, told
from tests.engine.drawn import Drawn, files_of

DMN = "prova/bradska.dmn"


def form_changed(change: dict[str, Any], **fields: dict[str, Any]) -> dict[str, bytes]:
    files = example()
    form = json.loads(files[FORM]) | change
    form["properties"] |= fields
    files[FORM] = json.dumps(form).encode()
    return files


def without(path: str) -> dict[str, bytes]:
    return {name: content for name, content in example().items() if name != path}


def test_a_good_folder_has_nothing_wrong():
    assert problems_in(example(), NAMES) == []


BREAKS = [
    # Names of files and steps
    ('id="prova" name=', 'id="provet" name=', "ska vara samma som mappens och filens namn"),
    ('"slut_ogenomford"', '"slutOgenomford"', "Stegets id ”slutOgenomford” ska vara små bokstäver"),
    ('name="Pröva en fråga"', 'name=""', "Processen saknar ett namn på svenska."),
    ('name="Enhetschef"', 'name="Chefen"', "Banan ”Chefen” är ingen enhet"),
    # What a user task must say
    ('name="due" value="in_days_7"', 'name="due" value=""', "”Kontakta hyresvärden” saknar ”due”."),
    (
        'name="due" value="in_days_7"',
        'name="due" value="some_day"',
        "nämner förfalloregeln some_day, som inte finns",
    ),
    ('name="handbok" value="6.5"', 'name="handbok" value=" "', "”Kontakta hyresvärden” saknar ”handbok”."),
    (
        "Ring hyresvärden. Lämna inte ut mer än samtycket räcker till.",
        "",
        "saknar en beskrivning (documentation)",
    ),
    ("<bpmn:flowNodeRef>kontakta_hyresvarden</bpmn:flowNodeRef>", "", "ligger inte i någon bana"),
    ('name="Kontakta hyresvärden"', 'name=""', "kontakta_hyresvarden saknar namn."),
    # Properties
    (
        'name="gate" value="landlord-question"',
        'name="gate" value="landlord"',
        "nämner spärren landlord, som inte finns",
    ),
    ('name="gate" value=', 'name="gatte" value=', "har egenskapen ”gatte”, som inte betyder något"),
    ("R-103 R-104", "R-103 R-999", "nämner kravet R-999, som inte finns"),
    (
        'name="krav" value="R-001"',
        'name="gate" value="landlord-question"',
        "har ”gate”, men det är ingen användaruppgift",
    ),
    ('name="lagrum" value="OSL 26:1"', 'name="klass" value="prat"', "har klassen prat, som inte finns"),
    (
        'name="lagrum" value="OSL 26:1"',
        'name="aven" value="samordningen"',
        "ska synas även för samordningen, som inte är någon enhet",
    ),
    (
        'name="lagrum" value="OSL 26:1"',
        'name="aven" value="vuxen"',
        "men den enheten har steget redan genom sin bana",
    ),
    (
        'name="krav" value="R-001"',
        'name="aven" value="enhetschef"',
        "har ”aven”, men det är ingen användaruppgift",
    ),
    # Events and automatic steps
    (
        'name="fraga.aterkallad"',
        'name="fraga.borta"',
        "väntar på fraga.borta, som inte finns i händelsekatalogen",
    ),
    ("'svar.inkom'", "'svar.borta'", "nämner händelsen svar.borta, som inte finns"),
    ('Operator id="record_event"', 'Operator id="import_os"', "ska göra import_os, som inte finns"),
    ('Operator id="record_event"', 'Operator id="set_phase"', "säger inte phase till set_phase"),
    (
        'Operator id="record_event"',
        'Operator id="set_phase"',
        "säger amount till set_phase, som inte tar emot det",
    ),
    (
        'calledElement="delprov"',
        'calledElement="borta"',
        "Processen borta, som ”Låt chefen godkänna” anropar, finns inte",
    ),
    # Questions
    ("answer == 'yes'", "reply == 'yes'", "Namnet reply är varken ett faktum eller ett svar"),
    ("answer == 'yes'", "approved", "Svaret approved ges först i ett senare steg."),
    (">next_attempt_at<", ">answer<", "Datumet answer är inget faktum."),
    ('value="amount"', 'value="sum"', "Namnet sum är varken ett faktum eller ett svar"),
    # The engine
    ("not cannot_be_done and answer", "answer", "utesluter varandra"),
    ("answer == 'yes'", "answer.upper()", "answer.upper()"),
    # The drawing
    ('<dc:Bounds x="356" y="116"', '<dc:Bounds x="356" y="1116"', "ligger utanför banan"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), BREAKS)
def test_what_breaks_a_rule_is_told(old, new, sentence):
    assert any(sentence in message for message in told(changed((old, new))))


def test_a_table_is_not_asked_about_an_answer_that_comes_later():
    files = example()
    files[DMN] = files[DMN].replace(b"known_debt", b"sum_agreed")
    assert "Namnet sum_agreed är varken ett faktum eller ett svar från ett steg i processen." in told(files)


def asking(end: str, name: str, file: str = PROVA) -> list[str]:
    """What is said about questions when the end event is an automatic step instead that is told `name`."""
    opening = re.search(rf'<bpmn:endEvent id="{end}".*?</bpmn:endEvent>', example()[file].decode(), re.DOTALL)
    assert opening
    step = (
        f'<bpmn:serviceTask id="{end}"><bpmn:extensionElements><spiffworkflow:serviceTaskOperator id="set_phase">'
        f'<spiffworkflow:parameters><spiffworkflow:parameter id="phase" value="{name}" /></spiffworkflow:parameters>'
        "</spiffworkflow:serviceTaskOperator></bpmn:extensionElements></bpmn:serviceTask>"
    )
    found = told(changed((opening[0], step), file=file))
    return [message for message in found if name in message]


def test_an_answer_from_a_called_process_is_there_after_the_call():
    assert asking("slut_godkand", "approved") == []
    assert asking("slut_aterkallad", "approved") == []
    assert asking("slut_ogenomford", "approved") == ["Svaret approved ges först i ett senare steg."]


def test_a_called_process_may_ask_about_answers_of_the_process_that_calls_it():
    assert asking("chefen_har_svarat", "amount", DELPROV) == []
    assert asking("chefen_har_svarat", "nobody", DELPROV) == [
        "Namnet nobody är varken ett faktum eller ett svar från ett steg i processen."
    ]


def test_a_task_may_be_seen_by_a_second_unit_too():
    assert told(changed(('name="lagrum" value="OSL 26:1"', 'name="aven" value="enhetschef"'))) == []


def test_a_step_id_is_used_once_in_all_diagrams():
    files = example()
    other = files[DELPROV].decode().replace("delprov", "tredje").replace("Delprov", "Tredje").encode()
    files["tredje/tredje.bpmn"] = other
    files["tredje/forms/godkann_fragan.json"] = files["delprov/forms/godkann_fragan.json"]
    found = told(files)
    assert "Steget godkann_fragan finns också i delprov/delprov.bpmn; ett id betyder ett enda steg." in found


def test_a_diagram_lies_in_the_folder_of_its_name():
    files = example()
    files["prova/utkast.bpmn"] = files["delprov/delprov.bpmn"]
    assert "Diagrammet ska ligga som prova/prova.bpmn." in told(files)


@pytest.mark.parametrize("path", [PROVA, DMN])
def test_a_broken_file_is_told_and_stops_nothing_else(path):
    files = example() | {path: b"<broken"}
    assert any("inte läsbar XML" in message for message in told(files))


def test_a_table_that_nobody_asks_is_told():
    files = example()
    files["prova/annan.dmn"] = files[DMN]
    found = [problem.file for problem in problems_in(files, NAMES) if "beslutstabellen" in problem.message]
    assert found == ["prova/annan.dmn"]


def test_a_task_without_a_form_is_told():
    assert f"”Kontakta hyresvärden” saknar formulär; det ska heta {FORM}." in told(without(FORM))


def test_a_form_that_belongs_to_nothing_is_told():
    files = example() | {"prova/forms/annan.json": example()[FORM]}
    assert told(files) == ["Formuläret hör inte till något steg eller någon händelse."]


def test_the_form_of_an_event_belongs_to_the_event():
    assert (
        told(
            example()
            | {"arendehandelser/forms/svar.inkom.json": example()["delprov/forms/godkann_fragan.json"]}
        )
        == []
    )


def test_a_form_that_cannot_be_used_is_told_with_its_file():
    files = form_changed({"x-nonsens": 1})
    found = problems_in(files, NAMES)
    assert [(problem.file, problem.message) for problem in found if problem.file == FORM] == [
        (FORM, "Formuläret har nyckeln ”x-nonsens” som inte finns i formulärspråket.")
    ]


def test_a_field_is_prefilled_with_a_fact():
    amount = {"type": "integer", "title": "Skuldens storlek", "x-prefill": "unknown_debt"}
    assert "Fältet ”Skuldens storlek” fylls i med unknown_debt, som inte är något faktum." in told(
        form_changed({}, amount=amount)
    )


def test_a_field_is_not_named_as_a_fact():
    found = told(form_changed({}, known_debt={"type": "integer", "title": "Skuld"}))
    assert any(message.startswith("Fältet known_debt heter som ett faktum") for message in found)


def test_a_step_behind_a_hard_gate_has_a_way_around_it():
    files = changed(
        ("not cannot_be_done and answer == 'yes'", "answer == 'yes'"),
        (">cannot_be_done<", ">answer == 'none'<"),
    )
    assert any(
        "men ingen väg efter steget gäller när det inte kan genomföras" in message for message in told(files)
    )


def letter_to(recipient: str, text: str = "Hej", **more: str) -> list[str]:
    """What is told of a letter to the recipient, where the answer was noted down before."""
    parameter = '<spiffworkflow:parameter id="{}" type="str" value="\'{}\'" />'
    wanted = {"letter": "kallelse", "recipient": recipient, **more}
    amount = '<spiffworkflow:parameter id="amount" type="str" value="amount" />'
    files = changed(
        ("record_event", "prepare_letter"),
        (
            parameter.format("name", "svar.inkom"),
            "".join(parameter.format(key, value) for key, value in wanted.items()),
        ),
        (amount, ""),
    )
    return told(files | ({"prova/letters/kallelse.txt": text.encode()} if text else {}))


def test_a_letter_that_is_not_there_is_told():
    assert "”Anteckna svaret” nämner brevet kallelse, som inte finns." in letter_to("adults", text="")
    assert letter_to("adults") == []


def test_a_letter_goes_to_somebody():
    assert letter_to("grannen") == ["”Anteckna svaret” skriver till grannen, som inte är någon mottagare."]


def test_a_letter_to_an_outsider_says_what_it_tells_and_why():
    assert letter_to("landlord", purpose="negotiate_stay", contents="payment measures") == []
    [no_purpose] = letter_to("kfm")
    assert no_purpose.endswith("måste säga varför: inget är inget syfte.")
    [gossip] = letter_to("kfm", purpose="coordinate", contents="measures skvaller")
    assert gossip == "”Anteckna svaret” skriver om skvaller, som inte är något slags uppgift."


def test_a_letter_names_only_what_stands_for_something():
    assert letter_to("adults", text="Hej {{ mottagare }}, {{ skuld }}") == [
        "Brevet nämner skuld, som inte står för något."
    ]


def test_a_letter_to_a_person_does_not_tell_where_the_home_is():
    assert letter_to("kfm", text="{{ bostadens_adress }}", purpose="confirmation") == []
    assert letter_to("adults", text="{{ bostadens_adress }}") == [
        "”Anteckna svaret” skriver bostadens adress till en person, som kan bo någon annanstans."
    ]


def test_a_process_that_is_started_must_exist():
    started = [
        ('Operator id="record_event"', 'Operator id="start_process"'),
        ('id="name" type="str" value="\'svar.inkom\'"', 'id="key" type="str" value="\'borta\'"'),
        ('<spiffworkflow:parameter id="amount" type="str" value="amount" />', ""),
    ]
    assert "”Anteckna svaret” nämner processen borta, som inte finns." in told(changed(*started))
    there = [(old, new.replace("borta", "delprov")) for old, new in started]
    assert told(changed(*there)) == []


def test_a_task_named_by_a_noun_is_only_a_warning():
    found = problems_in(changed(('name="Kontakta hyresvärden"', 'name="Utredning av hyran"')), NAMES)
    assert [problem.level for problem in found] == ["warning"]
    assert errors(found) == []


def test_the_names_of_the_program_are_known():
    def operation(work: object, place: object, *, name: str, text: str = "", **more: object) -> None: ...

    names = known_names({"tell": operation})
    assert "landlord-question" in names.hard_gates
    assert "samtycke.givet" in names.events
    assert "Vuxenenheten" in names.lanes
    assert names.operations["tell"] == parameters_of(operation)
    assert sorted(names.operations["tell"].required) == ["name"]
    assert sorted(names.operations["tell"].optional) == ["text"]
    assert names.operations["tell"].any_more
    assert len(REQUIREMENTS) == 180


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_file_however_broken_makes_the_check_fail(data):
    files = example()
    path = data.draw(st.sampled_from(sorted(files)))
    content = files[path]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 400)))
    files[path] = content[:start] + data.draw(st.binary(max_size=20)) + content[end:]
    assert all(problem.message for problem in problems_in(files, NAMES))


def test_a_way_on_which_a_case_would_stand_still_is_told_with_how_to_get_there():
    drawn = Drawn().start().user("a").xor("val", default="f_nej").par("samla").user("b", "c").end()
    drawn.flow("start", "a", "val").flow("val", "b", "samla", "slut", when="yes")
    drawn.flow("val", "c", "samla", flow_id="f_nej")
    told = [str(problem) for problem in problems_in(files_of(drawn), NAMES) if problem.element == "samla"]
    assert any("Ärendet blir stående" in problem and "Slutför ”a”" in problem for problem in told)
