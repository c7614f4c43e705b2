"""The small world of conftest.py stands, and stands for everybody."""


def test_world_has_a_course_two_cohorts_and_their_people(anas_place, mihais_place, ingrid, chapters):
    assert anas_place.cohort.trainers.get().user == ingrid
    assert mihais_place.cohort != anas_place.cohort
    assert [chapter.get_parent().specific.key for chapter in chapters] == ["m01", "m01"]
