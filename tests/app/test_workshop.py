"""The workshop as two process owners meet it: changing, clashing, uploading, approving, publishing, going back."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from processes.actions.examinations import ask_for_examination, keep_examination
from processes.actions.process_drafts import create_draft
from processes.actions.releases import let_due_release_take_effect, release_files
from processes.diagrams.archives import open_archive, pack_archive
from processes.diagrams.examination import Examination
from processes.diagrams.legal_rules.result import RuleResult
from processes.queries.people import get_caseworker_named
from processes.queries.process_drafts import files_of_draft, get_draft, published_files
from tests.app.conftest import Browser, Site

FORM = "underrattelse/forms/ta_stallning.json"
README = "underrattelse/README.md"
NOTE = "Hjälptexten säger tydligare vad som ska läsas."
CAMUNDA = """<?xml version="1.0" encoding="ISO-8859-1"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" exporter="Camunda Modeler">
 <bpmn:process id="Process_1" name="Hyreskoll">
  <bpmn:startEvent id="StartEvent_1"/><bpmn:sequenceFlow id="F1" sourceRef="StartEvent_1" targetRef="A1"/>
  <bpmn:serviceTask id="A1" name="Skicka påminnelse" camunda:class="se.exempel.Skicka"/>
  <bpmn:sequenceFlow id="F2" sourceRef="A1" targetRef="E1"/><bpmn:endEvent id="E1"/>
 </bpmn:process></bpmn:definitions>""".encode("latin-1")


@pytest.fixture
def draft(site: Site) -> str:
    """The address of a proposal."""
    with site.runtime.transaction() as work:
        per = get_caseworker_named(work.session, "per")
        return f"/verkstad/{create_draft(work, title='Tydligare hjälp', purpose='', person=per).id}"


def write(browser: Browser, draft: str, path: str, text: str, revision: int) -> TestResponse:
    return browser.post(f"{draft}/fil/{path}", content=text, revision=revision)


def put(browser: Browser, draft: str, path: str, text: str, revision: str | None) -> TestResponse:
    headers = {} if revision is None else {"If-Match": revision}
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.page("/verkstad"))
    assert token is not None
    headers["X-CSRFToken"] = token[1]
    return browser.client.put(f"{draft}/filer/{path}", data=text.encode(), headers=headers)


def upload(browser: Browser, draft: str, name: str, content: bytes, **fields: str) -> TestResponse:
    return browser.post(
        f"{draft}/ladda-upp", fil=(io.BytesIO(content), name), **{"revision": "0", "oversatt": "1"} | fields
    )


def number_of(draft: str) -> int:
    return int(draft.rsplit("/", 1)[1])


def examined(site: Site, draft: str, examination: Examination | None = None) -> None:
    """The worker has checked the proposal as it is."""
    with site.runtime.transaction() as work:
        row = ask_for_examination(work, files_of_draft(work, get_draft(work, number_of(draft))))
        keep_examination(work, row_id=row.id, examination=examination or Examination())


def approved(site: Site, draft: str) -> Browser:
    """Per has changed a file and sent it, Petra has approved it; answers her browser."""
    per, petra = site.browser("per"), site.browser("petra")
    write(per, draft, README, "# Nytt", 0)
    examined(site, draft)
    assert per.post(f"{draft}/skicka", note=NOTE).status_code == 302
    assert petra.post(f"{draft}/godkann").status_code == 302
    return petra


def test_a_process_owner_finds_the_workshop_and_a_caseworker_does_not(site: Site) -> None:
    assert 'href="/verkstad"' in site.browser("per").page("/inkorg")
    assert 'href="/verkstad"' not in site.browser("anna").page("/inkorg")
    assert site.browser("maria").get("/verkstad").status_code == 403


def test_a_proposal_is_begun_changed_and_put_aside(site: Site) -> None:
    per = site.browser("per")
    assert "Skriv vad förslaget ska heta." in per.post("/verkstad", title="", purpose="Därför").text
    begun = per.post("/verkstad", title="Nya brev", purpose="Därför")
    address = begun.headers["Location"]
    assert "Ingenting är ändrat än." in per.page(address)
    assert write(per, address, README, "# Nytt", 0).status_code == 302
    page = per.page(address)
    assert README in page
    assert "Förslaget är inte kontrollerat som det är nu." in page
    assert "README.md" in per.page(f"{address}/filer")
    assert "sparade" in per.page(f"{address}/historik")
    per.post(f"{address}/beskrivning", title="Nya brev till alla", purpose="")
    assert "Nya brev till alla" in per.page("/verkstad")
    per.post(f"{address}/kasta")
    assert "Kastat" in per.page(address)
    assert per.post(f"{address}/ta-upp").status_code == 302


def test_a_file_is_saved_by_its_revision_only(site: Site, draft: str) -> None:
    per = site.browser("per")
    assert per.get(f"{draft}/filer/{FORM}").headers["ETag"] == '"0"'
    assert put(per, draft, README, "Ett", None).status_code == 428
    forged = per.client.put(f"{draft}/filer/{README}", data=b"Ett", headers={"If-Match": '"0"'})
    assert forged.status_code == 400
    assert per.get(f"{draft}/filer/{README}").status_code == 404
    saved = put(per, draft, README, "Ett", '"0"')
    assert (saved.status_code, saved.json, saved.headers["ETag"]) == (200, {"revision": 1}, '"1"')
    assert per.page(f"{draft}/filer/{README}") == "Ett"
    late = put(site.browser("petra"), draft, README, "Två", '"0"')
    assert late.status_code == 409
    assert late.json is not None
    assert (late.json["revision"], late.json["theirs"], late.json["saved_by"]) == (1, "Ett", "Per Olsson")
    assert put(per, draft, "underrattelse/x.py", "x", '"0"').status_code == 400


def test_nothing_typed_is_lost_when_somebody_else_saved_first(site: Site, draft: str) -> None:
    per, petra = site.browser("per"), site.browser("petra")
    write(petra, draft, README, "# Rubrik\n\nPetras rad", 0)
    clash = write(per, draft, README, "# Rubrik\n\nPers rad", 0)
    assert clash.status_code == 409
    for words in ("Petra Ström sparade", "Petras rad", "Pers rad", 'name="revision" value="1"'):
        assert words in clash.text
    assert write(per, draft, README, "# Rubrik\n\nBådas rader", 1).status_code == 302


def test_a_page_that_lay_open_for_too_long_shows_what_was_typed(site: Site, draft: str) -> None:
    answer = site.browser("per").post(f"{draft}/skicka", token="stale", note=NOTE)
    assert answer.status_code == 400
    assert "Sidan hade legat öppen för länge." in answer.text


def test_a_change_is_undone_and_an_earlier_save_brought_back(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "Ett", 0)
    write(per, draft, README, "Två", 1)
    page = per.page(f"{draft}/fil/{README}")
    [oldest] = re.findall(r'action="[^"]*/sparning/(\d+)"', page)
    assert per.get(f"{draft}/sparning/{oldest}").text == "Ett"
    assert per.post(f"{draft}/sparning/{oldest}", revision=2).status_code == 302
    assert per.page(f"{draft}/filer/{README}") == "Ett"
    assert per.post(f"{draft}/andra/{README}", vad="undo", revision=3).status_code == 302
    assert per.get(f"{draft}/filer/{README}").status_code == 404
    per.post(f"{draft}/andra/{FORM}", vad="remove", revision=0)
    assert "Borttagen" in per.page(draft)
    assert "Filen tas bort när förslaget publiceras." in per.page(f"{draft}/fil/{FORM}")
    assert per.post(f"{draft}/andra/{FORM}", vad="dance", revision=4).status_code == 400


def test_what_both_have_changed_is_settled_on_the_page(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "Förslagets", 0)
    with site.runtime.transaction() as work:
        files = published_files(work) | {README: b"Utgivet"}
        release_files(work, files, origin="workshop", note=NOTE)
    assert "Hämta in utgåva 2" in per.page(draft)
    per.post(f"{draft}/hamta-in")
    page = per.page(draft)
    assert "Låt förslagets gälla" in page
    assert "Ändrad på två håll" in per.page(f"{draft}/fil/{README}")
    per.post(f"{draft}/andra/{README}", vad="published", revision=1)
    assert "Låt förslagets gälla" not in per.page(draft)
    assert per.page(f"{draft}/filer/{README}") == "Utgivet"


def test_a_diagram_of_another_tool_is_translated_and_the_rest_explained(site: Site, draft: str) -> None:
    per = site.browser("per")
    told = upload(per, draft, "hyreskoll.bpmn", CAMUNDA)
    assert told.status_code == 200
    for words in (
        "gjord i Camunda Modeler",
        "Processens id är nu hyreskoll, som mappen.",
        "Steget anropar kod i ett annat system (se.exempel.Skicka).",
        "Tjänsteuppgiften ”Skicka påminnelse” anger ingen operation.",
    ):
        assert words in told.text
    page = per.page(f"{draft}/fil/hyreskoll/hyreskoll.bpmn")
    assert page.count("/sparning/") >= 2
    original = re.findall(r"/sparning/(\d+)", page)[-1]
    assert "se.exempel.Skicka" in per.get(f"{draft}/sparning/{original}").text
    assert "anger ingen operation" in per.page(f"{draft}/forklaring/hyreskoll/hyreskoll.bpmn")


def test_a_diagram_is_taken_as_it_is_when_nobody_wants_it_changed(site: Site, draft: str) -> None:
    per = site.browser("per")
    told = per.post(f"{draft}/ladda-upp", fil=(io.BytesIO(CAMUNDA), "hyreskoll.bpmn"), revision="0")
    assert "Filen ligger i förslaget som den kom." in told.text
    kept = per.get(f"{draft}/filer/hyreskoll/hyreskoll.bpmn").data
    assert kept == CAMUNDA.decode("latin-1").replace("ISO-8859-1", "UTF-8").encode()


def test_a_file_that_cannot_be_taken_is_told_why(site: Site, draft: str) -> None:
    per = site.browser("per")
    for name, content, words in (
        ("x.bpmn", b"<html></html>", "webbsida"),
        ("x.bpmn", b"<a><b></a>", "inte läsbar XML"),
        ("x.bpmn", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        ("x.bpmn", b"PK\x03\x04rest", "ett paket"),
        ("x.zip", b"PK\x03\x04rest", "ingen zip-fil"),
        ("x.exe", b"MZ", "ska sluta med"),
        ("x.dmn", b"<a/>", "Välj vilken process"),
    ):
        told = upload(per, draft, name, content)
        assert (told.status_code, words in told.text) == (400, True), (name, words)


def test_a_folder_goes_out_and_comes_in_as_a_zip_file(site: Site, draft: str) -> None:
    per = site.browser("per")
    files = open_archive(per.get(f"{draft}/forslag.zip").data)
    assert FORM in files
    files[README] = b"# Nytt\n"
    told = upload(per, draft, "allt.zip", pack_archive(files))
    assert told.status_code == 302
    assert README in per.page(draft)
    single = upload(per, draft, "nytt-brev.md", b"Hej!", process="underrattelse", revision="1")
    assert single.status_code == 302
    assert per.page(f"{draft}/filer/underrattelse/letters/nytt-brev.md") == "Hej!"


def test_an_upload_over_what_somebody_has_saved_since_shows_both(site: Site, draft: str) -> None:
    per = site.browser("per")
    upload(site.browser("petra"), draft, "brev.md", b"Petras", process="underrattelse")
    told = upload(per, draft, "brev.md", b"Pers", process="underrattelse")
    assert told.status_code == 409
    assert "Petras" in told.text
    assert "Pers" in told.text


def test_two_process_owners_publish_and_go_back(site: Site, draft: str) -> None:
    petra = approved(site, draft)
    done = petra.post(f"{draft}/publicera", when="now")
    assert done.headers["Location"] == "/verkstad/utgavor/2"
    page = petra.page("/verkstad/utgavor/2")
    for words in (NOTE, "Per Olsson", "Petra Ström", "Gäller nu"):
        assert words in page
    assert "Publicerat" in petra.page(draft)
    assert open_archive(petra.get("/verkstad/utgavor/2/utgava.zip").data)[README] == b"# Nytt"
    back = petra.post("/verkstad/utgavor/1/tillbaka").headers["Location"]
    assert "Tillbaka till utgåva 1" in petra.page(back)
    assert "kontrolleras just nu" in petra.page(back)
    assert "Utgåva 2" in petra.page("/verkstad/utgavor")


def test_who_sent_it_cannot_approve_it_and_is_told_so(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "# Nytt", 0)
    examined(site, draft)
    per.post(f"{draft}/skicka", note=NOTE)
    assert "En annan processägare ska godkänna det." in per.page(draft)
    refused = per.post(f"{draft}/godkann")
    assert refused.status_code == 403
    assert "Den som har skickat förslaget godkänner det inte själv." in refused.text
    petra = site.browser("petra")
    assert "Väntar på dig" in petra.page("/verkstad")
    assert "Väntar på dig" not in per.page("/verkstad")
    assert "väntar på godkännande" in petra.page("/processer")  # in the head of every page
    assert "väntar på godkännande" not in per.page("/processer")
    assert "Skriv vad som behöver ändras." in petra.post(f"{draft}/lamna-tillbaka", words="").text
    petra.post(f"{draft}/lamna-tillbaka", words="Kortare rubrik, tack.")
    assert "Kortare rubrik, tack." in per.page(draft)
    assert "väntar på godkännande" not in petra.page("/processer")


def test_what_remains_stands_on_the_page_and_stops_it(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "# Nytt", 0)
    assert per.post(f"{draft}/kontrollera").status_code == 302
    assert "kontrolleras just nu" in per.page(draft)
    broken = RuleResult("r", "Ingen får glömmas.", "SoL", "broken", "underrattelse")
    examined(site, draft, Examination(rules=(broken,)))
    assert "En eller flera lagregler följs inte på alla vägar." in per.page(draft)
    stopped = per.post(f"{draft}/skicka", note=NOTE)
    assert stopped.status_code == 409
    assert NOTE in stopped.text


def test_rules_that_are_not_proven_are_named_and_answered_for(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "# Nytt", 0)
    loose = RuleResult("r", "Ingen får glömmas.", "SoL", "approximate", "underrattelse")
    examined(site, draft, Examination(rules=(loose,)))
    assert "Ingen får glömmas." in per.page(draft)
    asked = per.post(f"{draft}/skicka", note=NOTE)
    assert asked.status_code == 400
    assert "Skriv varför reglerna ändå följs" in asked.text
    assert per.post(f"{draft}/skicka", note=NOTE, reservation="Villkoret kan inte uppstå.").status_code == 302


def test_a_release_for_later_waits_and_can_be_stopped(site: Site, draft: str) -> None:
    petra = approved(site, draft)
    wrong = petra.post(f"{draft}/publicera", when="later", day="imorgon", clock="8")
    assert wrong.status_code == 400
    assert "Skriv dag som ÅÅÅÅ-MM-DD" in wrong.text
    assert 'value="imorgon"' in wrong.text
    past = petra.post(f"{draft}/publicera", when="later", day="2020-01-01", clock="08:00")
    assert "inte har varit" in past.text
    petra.post(f"{draft}/publicera", when="later", day="2026-03-09", clock="08:00")
    assert "Börjar gälla" in petra.page("/verkstad/utgavor/2")
    assert "Inget annat kan publiceras dessförinnan." in petra.page("/verkstad")
    petra.post("/verkstad/utgavor/2/stoppa")
    assert "Stoppad, gällde aldrig" in petra.page("/verkstad/utgavor/2")
    assert petra.post("/verkstad/utgavor/2/stoppa").status_code == 409
    site.clock.advance(timedelta(days=30))
    with site.runtime.transaction() as work:
        assert let_due_release_take_effect(work) is None


def test_every_page_of_the_workshop_speaks_english_too(site: Site, draft: str) -> None:
    per = site.browser("per")
    write(per, draft, README, "# Nytt", 0)
    per.post("/sprak", sprak="en")
    for path in ("/verkstad", draft, f"{draft}/filer", f"{draft}/fil/{README}", "/verkstad/utgavor/1"):
        assert "Workshop" in per.page(path)


def test_a_zip_file_holds_the_processes_in_one_folder() -> None:
    with zipfile.ZipFile(io.BytesIO(pack_archive({"a/a.bpmn": b"x"}))) as archive:
        assert archive.namelist() == ["bpmn-diagrams/a/a.bpmn"]
