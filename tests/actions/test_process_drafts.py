"""Proposals to change the processes: nobody writes over somebody else's save, and the history keeps every one."""

from __future__ import annotations

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from processes.actions.draft_bases import settle_file, take_in_newest
from processes.actions.draft_uploads import take_files
from processes.actions.process_drafts import (
    create_draft,
    discard_draft,
    remove_file,
    reopen_draft,
    restore_save,
    save_file,
    undo_file,
)
from processes.actions.releases import release_files
from processes.errors import (
    AnswersRefused,
    DraftClash,
    DraftFileNotFound,
    DraftFileRefused,
    DraftNotFound,
    DraftNotOpen,
    NotAllowed,
)
from processes.models import DraftSave
from processes.queries.process_drafts import (
    changed_files,
    changed_paths,
    content_hash,
    file_of_draft,
    files_of_draft,
    get_draft,
    published_files,
    revision_of,
    saves_of,
)
from tests.city import City

LETTER = "mottagning/README.md"
NEW = "mottagning/letters/nytt-brev.md"


def begin(city: City, title: str = "Kortare brev") -> int:
    with city.runtime.transaction() as work:
        return create_draft(work, title=title, purpose="", person=city.person(work, "per")).id


def save(city: City, draft_id: int, path: str, text: str, expected: int, *, by: str = "per") -> int:
    with city.runtime.transaction() as work:
        return save_file(
            work,
            draft_id=draft_id,
            path=path,
            content=text.encode(),
            expected_revision=expected,
            person=city.person(work, by),
        )


def publish_elsewhere(city: City, path: str, text: str) -> None:
    """Somebody publishes this one file meanwhile."""
    with city.runtime.transaction() as work:
        files = published_files(work) | {path: text.encode()}
        release_files(work, files, origin="workshop", note="Under tiden.")


def test_a_proposal_shows_the_published_files_until_one_is_changed(city: City) -> None:
    draft_id = begin(city)
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert files_of_draft(work, draft) == published_files(work)
        assert changed_paths(work, draft) == []
    save(city, draft_id, NEW, "Hej\n", 0)
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert changed_paths(work, draft) == [NEW]
        assert files_of_draft(work, draft) == published_files(work) | {NEW: b"Hej\n"}
        assert content_hash(files_of_draft(work, draft)) != content_hash(published_files(work))


def test_only_a_process_owner_changes_processes(city: City) -> None:
    with pytest.raises(NotAllowed), city.runtime.transaction() as work:
        create_draft(work, title="Prov", purpose="", person=city.person(work, "maria"))
    draft_id = begin(city)
    with pytest.raises(NotAllowed):
        save(city, draft_id, NEW, "Hej", 0, by="anna")


def test_a_proposal_needs_a_name(city: City) -> None:
    with pytest.raises(AnswersRefused):
        begin(city, "  ")
    with pytest.raises(AnswersRefused):
        begin(city, "x" * 121)


def test_who_saves_last_over_somebody_elses_save_is_shown_both_texts(city: City) -> None:
    draft_id = begin(city)
    first = save(city, draft_id, NEW, "Pers text", 0)
    with pytest.raises(DraftClash) as clash:
        save(city, draft_id, NEW, "Petras text", 0, by="petra")
    assert (clash.value.mine, clash.value.theirs) == (b"Petras text", b"Pers text")
    assert (clash.value.revision, clash.value.saved_by) == (first, "Per Olsson")
    assert save(city, draft_id, NEW, "Bådas text", first, by="petra") > first


def test_who_had_a_file_open_while_it_was_changed_back_does_not_write_over_it_unseen(city: City) -> None:
    draft_id = begin(city)
    opened = save(city, draft_id, LETTER, "Mitt", 0)
    with city.runtime.transaction() as work:
        undo_file(
            work,
            draft_id=draft_id,
            path=LETTER,
            expected_revision=opened,
            person=city.person(work, "petra"),
        )
    with pytest.raises(DraftClash) as clash:
        save(city, draft_id, LETTER, "Mitt igen", opened)
    assert clash.value.theirs is not None
    assert clash.value.theirs.startswith(b"# ")


def test_saving_what_is_saved_already_is_no_change(city: City) -> None:
    draft_id = begin(city)
    revision = save(city, draft_id, NEW, "Hej", 0)
    assert save(city, draft_id, NEW, "Hej", revision) == revision
    with city.runtime.reading() as work:
        assert [one.what for one in saves_of(work, get_draft(work, draft_id))] == ["saved", "created"]


def test_a_file_that_is_written_back_to_what_is_published_is_no_change(city: City) -> None:
    draft_id = begin(city)
    with city.runtime.reading() as work:
        published = published_files(work)[LETTER].decode()
    revision = save(city, draft_id, LETTER, "Något annat", 0)
    save(city, draft_id, LETTER, published, revision)
    with city.runtime.reading() as work:
        assert changed_paths(work, get_draft(work, draft_id)) == []


def test_a_removed_file_is_gone_from_the_proposal_only(city: City) -> None:
    draft_id = begin(city)
    with city.runtime.transaction() as work:
        remove_file(
            work, draft_id=draft_id, path=LETTER, expected_revision=0, person=city.person(work, "per")
        )
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert LETTER not in files_of_draft(work, draft)
        assert LETTER in published_files(work)
        with pytest.raises(DraftFileNotFound):
            file_of_draft(work, draft, LETTER)


def test_every_save_can_be_brought_back(city: City) -> None:
    draft_id = begin(city)
    first = save(city, draft_id, NEW, "Ett", 0)
    second = save(city, draft_id, NEW, "Två", first)
    with city.runtime.reading() as work:
        oldest = saves_of(work, get_draft(work, draft_id), NEW)[-1].id
    with city.runtime.transaction() as work:
        restore_save(
            work,
            draft_id=draft_id,
            save_id=oldest,
            expected_revision=second,
            person=city.person(work, "petra"),
        )
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert file_of_draft(work, draft, NEW) == b"Ett"
        assert [one.what for one in saves_of(work, draft, NEW)] == ["restored", "saved", "saved"]


def test_the_history_cannot_be_changed_or_removed(city: City) -> None:
    save(city, begin(city), NEW, "Ett", 0)
    with pytest.raises(DBAPIError, match="append-only"), city.runtime.transaction() as work:
        work.session.execute(delete(DraftSave))


def test_a_discarded_proposal_stands_still_until_it_is_taken_up_again(city: City) -> None:
    draft_id = begin(city)
    with city.runtime.transaction() as work:
        discard_draft(work, draft_id=draft_id, person=city.person(work, "per"))
    with pytest.raises(DraftNotOpen):
        save(city, draft_id, NEW, "Hej", 0)
    with city.runtime.transaction() as work:
        reopen_draft(work, draft_id=draft_id, person=city.person(work, "petra"))
    with pytest.raises(DraftNotOpen), city.runtime.transaction() as work:
        reopen_draft(work, draft_id=draft_id, person=city.person(work, "petra"))
    assert save(city, draft_id, NEW, "Hej", 0) == 1


@pytest.mark.parametrize(
    "path",
    [
        "mottagning.bpmn",
        "../mottagning/mottagning.bpmn",
        "mottagning/forms/../../x.json",
        "mottagning/skript.py",
        "mottagning/forms/djupt/ner.json",
        "MOTTAGNING/mottagning.exe",
        "mottagning/",
        "a" * 300 + "/x.bpmn",
    ],
)
def test_a_file_lies_where_the_files_of_a_process_lie(city: City, path: str) -> None:
    with pytest.raises(DraftFileRefused):
        save(city, begin(city), path, "x", 0)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\0b", b"x" * 2_000_001])
def test_a_file_is_text_of_a_bounded_size(city: City, content: bytes) -> None:
    draft_id = begin(city)
    with pytest.raises(DraftFileRefused), city.runtime.transaction() as work:
        save_file(
            work,
            draft_id=draft_id,
            path=NEW,
            content=content,
            expected_revision=0,
            person=city.person(work, "per"),
        )


def test_a_proposal_that_does_not_exist_is_not_found(city: City) -> None:
    with pytest.raises(DraftNotFound):
        save(city, 4711, NEW, "x", 0)


def test_what_was_published_meanwhile_comes_in_and_what_both_changed_is_settled_by_a_person(
    city: City,
) -> None:
    draft_id = begin(city)
    save(city, draft_id, LETTER, "Förslagets", 0)
    save(city, draft_id, NEW, "Bara här", 0)
    publish_elsewhere(city, LETTER, "Publicerat")
    with city.runtime.transaction() as work:
        per = city.person(work, "per")
        assert take_in_newest(work, draft_id=draft_id, person=per) == [LETTER]
        assert take_in_newest(work, draft_id=draft_id, person=per) == []
        revision = revision_of(work, get_draft(work, draft_id), LETTER)
        settle_file(work, draft_id=draft_id, path=LETTER, keep="mine", expected_revision=revision, person=per)
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert file_of_draft(work, draft, LETTER) == "Förslagets".encode()
        assert file_of_draft(work, draft, NEW) == b"Bara h\xc3\xa4r"
        assert not any(row.is_unsettled for row in changed_files(work, draft).values())


def test_settling_for_what_is_published_leaves_no_change(city: City) -> None:
    draft_id = begin(city)
    save(city, draft_id, LETTER, "Förslagets", 0)
    publish_elsewhere(city, LETTER, "Publicerat")
    with city.runtime.transaction() as work:
        per = city.person(work, "per")
        take_in_newest(work, draft_id=draft_id, person=per)
        revision = revision_of(work, get_draft(work, draft_id), LETTER)
        settle_file(
            work, draft_id=draft_id, path=LETTER, keep="published", expected_revision=revision, person=per
        )
    with city.runtime.reading() as work:
        draft = get_draft(work, draft_id)
        assert changed_paths(work, draft) == []
        assert file_of_draft(work, draft, LETTER) == b"Publicerat"


def test_a_file_opened_before_a_new_release_came_in_is_not_saved_over_the_release(city: City) -> None:
    draft_id = begin(city)
    publish_elsewhere(city, LETTER, "Publicerat")
    with city.runtime.transaction() as work:
        take_in_newest(work, draft_id=draft_id, person=city.person(work, "petra"))
    with pytest.raises(DraftClash) as clash:
        save(city, draft_id, LETTER, "Öppnad före", 0)
    assert clash.value.theirs == b"Publicerat"


def test_what_is_published_as_the_proposal_has_it_is_no_change_any_more(city: City) -> None:
    draft_id = begin(city)
    save(city, draft_id, LETTER, "Samma", 0)
    publish_elsewhere(city, LETTER, "Samma")
    with city.runtime.transaction() as work:
        assert take_in_newest(work, draft_id=draft_id, person=city.person(work, "per")) == []
    with city.runtime.reading() as work:
        assert changed_paths(work, get_draft(work, draft_id)) == []


def test_an_upload_of_many_files_is_taken_whole_or_not_at_all(city: City) -> None:
    draft_id = begin(city)
    files = {NEW: b"Nytt", "mottagning/skript.py": b"x"}
    with pytest.raises(DraftFileRefused), city.runtime.transaction() as work:
        take_files(
            work,
            draft_id=draft_id,
            files=files,
            seen_revision=0,
            missing="keep",
            person=city.person(work, "per"),
        )
    with city.runtime.reading() as work:
        assert changed_paths(work, get_draft(work, draft_id)) == []


def test_an_upload_takes_away_what_is_missing_only_in_its_own_folders_and_when_told_to(city: City) -> None:
    draft_id = begin(city)
    with city.runtime.transaction() as work:
        before = published_files(work)
        sent = {path: content for path, content in before.items() if path.startswith("mottagning/")}
        left_out = sent.pop(LETTER)
        per = city.person(work, "per")
        kept = take_files(work, draft_id=draft_id, files=sent, seen_revision=0, missing="keep", person=per)
        assert (kept.changed, kept.removed, kept.unchanged) == ((), (), len(sent))
        taken = take_files(
            work, draft_id=draft_id, files=sent, seen_revision=0, missing="remove_in_folders", person=per
        )
        assert taken.removed == (LETTER,)
        assert files_of_draft(work, get_draft(work, draft_id)) | {LETTER: left_out} == before


def test_an_upload_does_not_write_over_what_was_saved_since_its_page_was_opened(city: City) -> None:
    draft_id = begin(city)
    save(city, draft_id, NEW, "Petras", 0, by="petra")
    with pytest.raises(DraftFileRefused, match=NEW), city.runtime.transaction() as work:
        take_files(
            work,
            draft_id=draft_id,
            files={NEW: b"Pers"},
            seen_revision=0,
            missing="keep",
            person=city.person(work, "per"),
        )
