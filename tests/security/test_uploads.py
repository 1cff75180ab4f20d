"""A file that somebody sends is taken only under a harmless name, of the right kind and size, and one at a time."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from app.uploads import DECISION_TABLE, DIAGRAM, FORM_FILE, TABLE, Kind, Upload, take_upload
from processes.errors import UploadRefused
from tests.app.conftest import Site

ROWS = "namn;adress\nF-01 Påhittad;Provgatan 1\n"
Sent = list[tuple[str, bytes]]


def send(site: Site, kind: Kind, files: Sent, field: str = "fil") -> Upload:
    data = {field: [(BytesIO(content), name) for name, content in files]}
    with site.app.test_request_context("/", method="POST", data=data, content_type="multipart/form-data"):
        return take_upload("fil", kind)


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        (TABLE, "hyresvärdens lista (mars).csv", ROWS.encode()),
        (TABLE, "LISTA.CSV", ROWS.encode("utf-8-sig")),
        (TABLE, "lista.csv", ROWS.encode("cp1252")),
        (DIAGRAM, "hot-om-avhysning.bpmn", b'<?xml version="1.0"?><definitions/>'),
        (DIAGRAM, "a.xml", b"\n <definitions/>"),
        (DECISION_TABLE, "bradska.dmn", b"<definitions/>"),
        (FORM_FILE, "ta_stallning.json", b"{}"),
    ],
)
def test_a_file_of_the_right_kind_is_taken(site: Site, kind: Kind, name: str, content: bytes) -> None:
    taken = send(site, kind, [(name, content)])
    assert taken.name == name
    if kind is TABLE:
        assert taken.content.decode() == ROWS


@pytest.mark.parametrize(
    "name",
    [
        "../lista.csv", "..\\lista.csv", "/etc/lista.csv", "C:\\lista.csv", "a/b.csv", ".csv", ".lista.csv",
        "lista.csv\n.csv", "lista\x00.csv", "con.csv", "NUL.csv", "x" * 200 + ".csv", "a..b.csv", "-rf.csv",
        "<script>.csv", "lista;rm.csv", "\u202egnp.csv", "lista.csv.exe", "lista.html", "lista", "lista.csv ",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_means_something_else_is_refused(site: Site, name: str) -> None:
    with pytest.raises(UploadRefused):
        send(site, TABLE, [(name, ROWS.encode())])


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (TABLE, b"", "tom"),
        (TABLE, b"  \r\n ", "tom"),
        (replace(TABLE, most_bytes=50), b"x" * 51, "för stor"),
        (TABLE, b"PK\x03\x04 a workbook", "slag"),
        (TABLE, b"\xff\xfen\x00a\x00", "slag"),
        (TABLE, b"MZ\x90\x00", "slag"),
        (DIAGRAM, b"{}", "slag"),
        (DIAGRAM, b"\x89PNG\r\n", "UTF-8"),
        (DIAGRAM, b'<?xml version="1.0" encoding="utf-16"?>'.decode().encode("utf-16"), "UTF-8"),
        (FORM_FILE, b"[1]", "slag"),
    ],
)
def test_content_of_another_kind_or_size_is_refused_with_a_sentence(
    site: Site, kind: Kind, content: bytes, why: str
) -> None:
    with pytest.raises(UploadRefused) as refused:
        send(site, kind, [("fil" + kind.endings[0], content)])
    assert why in refused.value.why


def test_no_file_two_files_or_one_in_another_place_is_refused(site: Site) -> None:
    one = ("a.csv", ROWS.encode())
    for files, field in (([], "fil"), ([one, one], "fil"), ([one], "annat")):
        with pytest.raises(UploadRefused, match="Välj en fil"):
            send(site, TABLE, files, field)


def test_a_page_answers_a_refused_file_with_the_sentence(site: Site) -> None:
    def view() -> str:
        return take_upload("fil", TABLE).name

    site.app.add_url_rule("/prov", "trial", view, methods=["POST"])
    site.app.config["WTF_CSRF_ENABLED"] = False
    anna = site.browser("anna")
    sent = {"fil": (BytesIO(b"x"), "bild.png")}
    answer = anna.client.post("/prov", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "Filens namn ska sluta med .csv." in answer.text
