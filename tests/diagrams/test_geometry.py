"""Boxes and lines touch, cross and part where a person with a ruler would say that they do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from processes.diagrams.geometry import (
    Box,
    Point,
    Segment,
    segments,
    without_shared_end,
    without_shared_start,
)

PLACES = st.builds(Point, st.integers(-50, 50).map(float), st.integers(-50, 50).map(float))
PIECES = st.builds(Segment, PLACES, PLACES).filter(lambda piece: piece.start != piece.end)


def piece(x1: float, y1: float, x2: float, y2: float) -> Segment:
    return Segment(Point(x1, y1), Point(x2, y2))


def line(*places: tuple[float, float]) -> list[Point]:
    return [Point(x, y) for x, y in places]


def test_a_cross_meets_where_it_crosses():
    assert piece(0, 10, 20, 10).meets(piece(10, 0, 10, 20)) == Point(10, 10)
    assert piece(0, 0, 20, 20).meets(piece(0, 20, 20, 0)) == Point(10, 10)


def test_a_line_that_ends_on_another_meets_it():
    assert piece(0, 10, 20, 10).meets(piece(10, 10, 10, 40)) == Point(10, 10)


def test_lines_beside_each_other_do_not_meet():
    assert piece(0, 0, 20, 0).meets(piece(0, 5, 20, 5)) is None
    assert piece(0, 0, 20, 0).meets(piece(25, 0, 40, 0)) is None
    assert piece(0, 0, 20, 20).meets(piece(15, 0, 30, 10)) is None


@given(PIECES, PIECES)
def test_meeting_is_mutual(one, other):
    assert (one.meets(other) is None) == (other.meets(one) is None)


@given(PIECES, PIECES)
def test_where_two_pieces_meet_lies_on_both(one, other):
    place = one.meets(other)
    if place is not None:
        around = Box(place.x, place.y, place.x, place.y).grown(1.5)
        assert one.within(around) is not None
        assert other.within(around) is not None


@given(PIECES)
def test_a_piece_lies_within_its_own_box(one):
    inside = one.within(one.box)
    assert inside is not None
    assert inside.start.is_near(one.start)
    assert inside.end.is_near(one.end)


def test_boxes_that_share_a_border_do_not_overlap():
    left, right = Box(0, 0, 10, 10), Box(10, 0, 20, 10)
    assert not left.overlaps(right)
    assert left.overlaps(Box(8, 8, 20, 20))
    assert Box(0, 0, 20, 10).contains(left)
    assert not left.contains(Box(0, 0, 20, 10))


def test_points_that_repeat_make_no_piece():
    assert list(segments(line((0, 0), (0, 0), (5, 0)))) == [piece(0, 0, 5, 0)]


def test_what_two_lines_have_in_common_at_the_start_is_cut_off():
    one, other = line((0, 0), (10, 0), (10, 20)), line((0, 0), (30, 0))
    assert without_shared_start(one, other) == (line((10, 0), (10, 20)), line((10, 0), (30, 0)))
    assert without_shared_start(other, one) == (line((10, 0), (30, 0)), line((10, 0), (10, 20)))


def test_what_two_lines_have_in_common_at_the_end_is_cut_off():
    one, other = line((0, 0), (0, 10), (40, 10)), line((20, 0), (20, 10), (40, 10))
    assert without_shared_end(one, other) == (line((0, 0), (0, 10), (20, 10)), line((20, 0), (20, 10)))


def test_lines_that_begin_apart_are_left_whole():
    one, other = line((0, 0), (10, 0)), line((0, 5), (10, 5))
    assert without_shared_start(one, other) == (one, other)
