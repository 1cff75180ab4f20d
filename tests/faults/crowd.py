"""People who work while everything around them breaks, each with a browser that gives up and tries again.

Each writes a word of their own into all that they do, by which it is found in the database again (ledger.py). What was
answered with a redirect is acknowledged; an answer of our own trouble, or none, leaves it open whether it was done.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from processes.clock import swedish_day, swedish_time
from tests.faults.installation import Installation
from tests.faults.ledger import DONE, NOTE, REFUSED, UNKNOWN, WATCH, WITHDRAWAL, Ledger

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TASK = re.compile(r'href="/uppgifter/(\d+)')
CASE = re.compile(r"/arenden/(\d+)")
SENTENCE = re.compile(r"<h1[^>]*>\s*(.*?)\s*</h1>", re.DOTALL)
OPTION = re.compile(r'name="giver".*?<option value="(\d+)"', re.DOTALL)
SIGN_IN = "/logga-in"
STAFF = ("siv", "anna", "siv", "bosse")
"""Who works; one of them in two browsers."""
NOBODY_ANSWERS = 0
NOTHING_SAVED = "Inget av det du nyss gjorde är sparat."
"""What is said when the disk is full; it must be true."""
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 when nothing did."""

    status: int
    text: str = ""
    onward: str = ""

    @property
    def tells(self) -> str:
        """Whether it was done, as far as the person was told."""
        if self.status in (204, 302) and not self.onward.startswith(SIGN_IN):
            return DONE
        if NOTHING_SAVED in self.text:
            return REFUSED
        return UNKNOWN if self.status == NOBODY_ANSWERS or self.status >= 500 else REFUSED


@dataclass
class Person:
    """Somebody with a browser, signed in, working until told to stop."""

    installation: Installation
    ledger: Ledger
    username: str
    name: str
    choice: random.Random
    cases: list[int]
    """The cases that anybody of the crowd has been told of; shared."""
    stopping: threading.Event
    thinking: float = 0.0
    """Seconds between one deed and the next."""
    _cookies: dict[str, str] = field(default_factory=dict)
    _token: str = ""
    _number: int = 0

    def work(self) -> None:
        """Do one thing after another, whatever happens."""
        deeds = [self._register, self._note, self._watch, self._task, self._draft, self._consent]
        while not self.stopping.is_set():
            if not self._token and not self._sign_in():
                time.sleep(0.1)
                continue
            self.choice.choice(deeds)()
            time.sleep(self.thinking)

    def _word(self) -> str:
        self._number += 1
        return f"{self.name}-{self._number}"

    def _register(self) -> None:
        """A notice; who gets no answer sends the very same form again, as people do."""
        word = self._word()
        fields = notice_about(f"Provgatan {word}")
        for _ in range(3):
            answer = self._post("/underrattelser/ny/A", fields)
            self.ledger.enter("registered", fields["address"], answer.tells)
            found = CASE.search(answer.onward)
            if answer.tells == DONE and found:
                self.cases.append(int(found[1]))
            if answer.tells != UNKNOWN:
                return
            time.sleep(0.2)

    def _note(self) -> None:
        self._record(NOTE, {"text": self._word()})

    def _watch(self) -> None:
        today = swedish_day(datetime.now(UTC)).isoformat()
        self._record(WATCH, {"text": self._word(), "kind": "other", "until": today})

    def _record(self, name: str, fields: Fields) -> None:
        case_id = self._some_case()
        if case_id is not None:
            answer = self._post(f"/arenden/{case_id}/handelser/{name}", fields)
            self.ledger.enter(name, fields["text"], answer.tells)

    def _task(self) -> None:
        """Claim a task of some case and complete it; both again when no answer came."""
        case_id = self._some_case()
        if case_id is None:
            return
        found = TASK.findall(self._send("GET", f"/arenden/{case_id}").text)
        if not found:
            return
        task_id = int(self.choice.choice(found))
        me = self.installation.staff[self.username]
        if not self._tried("task_claimed", (task_id, me), f"/uppgifter/{task_id}/ta", {}):
            return
        staff = self.installation.staff
        self._tried("task_completed", task_id, f"/uppgifter/{task_id}", stance(staff["anna"], staff["bosse"]))

    def _tried(self, what: str, word: Any, path: str, fields: Fields) -> bool:
        for _ in range(3):
            answer = self._post(path, fields)
            self.ledger.enter(what, word, answer.tells)
            if answer.tells != UNKNOWN:
                return answer.tells == DONE
            time.sleep(0.2)
        return False

    def _draft(self) -> None:
        case_id, name = self._some_case(), "besok.bokat"
        if case_id is not None:
            text = self._word()
            answer = self._post(f"/arenden/{case_id}/handelser/{name}/utkast", {"text": text})
            self.ledger.enter_draft(f"event:{case_id}:{name}", self.username, text, answer.tells)

    def _consent(self) -> None:
        """Somebody consents, and takes it back; one person of the crowd looks after it in each case."""
        case_id = self._some_case()
        if case_id is None or self._has_withdrawn(case_id):
            return
        page = self._send("GET", f"/arenden/{case_id}/handelser/samtycke.givet").text
        giver = OPTION.search(page)
        if (
            giver is None
            or self._post(f"/arenden/{case_id}/handelser/samtycke.givet", consent(giver[1])).status != 302
        ):
            return
        answer = self._post(f"/arenden/{case_id}/handelser/{WITHDRAWAL}", {"giver": giver[1], "how": "oral"})
        self.ledger.enter(WITHDRAWAL, case_id, answer.tells)

    def _has_withdrawn(self, case_id: int) -> bool:
        return self.username != "siv" or (WITHDRAWAL, case_id) in self.ledger.tried

    def _some_case(self) -> int | None:
        return self.choice.choice(self.cases) if self.cases else None

    def _sign_in(self) -> bool:
        self._cookies.clear()
        page = self._send("GET", SIGN_IN)
        found = TOKEN.search(page.text)
        if found is None:
            return False
        self._token = found[1]
        said = {"username": self.username, "password": self.installation.password}
        if self._post(SIGN_IN, said).status != 302:
            self._token = ""
            return False
        found = TOKEN.search(self._send("GET", "/underrattelser/ny/A").text)
        self._token = found[1] if found else ""
        return bool(self._token)

    def _post(self, path: str, fields: Fields) -> Answer:
        answer = self._send("POST", path, {"csrf_token": self._token, **fields})
        if answer.onward.startswith(SIGN_IN) or answer.status == 401:
            self._token = ""  # signed out meanwhile
        elif answer.status == 400:  # the page was too old, or from a time to come; the form is shown anew
            found = TOKEN.search(answer.text)
            self._token = found[1] if found else ""
        if answer.status >= 500:
            found = SENTENCE.search(answer.text)
            self.ledger.hear(f"{answer.status} {found[1] if found else answer.text[:80]}")
        return answer

    def _send(self, method: str, path: str, fields: Fields | None = None) -> Answer:
        web = self.choice.choice(self.installation.webs)
        connection = HTTPConnection("127.0.0.1", web.port, timeout=90)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException):
            time.sleep(0.05)
            return Answer(NOBODY_ANSWERS)
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return Answer(answer.status, text, answer.headers.get("Location", ""))


@dataclass
class Crowd:
    """Several people at once."""

    installation: Installation
    seed: int
    people: int = 4
    thinking: float = 0.0
    ledger: Ledger = field(default_factory=Ledger)
    stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        cases: list[int] = []
        for number, username in enumerate(STAFF[: self.people]):
            choice = random.Random(f"{self.seed}-{number}")  # noqa: S311 -- a dice, not a secret
            told = (self.installation, self.ledger, username, f"ord{number}", choice, cases, self.stopping)
            person = Person(*told, thinking=self.thinking)
            self._threads.append(threading.Thread(target=person.work, name=f"person {number}"))
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everybody finish what they are doing."""
        self.stopping.set()
        for thread in self._threads:
            thread.join(180)
            assert not thread.is_alive(), "somebody waits for an answer for ever"


def notice_about(address: str) -> dict[str, Any]:
    """A landlord's letter about unpaid rent, as a browser sends it."""
    now = datetime.now(UTC)
    return {
        "kind": "A",
        "received_at": f"{swedish_time(now - timedelta(hours=1)):%Y-%m-%dT%H:%M}",
        "channel": "registered_post",
        "informant": "landlord",
        "posted_on": swedish_day(now - timedelta(days=1)).isoformat(),
        "posted_registered": "true",
        "amount_due": "9450.00",
        "landlord_name": "Exempelbo AB",
        "address": address,
        "apartment": "1101",
        "contract_kind": "first_hand",
        "persons-0-name": "F-01 Påhittad",
        "persons-0-role": "contract_holder",
        "persons-0-protection": "none",
    }


def stance(caseworker: int, substitute: int) -> dict[str, Any]:
    """The position taken on such a notice; no other task's form takes it."""
    return {
        "grounds": ["arrears"],
        "informant": "landlord",
        "may_lead_to_measure": "false",
        "stance": "handle",
        "caseworker": caseworker,
        "substitute": substitute,
    }


def consent(giver: str) -> dict[str, Any]:
    """A consent to talk with the landlord."""
    return {
        "giver": giver,
        "recipient": "landlord",
        "purposes": ["negotiate_stay"],
        "scopes": ["payment"],
        "direction": "both",
        "form": "oral",
        "informed_voluntary": "true",
        "informed_how_to_revoke": "true",
    }
