"""Every page has what a reader with a keyboard, a screen reader or another language needs."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from app import cases, failures, inbox_choices, interventions, labels
from app.api import bodies, document, operations
from app.diagrams import shape_of
from app.filled_form import FilledForm
from app.texts.english import ENGLISH
from processes.actions import api_keys
from processes.forms import load_form
from processes.rules import calendar_words, connections
from processes.rules.interventions import KINDS
from processes.settings import DIAGRAMS
from tests.app.conftest import Browser, Site

APP = Path(__file__).parents[2] / "app"
OWN_SCRIPT = re.compile(
    r"""<script(?=[^>]* defer)(?=[^>]* src="/static/dist/(?:pages|diagram)-\w+\.js")[^>]*>"""
)
OWN_LABELS = (
    "phase", "person", "protection", "contract", "channel", "attempt", "informant", "ground", "stance",
    "direction", "consent_form", "journal", "changed", "role", "ground_of_disclosure", "letter",
    "read", "basis", "finding", "pattern", "means", "refused", "mail", "table", "correction",
    "retention", "file_recipient", "job", "happening", "effect", "effect_value", "priority", "target_group", "figure",
    "proposal", "proposal_step", "remains", "file_kind", "file_change",
)  # fmt: skip
CODES_OF_FORM = {
    "channel": "channel",
    "informant": "informant",
    "grounds": "ground",
    "contract_kind": "contract",
}


class Outline(HTMLParser):
    """What a page consists of, as far as these tests ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.controls: list[dict[str, str | None]] = []
        self.labelled: set[str] = set()
        self.links: list[str] = []
        self.headings: list[str] = []
        self.language: str | None = None
        self._inside_label = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "html":
            self.language = given.get("lang")
        if tag == "label":
            self._inside_label = True
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea") and given.get("type") != "hidden":
            self.controls.append({**given, "wrapped": "yes" if self._inside_label else None})
        if tag == "a":
            self.links.append(given.get("href") or "")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._inside_label = False


PATHS = (
    "/inkorg?vy=alla", "/inkorg?vy=mina", "/uppgifter/2", "/uppgifter/3", "/arenden", "/arenden/1",
    "/arenden/1/handelser/samtycke.givet", "/underrattelser/ny", "/underrattelser/ny/A", "/underrattelser/ny/F",
    "/processer", "/processer/underrattelse",
)  # fmt: skip


@pytest.fixture
def anna(site: Site) -> Browser:
    case_id = site.register()
    browser = site.browser("anna")
    browser.post(f"/uppgifter/{site.task(case_id, 'kontakta_hyresvard')}/ta")
    return browser


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_built_so_that_it_can_be_read_aloud(anna: Browser, path: str) -> None:
    page = anna.page(path)
    outline = Outline(page)
    assert outline.language == "sv"
    assert outline.headings.count("h1") == 1
    assert len(outline.ids) == len(set(outline.ids)), "an id stands twice"
    assert "#innehall" in outline.links
    for control in outline.controls:
        assert control["wrapped"] or control.get("id") in outline.labelled, f"{control} has no label"
    for link in outline.links:
        assert not link.startswith("#") or link[1:] in outline.ids, f"{link} leads nowhere"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_carries_no_script_but_our_own_that_waits_until_it_is_shown(anna: Browser, path: str) -> None:
    page = anna.page(path)
    scripts = re.findall(r"<script[^>]*>([^<]*)</script>", page)
    assert scripts == ["" for _ in OWN_SCRIPT.findall(page)], "a script in the page, or of somebody else's"
    assert not re.search(r"\son[a-z]+=", page)
    assert " style=" not in page


def test_a_field_that_depends_on_an_answer_is_hidden_by_the_style_sheet(site: Site) -> None:
    site.register()
    siv = site.browser("siv")
    siv.post("/uppgifter/1/ta")
    page = siv.page("/uppgifter/1")
    assert "#w-forward_to { display: none }" in page
    assert '[name="stance"][value="forward"]:checked' in page


def test_a_section_without_a_question_to_show_has_no_heading_either() -> None:
    form = load_form((DIAGRAMS / "foraldrasamtal" / "forms" / "samtala_med_foraldrar.json").read_bytes())
    hidden = {shown: groups for shown, groups in FilledForm(form).conditions if shown.startswith("section-")}
    titles = [section.title for section, _ in FilledForm(form).sections]
    assert {titles[int(shown.removeprefix("section-")) - 1] for shown in hidden} == {
        "De fyra frågorna",
        "Barnets delaktighet",
    }
    for [[decider, *_]] in hidden.values():
        assert decider == '[name="talk_result"][value="held"]:checked'


def how_long_kept(browser: Browser, address: str) -> str:
    """What the answer says about keeping it."""
    with browser.get(address) as answer:
        return answer.headers["Cache-Control"]


def test_a_browser_asks_for_a_style_sheet_once_and_for_a_page_every_time(anna: Browser) -> None:
    page = anna.get("/inkorg")
    found = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert len(found) > 3
    kept = {address: how_long_kept(anna, address) for address in found}
    assert set(kept.values()) == {"public, max-age=31536000, immutable"}, kept
    assert "max-age" not in how_long_kept(anna, "/static/dist/licences.txt")
    assert page.headers["Cache-Control"] == "no-store"


def test_the_page_says_where_the_reader_is(anna: Browser) -> None:
    assert 'href="/arenden" aria-current="page"' in anna.page("/arenden/1")


def test_the_pages_can_be_read_in_english_and_in_swedish_again(anna: Browser) -> None:
    assert anna.post("/sprak", sprak="en", vidare="/arenden").headers["Location"] == "/arenden"
    page = anna.page("/inkorg?vy=alla")
    assert '<html lang="en">' in page
    assert "Inbox" in page
    assert "All that I may see" in page
    anna.post("/sprak", sprak="sv")
    assert "Alla jag får se" in anna.page("/inkorg?vy=alla")


def test_an_unknown_language_changes_nothing(anna: Browser) -> None:
    anna.post("/sprak", sprak="tlh")
    assert '<html lang="sv">' in anna.page("/inkorg")


def sentences() -> set[str]:
    """Every sentence that the pages ask the dictionary for."""
    found: set[str] = set()
    for template in APP.glob("templates/**/*.html"):
        text = template.read_text("utf-8")
        found |= {one or other for one, other in re.findall(r"""\bt\(\s*(?:"([^"]*)"|'([^']*)')""", text)}
    for module in APP.glob("**/*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t":
                found |= {str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)}
    for source in ("processes/rules/passwords.py", "processes/actions/passwords.py"):
        text = (APP.parent / source).read_text("utf-8")
        found |= set(re.findall(r'(?:return |PasswordRefused\()"([^"]+)"', text))  # why one is refused
    told = [*failures.TABLE.values(), *failures.BY_STATUS.values(), failures.CSRF_TOLD]
    found |= {sentence for one in told for sentence in (one.title, one.sentence)}
    found |= {*inbox_choices.TABS.values(), *inbox_choices.GROUPS.values(), *inbox_choices.ORDERS.values()}
    found |= {heading for _, heading in inbox_choices.PARAMETERS.values()}
    found |= said_to_systems()
    found |= {*interventions.GROUPS, *(words for kind in KINDS.values() for words in (kind.title, kind.told))}
    found |= {*cases.THEMES, cases.OTHER_THEME}
    return found | {word for family in OWN_LABELS for word in labels.LABELS[family].values()}


def said_to_systems() -> set[str]:
    """Every sentence about the interface for other systems, and of the calendars that leave the house."""
    found = {words for kind in operations.ALL for words in (kind.title, kind.told)}
    found |= {question.told for kind in operations.ALL for question in kind.questions}
    found |= {*operations.AREAS.values(), *document.REFUSALS.values(), document.OWN_NAME}
    found |= {*bodies.WHAT_IS_WRONG.values(), *bodies.KINDS.values()}
    found |= {sentence for one in failures.TO_SYSTEMS.values() for sentence in (one.title, one.sentence)}
    found |= {*connections.SCOPES.values(), *(kind.label for kind in connections.SYSTEM_KINDS.values())}
    found |= {*api_keys._problems_of_name("").values()}
    return found | {calendar_words.word_of_deadline(rule) for rule in calendar_words.TOLD_RULES}


def written_in_the_code() -> set[str]:
    """Every text that stands in the programs, besides the dictionary itself."""
    found: set[str] = set()
    for package in (APP, APP.parent / "processes"):
        for module in package.glob("**/*.py"):
            if module.parent.name != "texts":
                found |= texts_in(ast.parse(module.read_text("utf-8")))
    return found


def texts_in(tree: ast.Module) -> set[str]:
    """The strings of one module."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_sentence_of_the_pages_has_its_english() -> None:
    assert sentences() - ENGLISH.keys() == set()


def test_the_dictionary_has_no_sentence_that_nobody_says() -> None:
    assert ENGLISH.keys() - sentences() - written_in_the_code() == set()


def test_a_translation_keeps_the_places_of_its_values() -> None:
    place = re.compile(r"\{[a-z_]+\}")
    for swedish, english in ENGLISH.items():
        assert sorted(place.findall(swedish)) == sorted(place.findall(english)), swedish


def test_every_code_of_the_intake_form_has_its_word(site: Site) -> None:
    from processes.actions.events import shared_form

    with site.runtime.reading() as work:
        form = shared_form(work, "hyresvard.underrattelse")
    for name, family in CODES_OF_FORM.items():
        assert {option.value for option in form.fields[name].options} <= labels.LABELS[family].keys()
    columns = {column.name: column for column in form.fields["persons"].columns}
    assert {option.value for option in columns["role"].options} <= labels.LABELS["person"].keys()
    assert {option.value for option in columns["protection"].options} <= labels.LABELS["protection"].keys()


def test_every_letter_has_its_word() -> None:
    letters = {letter.stem for letter in DIAGRAMS.glob("*/letters/*.*")}
    assert letters == labels.LABELS["letter"].keys()


def test_a_code_without_a_word_is_shown_as_it_is(site: Site) -> None:
    with site.app.test_request_context():
        assert labels.label("phase", "unheard_of") == "unheard_of"


def test_the_process_page_lists_its_steps_and_gives_the_diagram(anna: Browser) -> None:
    page = anna.page("/processer/underrattelse")
    for word in ("Underrättelse på prov", "Samordningsfunktionen", "Kontakta hyresvärden", "Handboken 6.5"):
        assert word in page
    answer = anna.get("/processer/underrattelse.bpmn")
    assert answer.mimetype == "application/xml"
    assert b"<bpmn:process" in answer.data
    for gone in (
        "/processer/finns-inte",
        "/processer/underrattelse/delar/finns-inte",
        "/processer/finns.bpmn",
    ):
        assert anna.get(gone).status_code == 404


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (b"", 1.2),
        (b'<dc:Bounds x="0" y="0" width="900" height="405"/>', 2.0),
        (b'<dc:Bounds x="100" y="50" width="900" height="10"/>', 4.0),
        (b'<dc:Bounds x="-50.5" y="0" width="10" height="9000"/>', 1.2),
    ],
)
def test_the_place_for_a_drawing_has_its_shape(content: bytes, shape: float) -> None:
    assert shape_of(content) == shape


def test_a_crash_is_told_without_its_details_and_logged(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = site.browser("anna")

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("app.inbox.process_titles", crash)
    answer = anna.get("/inkorg")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text
