"""A diagram that a caseworker could not follow with a finger is told so, by the name of what is wrong in it."""

from __future__ import annotations

import pytest

from processes.diagrams.layout import layout_problems
from tests.diagrams.example_folder import PROVA, changed, edge, example, moved, shape, through

ANSWERED = "flow_vad_blev_det__anteckna_svaret"
BACK = "flow_svar_kom__provas_igen"


def told(*changes: tuple[str, str]) -> list[str]:
    return [problem.message for problem in layout_problems(changed(*changes)[PROVA])]


def redrawn(element: str, **by: int) -> tuple[str, str]:
    return shape(element), moved(shape(element), **by)


def rerouted(element: str, *points: tuple[int, int]) -> tuple[str, str]:
    return edge(element), through(edge(element), *points)


def test_a_good_drawing_has_nothing_wrong():
    assert layout_problems(example()[PROVA]) == []


def test_a_problem_names_the_file_and_the_element():
    found = layout_problems(changed((edge(ANSWERED), ""))[PROVA], PROVA)[0]
    assert (found.file, found.element, found.level) == (PROVA, ANSWERED, "error")
    assert str(found).startswith(f"{PROVA}#{ANSWERED}: ")


@pytest.mark.parametrize(
    ("gone", "sentence"),
    [
        (shape("slut_ogenomford"), "”Gick inte att fråga” har ingen plats i ritningen."),
        (shape("lane_enhetschef"), "Banan ”Enhetschef” har ingen plats i ritningen."),
        (
            edge(ANSWERED),
            "Flödet ”Svar” från ”Vad blev det?” till ”Anteckna svaret” har ingen plats i ritningen.",
        ),
        (
            '<bpmndi:BPMNLabel><dc:Bounds x="247" y="179" width="66" height="15" /></bpmndi:BPMNLabel>',
            "Texten ”Frågan kom” har ingen plats i ritningen.",
        ),
    ],
)
def test_what_is_not_drawn_is_missed(gone, sentence):
    assert sentence in told((gone, ""))


@pytest.mark.parametrize("broken", ["abc", "", "nan", "inf", "1e300"])
def test_a_place_that_is_no_number_is_no_place(broken):
    found = told(('<dc:Bounds x="356" y="116"', f'<dc:Bounds x="{broken}" y="116"'))
    assert "”Bedöm frågan” har ingen plats i ritningen." in found


def test_a_shape_without_size_is_not_drawn():
    found = told(('<dc:Bounds x="356" y="116" width="130"', '<dc:Bounds x="356" y="116" width="0"'))
    assert "”Bedöm frågan” har ingen plats i ritningen." in found


def test_a_waypoint_that_is_no_number_leaves_the_flow_undrawn():
    assert any(
        "har ingen plats" in sentence for sentence in told(('<di:waypoint x="869"', '<di:waypoint x="?"'))
    )


def test_a_step_lies_inside_its_lane():
    assert "”Gick inte att fråga” ligger utanför banan ”Vuxenenheten”." in told(
        redrawn("slut_ogenomford", y=300)
    )


def test_an_event_sits_on_the_border_of_its_step():
    assert "”Frågan återkallades” sitter inte på kanten av ”Låt chefen godkänna”." in told(
        redrawn("aterkallad", y=40)
    )


def test_two_steps_do_not_lie_on_top_of_each_other():
    found = told(redrawn("slut_godkand", x=-110))
    assert "”Låt chefen godkänna” och ”Godkänd” ligger ovanpå varandra." in found


def test_lanes_do_not_lie_on_top_of_each_other():
    found = told(redrawn("lane_enhetschef", y=-40))
    assert "Banorna ”Vuxenenheten” och ”Enhetschef” ligger ovanpå varandra." in found


def test_a_lane_lies_inside_the_frame_of_the_process():
    found = told(redrawn("lane_enhetschef", y=40))
    assert "Banan ”Enhetschef” ligger utanför processens ram." in found


def test_the_text_of_a_task_fits_in_its_box():
    long_name = "Ta reda på om hyresvärden vill träffa en överenskommelse om avbetalning och " * 2 + "skriv"
    found = told(('name="Anteckna svaret"', f'name="{long_name}"'))
    assert f"Texten i ”{long_name}” får inte plats i rutan." in found


def test_the_text_of_a_task_leaves_room_for_its_icon():
    name = "Begär avbetalning av hela hyresskulden från hyresvärden"
    assert f"Texten i ”{name}” når upp över tecknet i rutans hörn." in told(
        ('name="Anteckna svaret"', f'name="{name}"')
    )


@pytest.mark.parametrize("name", ["Enhetschef", "Pröva en fråga"])
def test_the_name_of_a_lane_or_process_fits_beside_it(name):
    long_name = "Ett mycket långt namn " * 6
    assert any(
        "får inte plats på höjden" in sentence for sentence in told((f'name="{name}"', f'name="{long_name}"'))
    )


def test_a_flow_begins_and_ends_at_its_steps():
    loose_start = told(('<di:waypoint x="869" y="156" />', '<di:waypoint x="880" y="156" />'))
    assert loose_start == [
        "Flödet ”Svar” från ”Vad blev det?” till ”Anteckna svaret” börjar inte vid kanten av ”Vad blev det?”."
    ]
    loose_end = told(('<di:waypoint x="920" y="156" />', '<di:waypoint x="905" y="156" />'))
    assert loose_end == [
        "Flödet ”Svar” från ”Vad blev det?” till ”Anteckna svaret” slutar inte vid kanten av ”Anteckna svaret”."
    ]


def test_no_flow_goes_through_a_step():
    found = told(rerouted("flow_godkann__slut_godkand", (1270, 596), (1270, 718), (1318, 718)))
    assert "Flödet från ”Låt chefen godkänna” till ”Godkänd” går genom ”Återkallad”." in found


def test_a_flow_does_not_go_through_the_step_it_leaves():
    found = told(rerouted(ANSWERED, (869, 200), (844, 200), (844, 170), (900, 170), (900, 156)))
    assert any("går genom ”Vad blev det?”" in sentence for sentence in found)


def test_a_flow_that_passes_the_corner_beside_a_gateway_does_not_go_through_it():
    assert told(rerouted("flow_provas_igen__kontakta_hyresvarden", (590, 156), (590, 156))) == []


def test_two_flows_do_not_cross():
    found = told(rerouted(BACK, (1161, 490), (610, 490), (610, 110), (562, 110)))
    assert any(
        sentence.startswith(
            "Flödet från provas_igen till ”Kontakta hyresvärden” korsar eller rör vid flödet från ”Svar"
        )
        for sentence in found
    )


def test_two_flows_do_not_lie_on_each_other():
    found = told(rerouted("flow_vanta_pa_svar__svar_kom", (985, 358), (1100, 358), (1100, 454)))
    assert found


def test_flows_to_the_same_step_may_join_on_the_way():
    assert edge(BACK).count('x="562"') == edge("flow_dags_igen__provas_igen").count('x="562"') == 2
    assert told() == []


def test_flows_to_the_same_step_that_part_again_after_they_met_are_told():
    found = told(rerouted(BACK, (1161, 520 - 10), (900, 510), (900, 502), (880, 502), (880, 490), (562, 490)))
    assert any("korsar eller rör vid" in sentence for sentence in found)


def test_flows_may_leave_a_gateway_as_one_line():
    shared = ['x="844" y="181"', 'x="844" y="262"'], ['x="844" y="181"', 'x="844" y="358"']
    for element, points in zip(("slut_ogenomford", "vanta_pa_svar"), shared, strict=True):
        assert all(point in edge(f"flow_vad_blev_det__{element}") for point in points)


def test_flows_from_one_gateway_that_cross_after_they_parted_are_told():
    found = told(
        rerouted(
            "flow_vanta_pa_svar__svar_kom", (985, 400), (1060, 400), (1060, 340), (1100, 340), (1100, 454)
        )
    )
    assert any("korsar eller rör vid" in sentence for sentence in found)


def test_a_flow_to_the_left_leads_back_to_something_earlier():
    text = changed(
        ('sourceRef="svar_kom" targetRef="provas_igen"', 'sourceRef="svar_kom" targetRef="slut_ogenomford"')
    )[PROVA]
    found = [problem.message for problem in layout_problems(text)]
    assert (
        "Flödet från ”Svar kom” till ”Gick inte att fråga” går åt vänster fast det inte leder tillbaka till något "
        "tidigare."
    ) in found


@pytest.mark.parametrize(
    ("label", "by", "sentence"),
    [
        (
            '<dc:Bounds x="247" y="179"',
            '<dc:Bounds x="247" y="150"',
            "Texten ”Frågan kom” ligger över ”Frågan kom”.",
        ),
        (
            '<dc:Bounds x="247" y="179"',
            '<dc:Bounds x="295" y="149"',
            "Texten ”Frågan kom” ligger över flödet från ”Frågan kom” till ”Bedöm frågan”.",
        ),
        (
            '<dc:Bounds x="948" y="314"',
            '<dc:Bounds x="948" y="284"',
            "Texterna ”Gick inte att fråga” och ”Vänta på svar” ligger över varandra.",
        ),
        (
            '<dc:Bounds x="1290" y="741"',
            '<dc:Bounds x="1290" y="775"',
            "Texten ”Återkallad” ligger över en banas kant.",
        ),
        (
            'x="938" y="285" width="94"',
            'x="938" y="285" width="60"',
            "Texten ”Gick inte att fråga” får inte plats i sin ruta.",
        ),
    ],
)
def test_a_text_can_be_read(label, by, sentence):
    assert sentence in told((label, by))


def test_a_text_may_stand_close_to_the_slope_of_a_gateway():
    assert told(('<dc:Bounds x="948" y="314"', '<dc:Bounds x="1000" y="320"')) == []


def test_a_note_is_drawn_clear_of_everything_too():
    note = '<bpmn:textAnnotation id="anm"><bpmn:text>Obs</bpmn:text></bpmn:textAnnotation>\n  </bpmn:process>'
    bounds = '<dc:Bounds x="900" y="110" width="100" height="30" />'
    drawn = f'<bpmndi:BPMNShape id="anm_di" bpmnElement="anm">{bounds}</bpmndi:BPMNShape></bpmndi:BPMNPlane>'
    found = told(("</bpmn:process>", note), ("</bpmndi:BPMNPlane>", drawn))
    assert "”Anteckna svaret” och ”Obs” ligger ovanpå varandra." in found


@pytest.mark.parametrize("content", [b"", b"no xml", b"<a/>", b"<!DOCTYPE a><a/>"])
def test_a_file_that_cannot_be_read_is_answered_and_not_crashed_on(content):
    assert all(problem.element is None for problem in layout_problems(content))
