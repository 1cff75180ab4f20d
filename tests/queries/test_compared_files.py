"""Two sets of process files to hold beside each other: releases, proposals and versions, found by their words."""

from __future__ import annotations

import pytest

from processes.actions.process_drafts import create_draft, save_file
from processes.errors import DiagramNotFound, DraftNotFound, ReleaseNotFound
from processes.queries.compared_files import as_comparable, get_side, versions_of
from processes.queries.people import get_caseworker_named
from tests.city import City

README = "anstand/README.md"


def test_every_side_has_the_files_of_what_it_names(city: City) -> None:
    with city.runtime.transaction() as work:
        per = get_caseworker_named(work.session, "per")
        draft = create_draft(work, title="Prov", purpose="", person=per)
        save_file(work, draft_id=draft.id, path=README, content=b"# Ny", expected_revision=0, person=per)
        version = versions_of(work, "underrattelse")[0]
        release, proposal = get_side(work, "utgava-1"), get_side(work, f"forslag-{draft.id}")
        one_process = get_side(work, f"version-{version.id}")

        assert proposal.files == {**release.files, README: b"# Ny"}
        assert (proposal.draft, release.draft) == (draft, None)
        assert one_process.process_key == "underrattelse"
        before, after = as_comparable(one_process, proposal)
        assert before == after == one_process.files
        assert as_comparable(release, proposal) == (release.files, proposal.files)


def test_a_word_for_nothing_is_refused(city: City) -> None:
    wrong: dict[str, type[Exception]] = {
        "utgava-99": ReleaseNotFound,
        "forslag-99": DraftNotFound,
        "version-999999999": DiagramNotFound,
        "": ReleaseNotFound,
        "utgava-9999999999": ReleaseNotFound,
    }
    with city.runtime.reading() as work:
        for token, error in wrong.items():
            with pytest.raises(error):
                get_side(work, token)
