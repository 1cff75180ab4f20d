"""Whatever somebody sends to the pages is answered with a sentence, and never with a crash or a way out."""

from __future__ import annotations

import ast
import re
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from werkzeug.test import TestResponse

from app.inbox_choices import PARAMETERS
from processes.models import Case
from tests.app.conftest import Browser, Site
from tests.security.walking import PART, filters

UNHARMED = {200, 302, 308, 400, 403, 404, 405}
NUMBERS = [
    str(2**63),
    str(2**70),
    "9" * 5_000,
    "-1",
    "-0",
    "1e3",
    "0x1",
    "1.0",
    "1%00",
    "1%0a",
    "%2e%2e",
    "1'",
    "1--",
    "NaN",
]
TYPED = [
    "'",
    "' OR '1'='1",
    "'; DROP TABLE cases; --",
    "1 UNION SELECT password_hash FROM caseworkers",
    '"',
    "%",
    "_" * 100,
    "\\",
    "\0",
    "a\0b",
    "\u202e",
    "${7*7}{{7*7}}%s%n",
    "../../etc/passwd",
    "9" * 5_000,
    "KVB " + "%" * 60,
    "x" * 100_000,
    "2026-02-30T08:00:00+00:00_1",
    "2026-01-01T00:00:00+00:00_" + "9" * 18,
    "1" * 18,
]
FIELDS = (
    "username",
    "password",
    "vidare",
    "sprak",
    "note",
    "name",
    "reason",
    "kod",
    "to",
    "_add",
    "persons-0-name",
)
SIGN_IN = "/logga-in"


def paths(site: Site, method: str) -> list[str]:
    """Every route's path as it is written, for this method."""
    return [rule.rule for rule in site.app.url_map.iter_rules() if method in (rule.methods or ())]


def filled_in(path: str, number: str) -> str:
    """The route's path with this number for every row."""
    return PART.sub(lambda match: number if match[1] == "id" else "A", path)


def host_after(answer: TestResponse, path: str = SIGN_IN) -> str:
    """On which host a browser stands after it has followed the answer."""
    return urlsplit(urljoin(f"http://localhost{path}", answer.headers.get("Location", "/"))).netloc


def refused(path: str, *statuses: int) -> tuple[int, ...]:
    """How the path may refuse: what other programs call takes no cookie, so it asks a browser who it is."""
    return (400, 401, 404) if path.startswith("/api/v1/") else statuses


def test_a_number_that_no_row_has_names_nothing(site: Site) -> None:
    anna = site.browser("anna")
    guarded = [path for path in paths(site, "GET") if "<id:" in path]
    assert guarded
    for path, number in product(guarded, NUMBERS):
        filled = filled_in(path, number)
        assert anna.get(filled).status_code in refused(path, 400, 404), filled


OF_A_PROCESS_FILE = re.compile(r"/verkstad/(?:<id:draft_id>/[a-z-]+(?:/[a-z-]+)?|ritning/<token>)/<path:\w+>")
"""The path of a process's file, which is looked up by name among files and never opened on the computer."""


def test_every_number_in_an_address_is_one_that_a_database_can_hold(site: Site) -> None:
    numbered = [
        path
        for path in (*paths(site, "GET"), *paths(site, "POST"))
        if re.search(r"<int[:(]|<float|<path:", path) and not OF_A_PROCESS_FILE.fullmatch(path)
    ]
    assert set(numbered) == {"/static/<path:filename>"}, (
        "use <id:...>, which knows the largest number of a row"
    )


ON_THE_STRICTER = pytest.mark.parametrize("city", ["postgresql"], indirect=True)
"""SQLite takes almost any text; PostgreSQL refuses what is no text, so that a mistake is seen there."""


@ON_THE_STRICTER
def test_no_filter_is_read_as_a_command(open_site: Site) -> None:
    case_id = open_site.register()
    anna = open_site.browser("anna")
    names = {*filters(), *PARAMETERS}
    assert {"sok", "efter", "vy"} <= names
    looked_at = [
        path for path in paths(open_site, "GET") if "<" not in path and not path.startswith("/health")
    ]
    for path, typed in product(looked_at, TYPED):
        answer = anna.client.get(path, query_string=dict.fromkeys(names, typed))
        assert answer.status_code in UNHARMED or answer.status_code in refused(path), (path, typed)
    assert anna.client.get("/arenden", query_string="sok=%ff%fe%ed%a0%80%c0%af").status_code == 200
    with open_site.runtime.reading() as work:
        assert work.session.get(Case, case_id) is not None


@ON_THE_STRICTER
def test_no_post_crashes_on_what_is_typed(open_site: Site) -> None:
    case_id = open_site.register()
    anna = open_site.browser("anna")
    token = token_of(anna)
    for path, typed in product(paths(open_site, "POST"), [*TYPED, "\r\nSet-Cookie: a=b"]):
        if path == "/logga-ut":
            continue
        filled = filled_in(path, str(case_id))
        answer = anna.client.post(filled, data={"csrf_token": token} | dict.fromkeys(FIELDS, typed))
        assert answer.status_code < 500, (filled, typed)
        assert "a=b" not in answer.headers.get_all("Set-Cookie"), filled


def token_of(browser: Browser) -> str:
    """A token against forged posts that is this browser's own."""
    found = re.search(
        r'name="csrf_token" value="([^"]+)"', browser.client.get("/inkorg", follow_redirects=True).text
    )
    assert found is not None
    return found[1]


LEADING_AWAY = [
    "https://ond.example/",
    "http:ond.example",
    "//ond.example",
    "///ond.example",
    "/\\ond.example",
    "\\\\ond.example",
    "/\t/ond.example",
    "/\n/ond.example",
    "\t//ond.example",
    " //ond.example",
    "/\u2028/ond.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "//ond.example\\@localhost",
    "/%09/ond.example",
    "/.//ond.example",
    "/..//ond.example",
    "https:/ond.example",
    "\0//ond.example",
]


def test_nobody_is_led_to_another_site_by_signing_in_or_choosing_a_language(site: Site) -> None:
    ways = (
        (SIGN_IN, {"username": "anna", "password": "kvarboende-demo"}),
        ("/logga-in/demo", {"username": "anna"}),
        ("/sprak", {"sprak": "sv"}),
    )
    for (path, fields), target in product(ways, LEADING_AWAY):
        answer = site.visitor().post(path, vidare=target, **fields)
        assert host_after(answer, path) == "localhost", (path, target)


@pytest.mark.parametrize(
    "path", ["//ond.example/arenden", "/\\ond.example/", "//ond.example/%2e%2e", "/logga-in//ond.example"]
)
def test_an_address_that_looks_like_another_site_leads_nowhere(site: Site, path: str) -> None:
    answer = site.visitor().client.get("/", environ_overrides={"PATH_INFO": path})
    assert host_after(answer, "/") == "localhost"


@pytest.mark.parametrize(
    "target", ["/inkorg\r\nSet-Cookie: a=b", "/inkorg%0d%0aSet-Cookie: a=b", "/x\nLocation: //ond.example"]
)
def test_no_line_is_smuggled_into_the_head_of_an_answer(site: Site, target: str) -> None:
    answer = site.visitor().post("/sprak", sprak="sv", vidare=target)
    assert "a=b" not in str(answer.headers.get_all("Set-Cookie"))
    assert "\n" not in answer.headers["Location"]


def test_every_route_answers_only_to_looking_and_posting(site: Site) -> None:
    for rule in site.app.url_map.iter_rules():
        saves = {"PUT"} if rule.endpoint == "workshop_files.put" else set()
        assert (rule.methods or set()) <= {"GET", "HEAD", "OPTIONS", "POST"} | saves, rule.rule


@pytest.mark.parametrize("token", ["", "forged", None, "of somebody else"])
def test_every_post_is_refused_without_the_pages_own_token(open_site: Site, token: str | None) -> None:
    case_id = open_site.register()
    anna, before = open_site.browser("anna"), open_site.journal()
    told = (
        {} if token is None else {"csrf_token": token_of(open_site.browser("siv")) if " " in token else token}
    )
    for path in paths(open_site, "POST"):
        filled = filled_in(path, str(case_id))
        answer = anna.client.post(filled, data=told)
        assert answer.status_code in refused(path, 400, 403, 404), path
        as_script = anna.client.post(
            filled, headers={"X-CSRFToken": told.get("csrf_token", ""), "HX-Request": "true"}
        )
        assert as_script.status_code in refused(path, 400, 403, 404), path
    assert open_site.journal() == before
    assert anna.get("/inkorg").status_code == 200, "a forged post has signed somebody out"


def test_a_cookie_that_was_changed_signs_nobody_in(site: Site) -> None:
    name = site.app.config["SESSION_COOKIE_NAME"]
    cookie = site.browser("anna").client.get_cookie(name)
    assert cookie is not None
    tampered = [
        cookie.value[:at] + ("A" if cookie.value[at] != "A" else "B") + cookie.value[at + 1 :]
        for at in (0, 5, 20, -9)
    ]
    for value in [
        *tampered,
        "",
        "x",
        "." * 1_000,
        cookie.value + "x",
        cookie.value[::-1],
        "eyJjYXNld29ya2VyIjoxfQ",
        "\u00e5",
    ]:
        visitor = site.visitor()
        visitor.client.set_cookie(name, value)
        assert visitor.get("/inkorg").status_code == 302, value
    known = site.visitor()
    known.client.set_cookie(name, cookie.value)
    assert known.get("/inkorg").status_code == 200, "the cookie itself is good"


LOOK_ALIKES = [
    "\u0430nna",
    "anna\u200b",
    "anna\u0301",
    "ann\u0430",
    "\u202eanna",
    "anna'--",
    "anna\0",
    "a" * 100_000,
    "*",
    "%",
    "ann_",
]


def test_a_name_that_only_looks_like_somebodys_is_nobodys(open_site: Site) -> None:
    for username in LOOK_ALIKES:
        visitor = open_site.visitor()
        answer = visitor.post(SIGN_IN, username=username, password="kvarboende-demo")
        assert answer.status_code in (400, 401, 429), username[:20]
        assert visitor.get("/inkorg").status_code == 302, username[:20]


def test_only_one_module_takes_files_and_it_says_how_large_and_of_which_kind(modules) -> None:
    takers = [
        module.at(found)
        for module in modules
        for found in module.nodes(ast.Attribute)
        if found.attr == "files" and isinstance(found.value, ast.Name) and found.value.id == "request"
    ]
    assert {place.split(":")[0] for place in takers} == {"app/uploads.py"}, "take files with take_upload"


def test_no_statement_is_put_together_from_texts(modules) -> None:
    """SQL is written with SQLAlchemy or as a constant: what `text()` gets is never formatted."""
    formatted = [
        module.at(call)
        for module in modules
        if not module.is_migration
        for call in module.nodes(ast.Call)
        if {getattr(call.func, "id", ""), getattr(call.func, "attr", "") + "()"}
        & {"text", "exec_driver_sql()"}
        and call.args
        and isinstance(call.args[0], ast.JoinedStr | ast.BinOp | ast.Call)
    ]
    assert formatted == []


def test_no_template_is_made_of_what_somebody_typed(modules) -> None:
    makers = {"render_template_string", "from_string"}
    found = [
        module.at(call)
        for module in modules
        if module.path.parts[-2] != "commands"
        for call in module.nodes(ast.Call)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in makers
    ]
    assert found == []
