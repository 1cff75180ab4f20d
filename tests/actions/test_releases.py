"""From a proposal to a release: green checks, a second pair of eyes, an instant, and the way back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from processes.actions.approvals import (
    approve_draft,
    call_release_off,
    propose_going_back,
    publish_draft,
    return_draft,
    send_for_approval,
)
from processes.actions.diagrams import publish_folder
from processes.actions.draft_bases import take_in_newest
from processes.actions.examinations import ask_for_examination, keep_examination
from processes.actions.process_drafts import create_draft, save_file
from processes.actions.releases import let_due_release_take_effect, release_files
from processes.diagrams.examination import Examination, ScenarioResult
from processes.diagrams.legal_rules.result import RuleResult
from processes.diagrams.problems import Problem
from processes.errors import (
    AnotherOwnerNeeded,
    AnswersRefused,
    DraftNotOpen,
    DraftNotReady,
    NotAllowed,
    ReleaseNotFound,
    ReleaseNotWaiting,
    ReleaseWaits,
)
from processes.models import ProcessInstance
from processes.queries.diagrams import current_version
from processes.queries.process_drafts import (
    changed_files,
    files_of_draft,
    get_draft,
    newest_release,
    published_files,
    saves_of,
    unfinished_drafts,
)
from processes.queries.readiness import readiness_of
from processes.queries.releases import all_releases, get_release
from processes.runtime import Runtime
from processes.unit_of_work import UnitOfWork
from tests.city import DIAGRAMS, City

FORM = "underrattelse/forms/ta_stallning.json"
NOTE = "Tydligare hjälp när man tar ställning."
PROVEN = RuleResult("r", "Regeln.", "SoL", "proven", "hot-om-avhysning")


def examined(work: UnitOfWork, draft_id: int, examination: Examination | None = None) -> None:
    """The worker has checked the proposal as it is now."""
    row = ask_for_examination(work, files_of_draft(work, get_draft(work, draft_id)))
    keep_examination(work, row_id=row.id, examination=examination or Examination(rules=(PROVEN,)))


def propose(city: City, text: str = "Tydligare hjälp", *, checked: bool = True) -> int:
    """A proposal that changes the description of one form, as Per makes it."""
    with city.runtime.transaction() as work:
        per = city.person(work, "per")
        draft = create_draft(work, title="Tydligare hjälp", purpose="", person=per)
        content = published_files(work)[FORM].replace(b'"title": "', f'"title": "{text} '.encode(), 1)
        save_file(work, draft_id=draft.id, path=FORM, content=content, expected_revision=0, person=per)
        if checked:
            examined(work, draft.id)
        return draft.id


def send(city: City, draft_id: int, *, by: str = "per", note: str = NOTE, reservation: str = "") -> None:
    with city.runtime.transaction() as work:
        send_for_approval(
            work, draft_id=draft_id, note=note, reservation=reservation, person=city.person(work, by)
        )


def approve(city: City, draft_id: int, by: str = "petra") -> None:
    with city.runtime.transaction() as work:
        approve_draft(work, draft_id=draft_id, person=city.person(work, by))


def publish(city: City, draft_id: int, by: str = "petra", hours: int = 0) -> int:
    """Publish now, or so many hours ahead; answers the release's number."""
    with city.runtime.transaction() as work:
        later = work.now + timedelta(hours=hours) if hours else None
        return publish_draft(
            work, draft_id=draft_id, person=city.person(work, by), takes_effect_at=later
        ).number


def through(city: City, draft_id: int, hours: int = 0) -> int:
    send(city, draft_id)
    approve(city, draft_id)
    return publish(city, draft_id, hours=hours)


def version(city: City, key: str = "underrattelse") -> str:
    with city.runtime.reading() as work:
        return current_version(work.session, key)


def versions_of_cases(city: City) -> dict[int, str]:
    with city.runtime.reading() as work:
        rows = work.session.query(ProcessInstance).filter_by(process_key="underrattelse")
        return {row.case_id: row.diagram_version for row in rows}


def state(city: City, draft_id: int) -> str:
    with city.runtime.reading() as work:
        return get_draft(work, draft_id).state


def test_new_cases_use_the_release_and_running_cases_stay_on_theirs(city: City) -> None:
    old_case, before = city.register(), version(city)
    number = through(city, propose(city))
    after = version(city)
    assert after != before
    new_case = city.register(address="Provgatan 2", posted_on="2026-02-26")
    assert versions_of_cases(city) == {old_case: before, new_case: after}
    with city.runtime.reading() as work:
        release = get_release(work, number)
        assert (release.proposed_by.name, release.approved_by.name) == ("Per Olsson", "Petra Ström")  # type: ignore[union-attr]
        changed = {one.process_key: (one.before, one.version) for one in release.versions}
        assert changed["underrattelse"] == (before, after)
        assert release.note == NOTE


def test_who_sent_a_proposal_does_not_approve_it(city: City) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    with pytest.raises(AnotherOwnerNeeded):
        approve(city, draft_id, by="per")
    with pytest.raises(NotAllowed):
        approve(city, draft_id, by="maria")
    assert state(city, draft_id) == "sent"


def test_nothing_is_published_that_nobody_has_approved(city: City) -> None:
    draft_id, before = propose(city), version(city)
    with pytest.raises(DraftNotOpen):
        publish(city, draft_id)
    send(city, draft_id)
    with pytest.raises(DraftNotOpen):
        publish(city, draft_id)
    assert version(city) == before


def test_where_no_second_person_is_needed_who_sends_publishes(city: City) -> None:
    draft_id = propose(city)
    with city.runtime.transaction() as work:
        work.policy = replace(work.policy, release_needs_approval=False)
        per = city.person(work, "per")
        send_for_approval(work, draft_id=draft_id, note=NOTE, person=per)
        assert publish_draft(work, draft_id=draft_id, person=per).approved_by_id is None


def test_a_second_person_that_is_demanded_later_is_needed_for_what_was_sent_before(city: City) -> None:
    draft_id = propose(city)
    with city.runtime.transaction() as work:
        work.policy = replace(work.policy, release_needs_approval=False)
        send_for_approval(work, draft_id=draft_id, note=NOTE, person=city.person(work, "per"))
    with pytest.raises(AnotherOwnerNeeded):
        publish(city, draft_id, by="per")


def test_a_release_note_is_needed(city: City) -> None:
    draft_id = propose(city)
    with pytest.raises(AnswersRefused) as refused:
        send(city, draft_id, note="Kort")
    assert set(refused.value.problems) == {"note"}


@pytest.mark.parametrize(
    ("shown", "remains"),
    [
        (None, "not_examined"),
        (Examination(problems=(Problem(FORM, None, "Fel."),)), "errors"),
        (Examination(rules=(RuleResult("r", "Regeln.", "SoL", "broken", "x"),)), "rules"),
        (Examination(rules=(RuleResult("r", "Regeln.", "SoL", "unproven", "x"),)), "rules"),
        (Examination(scenarios=(ScenarioResult("x.yaml", "X", ok=False),)), "scenarios"),
    ],
)
def test_only_what_has_passed_every_check_goes_on(
    city: City, shown: Examination | None, remains: str
) -> None:
    draft_id = propose(city, checked=False)
    if shown is not None:
        with city.runtime.transaction() as work:
            examined(work, draft_id, shown)
    with pytest.raises(DraftNotReady) as refused:
        send(city, draft_id)
    assert refused.value.remains == (remains,)


def test_a_warning_stops_nothing(city: City) -> None:
    draft_id = propose(city, checked=False)
    with city.runtime.transaction() as work:
        examined(work, draft_id, Examination(problems=(Problem(FORM, None, "Hm.", "warning"),)))
    send(city, draft_id)
    assert state(city, draft_id) == "sent"


def test_a_rule_that_is_not_proven_on_every_way_is_spoken_of(city: City) -> None:
    draft_id = propose(city, checked=False)
    with city.runtime.transaction() as work:
        examined(work, draft_id, Examination(rules=(RuleResult("r", "Regeln.", "SoL", "approximate", "x"),)))
    with pytest.raises(AnswersRefused) as refused:
        send(city, draft_id)
    assert set(refused.value.problems) == {"reservation"}
    send(city, draft_id, reservation="Villkoret gäller aldrig då, se handboken 6.2.")
    approve(city, draft_id)
    number = publish(city, draft_id)
    with city.runtime.reading() as work:
        assert get_release(work, number).note.endswith("se handboken 6.2.")


def test_a_proposal_without_a_change_is_nothing_to_send(city: City) -> None:
    with city.runtime.transaction() as work:
        per = city.person(work, "per")
        draft_id = create_draft(work, title="Tomt", purpose="", person=per).id
        examined(work, draft_id)
        with pytest.raises(DraftNotReady) as refused:
            send_for_approval(work, draft_id=draft_id, note=NOTE, person=per)
    assert refused.value.remains == ("nothing_changed",)


def test_what_was_published_meanwhile_must_be_taken_in_before_anybody_approves(city: City) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    with city.runtime.transaction() as work:
        files = published_files(work) | {"mottagning/README.md": b"# Nytt\n"}
        release_files(work, files, origin="workshop", note=NOTE)
    with pytest.raises(DraftNotReady) as refused:
        approve(city, draft_id)
    assert refused.value.remains == ("behind",)


def test_what_is_approved_is_not_published_on_top_of_what_came_in_between(city: City) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    approve(city, draft_id)
    with city.runtime.transaction() as work:
        files = published_files(work) | {"mottagning/README.md": b"# Nytt\n"}
        release_files(work, files, origin="workshop", note=NOTE)
    with pytest.raises(DraftNotReady) as refused:
        publish(city, draft_id)
    assert refused.value.remains == ("behind",)


def test_a_file_that_both_have_changed_is_settled_before_the_proposal_is_sent(city: City) -> None:
    draft_id = propose(city)
    through(city, propose(city, "Något annat"))
    with city.runtime.transaction() as work:
        take_in_newest(work, draft_id=draft_id, person=city.person(work, "per"))
        examined(work, draft_id)
        assert readiness_of(work, get_draft(work, draft_id)).remains == ("unsettled",)


def test_a_sent_proposal_stands_still_and_is_returned_with_a_word(city: City) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    with pytest.raises(DraftNotOpen), city.runtime.transaction() as work:
        save_file(
            work,
            draft_id=draft_id,
            path=FORM,
            content=b"{}",
            expected_revision=1,
            person=city.person(work, "per"),
        )
    with city.runtime.transaction() as work:
        petra = city.person(work, "petra")
        with pytest.raises(AnswersRefused):
            return_draft(work, draft_id=draft_id, words=" ", person=petra)
        return_draft(work, draft_id=draft_id, words="Hjälptexten är för lång.", person=petra)
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert (draft.state, draft.sent_by_id) == ("open", None)
        latest = saves_of(work, draft)[0]
        assert (latest.what, latest.words) == ("returned", "Hjälptexten är för lång.")


def test_who_sent_a_proposal_takes_it_back_without_a_word(city: City) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    approve(city, draft_id)
    with city.runtime.transaction() as work:
        return_draft(work, draft_id=draft_id, words="", person=city.person(work, "per"))
    assert state(city, draft_id) == "open"


def test_a_release_takes_effect_at_its_instant_and_not_before(city: City) -> None:
    before = version(city)
    number = through(city, propose(city), hours=5)
    assert version(city) == before
    with city.runtime.transaction() as work:
        assert let_due_release_take_effect(work) is None
    city.clock.advance(timedelta(hours=5))
    with city.runtime.transaction() as work:
        assert let_due_release_take_effect(work) == number
        assert let_due_release_take_effect(work) is None
    assert version(city) != before
    with city.runtime.reading() as work:
        newest = newest_release(work)
        assert newest is not None
        assert newest.number == number


@pytest.mark.parametrize("hours", [-1, 24 * 400])
def test_a_release_is_not_published_into_the_past_or_the_far_future(city: City, hours: int) -> None:
    draft_id = propose(city)
    send(city, draft_id)
    approve(city, draft_id)
    with pytest.raises(AnswersRefused):
        publish(city, draft_id, hours=hours)


def test_nothing_is_published_while_a_release_waits_until_it_is_called_off(city: City) -> None:
    waiting_id = propose(city)
    waiting = through(city, waiting_id, hours=5)
    other = propose(city, "Annat")
    send(city, other)
    approve(city, other)
    with pytest.raises(ReleaseWaits):
        publish(city, other)
    with city.runtime.transaction() as work:
        petra = city.person(work, "petra")
        call_release_off(work, number=waiting, person=petra)
        with pytest.raises(ReleaseNotWaiting):
            call_release_off(work, number=waiting, person=petra)
    assert state(city, waiting_id) == "open"
    assert publish(city, other) == waiting + 1
    city.clock.advance(timedelta(hours=6))
    with city.runtime.transaction() as work:
        assert let_due_release_take_effect(work) is None


def test_going_back_publishes_the_files_of_an_older_release_again(city: City) -> None:
    before = version(city)
    with city.runtime.reading() as work:
        first = newest_release(work)
        assert first is not None
        first_id, digest, first_number = first.id, first.content_hash, first.number
    through(city, propose(city))
    with city.runtime.transaction() as work:
        draft_id = propose_going_back(work, number=first_number, person=city.person(work, "petra")).id
        examined(work, draft_id)
    send(city, draft_id, by="petra")
    approve(city, draft_id, by="per")
    number = publish(city, draft_id)
    assert version(city) == before
    with city.runtime.reading() as work:
        newest = get_release(work, number)
        assert (newest.again_id, newest.content_hash) == (first_id, digest)
        assert [one.number for one in all_releases(work)] == [3, 2, 1]


def test_there_is_no_way_back_to_what_is_in_use_or_never_was(city: City) -> None:
    with city.runtime.transaction() as work:
        petra = city.person(work, "petra")
        with pytest.raises(ReleaseNotFound):
            propose_going_back(work, number=17, person=petra)
    with pytest.raises(DraftNotReady), city.runtime.transaction() as work:
        propose_going_back(work, number=1, person=city.person(work, "petra"))


def test_a_process_that_a_release_no_longer_has_starts_in_no_new_case(runtime: Runtime) -> None:
    with runtime.transaction() as work:
        publish_folder(work, DIAGRAMS)
        files = {
            path: content
            for path, content in published_files(work).items()
            if not path.startswith("arendehandelser/")
        }
        release = release_files(work, files, origin="workshop", note=NOTE)
        gone = [one for one in release.versions if one.version is None]
        assert [one.process_key for one in gone] == ["arendehandelser"]


def test_an_upgrade_writes_nothing_over_what_process_owners_have_published(
    city: City, tmp_path: Path
) -> None:
    number = through(city, propose(city))
    folder = tmp_path / "bpmn-diagrams"
    shutil.copytree(DIAGRAMS, folder)
    with city.runtime.transaction() as work:
        assert publish_folder(work, folder) == []
        assert list(unfinished_drafts(work)) == []  # the same folder as before has nothing new
    (folder / "mottagning" / "README.md").write_text("# Nytt i uppgraderingen\n")
    form = folder / FORM
    form.write_text(form.read_text().replace('"title": "', '"title": "Uppgraderingens ', 1))
    with city.runtime.transaction() as work:
        assert publish_folder(work, folder) == []
        assert publish_folder(work, folder) == []
        [draft] = unfinished_drafts(work)
        laid = {path: row.is_unsettled for path, row in changed_files(work, draft).items()}
        assert laid == {"mottagning/README.md": False, FORM: True}
        newest = newest_release(work)
        assert newest is not None
        assert newest.number == number
