"""A process owner at the drawing board, in a real browser: what is drawn and written is saved, checked and can run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete

from processes.actions.process_drafts import create_draft, save_file
from processes.clock import ManualClock
from processes.diagrams.files import files_of_process, read_folder
from processes.engine import parse_bundle
from processes.engine.drawing import read_drawings
from processes.forms import load_form
from processes.models import SignInSession
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import files_of_draft, get_draft, revision_of
from processes.settings import DIAGRAMS
from tests.conftest import A_MONDAY_MORNING
from tests.journeys.conftest import Office, open_office
from tests.journeys.test_accessible import EVERY_RULE, broken_rules

NOTICE = "underrattelse-kronofogden/underrattelse-kronofogden.bpmn"
FORM = "underrattelse-kronofogden/forms/kontakta_kronofogden_om_datum.json"
LETTER = "mottagning/letters/informationsbrev.md"
URGENCY = "underrattelse/bradska.dmn"
FILES = read_folder(DIAGRAMS)
ENGLISH = re.compile(
    r"\b(the|with|and|add|create|append|delete|remove|change|element|task|gateway|event|open|close|search|align|rule|"
    r"input|output|insert|copy|paste|cut|hit|policy|toggle|simulation|reset|trigger|flow|lane|undo|redo|edit|when|then)\b",
    re.IGNORECASE,
)
OUR_OWN = re.compile(r"[\w.-]+_[\w.-]+|bpmn\.io|[\"<>=].*|Till exempel: .*", re.IGNORECASE)
"""Names in conditions and cells are English words of the program, and stand between the Swedish."""


@dataclass
class Board:
    """The drawing board of a proposal."""

    office: Office
    page: Page
    draft: int

    def open(self, path: str) -> Page:
        """The editor of the file, when it is ready to be used."""
        self.page.goto(f"{self.office.address}/verkstad/{self.draft}/redigera/{path}")
        if path.endswith((".bpmn", ".dmn")):
            self.page.wait_for_selector("[data-shown=yes]")
        return self.page

    def choose(self, element: str) -> None:
        """Choose an element of the drawing by its id, arrows too."""
        self.page.evaluate(
            """id => {
                const { modeler } = document.querySelector("[data-editor]");
                modeler.get("selection").select(modeler.get("elementRegistry").get(id));
            }""",
            element,
        )
        self.page.wait_for_timeout(0)

    def is_saved(self) -> None:
        expect(self.page.locator("[data-saved]")).to_contain_text(re.compile(r"Sparat \d\d:\d\d"))

    def files(self) -> dict[str, bytes]:
        """Every file as the proposal has it now."""
        with self.office.runtime.reading() as work:
            return files_of_draft(work, get_draft(work, self.draft))

    def saves_as_somebody_else(self, path: str, content: bytes) -> None:
        with self.office.runtime.transaction() as work:
            draft = get_draft(work, self.draft)
            save_file(
                work,
                draft_id=self.draft,
                path=path,
                content=content,
                expected_revision=revision_of(work, draft, path),
                person=get_caseworker_named(work.session, "per"),
            )


@pytest.fixture(scope="module")
def owners_office(
    sqlite_city: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[Office]:
    """The pages of a city without cases, for every test of the module."""
    file = tmp_path_factory.mktemp("owners") / "office.db"
    shutil.copyfile(sqlite_city, file)
    with open_office(file, ManualClock(A_MONDAY_MORNING), browser) as office:
        yield office


@pytest.fixture(scope="module")
def owners_page(owners_office: Office) -> Page:
    return owners_office.desk("Per Olsson").page


@pytest.fixture
def board(owners_office: Office, owners_page: Page) -> Board:
    """A fresh proposal in front of Per."""
    with owners_office.runtime.transaction() as work:
        person = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Prov", purpose="", person=person).id
    return Board(owners_office, owners_page, draft)


def test_every_diagram_and_table_is_saved_as_it_was_opened(board: Board) -> None:
    diagrams = {path: content.decode() for path, content in FILES.items() if path.endswith(".bpmn")}
    tables = {path: content.decode() for path, content in FILES.items() if path.endswith(".dmn")}
    again = """async ([place, name, files]) => {
        const editor = document.querySelector(place)[name];
        const saved = {};
        for (const [path, xml] of Object.entries(files)) {
            const { warnings } = await editor.importXML(xml);
            saved[path] = warnings.length ? String(warnings) : (await editor.saveXML({ format: true })).xml;
        }
        return saved;
    }"""
    drawn = board.open(NOTICE).evaluate(again, ["[data-editor]", "modeler", diagrams])
    assert len(drawn) == len(diagrams) > 40
    written = board.open(URGENCY).evaluate(again, ["[data-table]", "tables", tables])
    for path, xml in (drawn | written).items():
        assert everything_in(xml.encode()) == everything_in(FILES[path]), path
    assert board.files() == FILES, "looking changes nothing"


def everything_in(xml: bytes) -> list[str]:
    """Every element of the file with what it says: in the file's order, the shapes of the drawing by their ids."""
    root = etree.fromstring(xml)
    shapes = [one for one in root.iter() if etree.QName(one).localname in ("BPMNShape", "BPMNEdge")]
    drawn = sorted(str([said(part) for part in one.iter()]) for one in shapes)
    inside = {part for one in shapes for part in one.iter()}
    return [said(one) for one in root.iter() if one not in inside] + drawn


def said(one: etree._Element) -> str:
    return str((one.tag, sorted(one.attrib.items()), (one.text or "").strip()))


def test_a_lane_a_deadline_a_condition_and_a_form_are_changed_and_the_result_can_run(board: Board) -> None:
    page = board.open(NOTICE)
    page.get_by_label("Valt i ritningen").select_option(label="Kontakta Kronofogden om datumet")
    page.get_by_label("Bana", exact=True).select_option(label="Vuxenenheten")
    page.get_by_label("Klar senast").select_option(label="Inom tre arbetsdagar")
    page.get_by_label("Beskrivning").fill("Ring Kronofogden och fråga om datumet.")
    page.get_by_label("Beskrivning").blur()
    board.choose("flow_ska_bekraftas__endast_aterkallelse")
    page.get_by_label("Villkor", exact=True).fill('notice_kind == "H" och allt')
    expect(page.locator("[data-problems]")).to_contain_text("går inte att använda")
    expect(page.locator("[data-here]")).to_contain_text("går inte att använda")
    expect(page.locator(".problem-mark.error")).not_to_have_count(0)
    page.get_by_label("Villkor", exact=True).fill("notice_kind in ['H', 'I']")
    expect(page.locator("[data-here]")).to_be_empty()
    board.is_saved()
    page.get_by_label("Valt i ritningen").select_option(label="Kontakta Kronofogden om datumet")
    page.get_by_role("link", name="Öppna formuläret").click()
    page.get_by_role("link", name="Vem pratade du med?").click()
    page.get_by_label("Fråga", exact=True).fill("Vem svarade i växeln?")
    expect(page.locator("[data-preview]")).to_contain_text("Vem svarade i växeln?")
    board.is_saved()
    files = board.files()
    (drawing,) = read_drawings(NOTICE, files[NOTICE])
    step = drawing.by_id["kontakta_kronofogden_om_datum"]
    (before,) = read_drawings(NOTICE, FILES[NOTICE])
    kept = before.by_id["kontakta_kronofogden_om_datum"].properties
    assert (step.lane, step.properties) == ("Vuxenenheten", {**kept, "due": "in_working_days_3"})
    assert step.documentation == "Ring Kronofogden och fråga om datumet."
    (flow,) = [one for one in drawing.flows if one.id == "flow_ska_bekraftas__endast_aterkallelse"]
    assert flow.condition == "notice_kind in ['H', 'I']"
    assert "Vem svarade i växeln?" in {field.label for field in load_form(files[FORM]).fields.values()}
    key = "underrattelse-kronofogden"
    bundle = parse_bundle(key, files_of_process(files, key))
    assert bundle.steps["kontakta_kronofogden_om_datum"].lane == "Vuxenenheten"


def test_a_step_is_drawn_by_keyboard_filled_in_and_taken_back(board: Board) -> None:
    page = board.open("mottagning/mottagning.bpmn")
    page.get_by_label("Valt i ritningen").select_option(label="Skriv informationsbrev")
    page.locator("summary", has_text="Rita härifrån").click()
    page.get_by_label("Lägg till efter").select_option(label="Vänta till en tidpunkt")
    page.get_by_label("Tidpunkt", exact=True).select_option(label="När är svarstiden ute?")
    page.get_by_label("Namn", exact=True).fill("Svarstiden är ute")
    page.get_by_label("Namn", exact=True).blur()
    expect(page.get_by_label("Id", exact=True)).to_have_value("svarstiden_ar_ute")
    board.is_saved()
    (drawing,) = read_drawings("", board.files()["mottagning/mottagning.bpmn"])
    assert drawing.by_id["svarstiden_ar_ute"].timer == ("timeDate", "response_window_ends_at")
    undo = page.get_by_role("button", name="Ångra")
    while undo.is_enabled():
        undo.click()
    board.is_saved()
    expect(page.get_by_label("Valt i ritningen").locator("option", has_text="Svarstiden")).to_have_count(0)
    (drawing,) = read_drawings("", board.files()["mottagning/mottagning.bpmn"])
    assert drawing == read_drawings("", FILES["mottagning/mottagning.bpmn"])[0]


def test_nothing_the_editors_say_is_english(board: Board) -> None:
    page = board.open(NOTICE)
    heard = set()
    for element in ("bekrafta_till_kronofogden", "ska_bekraftas", "kontoret_stanger_snart", "endast_aterkallelse",
                    "lane_vuxenenheten", "flow_ska_bekraftas__endast_aterkallelse"):  # fmt: skip
        board.choose(element)
        heard |= words_on(page)
        change = page.locator(".djs-context-pad .entry[title='Byt slag']")
        if change.count():
            change.click()
            heard |= words_on(page)
            page.keyboard.press("Escape")
    page.get_by_role("button", name="Sök", exact=True).click()
    page.get_by_role("button", name="Översikt").click()
    heard |= words_on(page)
    page.keyboard.press("Escape")
    page.locator(".bts-toggle-mode").click()
    page.locator(".bts-context-pad:visible").first.click()
    heard |= words_on(page)
    page.locator("[title='Visa eller dölj vad som hänt']").click()
    heard |= words_on(page)
    page = board.open(URGENCY)
    page.locator("td.input-cell").first.click()
    heard |= words_on(page)
    page.locator("td.input-cell").first.click(button="right")
    heard |= words_on(page)
    assert {words for words in heard if ENGLISH.search(OUR_OWN.sub("", words))} == set()
    assert len(heard) > 150


def words_on(page: Page) -> set[str]:
    """Every text, title, label and hint of the editor as it stands."""
    found: list[str] = page.locator(".drawing, .table-board, .djs-popup").evaluate_all(
        """places => places.flatMap(place => [...place.querySelectorAll("*")].flatMap(one => [
            ...[...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
            one.title, one.ariaLabel, one.placeholder,
        ])).filter(words => typeof words === "string" && words.trim()).map(words => words.trim())"""
    )
    return set(found)


@pytest.mark.parametrize("path", [NOTICE, URGENCY])
def test_the_mark_of_bpmn_io_lies_open(board: Board, path: str) -> None:
    page = board.open(path)
    assert page.locator(".bjs-powered-by, .powered-by").evaluate(
        """mark => {
            mark.scrollIntoView({ block: "center" });
            const place = mark.getBoundingClientRect();
            const points = [0.1, 0.5, 0.9].map(part => [place.x + place.width * part, place.y + place.height * part]);
            return place.width > 20 && points.every(([x, y]) => mark.contains(document.elementFromPoint(x, y)));
        }"""
    )


def test_what_is_drawn_after_the_session_has_ended_is_saved_after_the_next_sign_in(board: Board) -> None:
    page = board.open(NOTICE)
    with board.office.runtime.transaction() as work:
        work.session.execute(delete(SignInSession))
    board.choose("lane_vuxenenheten")
    page.get_by_label("Enhet").select_option(label="Enhetschef")
    expect(page.locator("[data-saved]")).to_contain_text("Du är utloggad")
    assert board.files()[NOTICE] == FILES[NOTICE]
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Logga in och spara").click()
    page.get_by_role("button", name="Per Olsson").click()
    page.wait_for_selector("[data-shown=yes]")
    board.is_saved()
    (drawing,) = read_drawings(NOTICE, board.files()[NOTICE])
    assert drawing.lanes[0] == "Enhetschef"


def test_two_who_draw_at_once_see_both_and_lose_nothing(board: Board) -> None:
    page = board.open(NOTICE)
    theirs = FILES[NOTICE].replace(b'name="Bekr\xc3\xa4ftad"', b'name="Klart"')
    board.saves_as_somebody_else(NOTICE, theirs)
    board.choose("lane_vuxenenheten")
    page.get_by_label("Enhet").select_option(label="Enhetschef")
    expect(page.locator("[data-saved]")).to_contain_text("Någon annan har ändrat filen")
    assert board.files()[NOTICE] == theirs
    page.get_by_role("button", name="Jämför och välj").click()
    expect(page.locator("main")).to_contain_text("Enhetschef")
    expect(page.locator("main")).to_contain_text("Klart")


def test_a_letter_shows_what_it_becomes_and_what_it_cannot_name(board: Board) -> None:
    page = board.open(LETTER)
    text = page.get_by_label("Brevets text")
    text.fill("{{ mottagare }}\n\n{{ datum }}\n\n# Hej {{ kungen }}\n\nRing **oss**.")
    expect(page.locator("[data-preview] b")).to_have_text("oss")
    expect(page.locator("[data-problems]")).to_contain_text("kungen, som inte står för något")
    board.is_saved()
    assert board.files()[LETTER].endswith(b"Ring **oss**.")


def test_what_is_typed_while_a_save_is_on_its_way_is_not_called_saved(board: Board) -> None:
    page, held = board.open(LETTER), []
    page.evaluate("""() => {
        const place = document.querySelector("[data-saved]");
        window.heard = [];
        new MutationObserver(() => window.heard.push(place.textContent)).observe(place, { childList: true });
    }""")
    page.route(
        "**/*", lambda route: held.append(route) if route.request.method == "PUT" else route.continue_()
    )
    for text in ("Ett.", "Ett, två."):
        with page.expect_request(lambda asked: asked.method == "PUT"):
            page.get_by_label("Brevets text").fill(text)
            if held:
                held.pop().continue_()
    assert page.evaluate("window.heard.filter((words) => words.startsWith('Sparat'))") == []
    held.pop().continue_()
    board.is_saved()
    assert board.files()[LETTER] == b"Ett, tv\xc3\xa5."
    page.unroute_all()


@pytest.mark.parametrize("path", [NOTICE, URGENCY, FORM, f"{FORM}?falt=", LETTER])
def test_the_pages_around_the_drawing_keep_wcag(board: Board, path: str) -> None:
    if path.endswith("falt="):
        path += next(iter(load_form(FILES[FORM]).fields))
    page = board.open(path)
    if path == NOTICE:
        board.choose("bekrafta_till_kronofogden")
    assert list(broken_rules(page, EVERY_RULE)) == []
