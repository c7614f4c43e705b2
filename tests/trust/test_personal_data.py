"""Every field of every model says whether it speaks about a person."""

from django.apps import apps
from django.contrib.auth import get_user_model

from lms.checks import OUR_APPS
from lms.personal_data import IMPERSONAL, LIBRARIES, PERSONAL, Erasure, Nature, declaration_of


def fields_of(model):
    return {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}


def our_models():
    return {
        model._meta.label: fields_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OUR_APPS
    }


def declared():
    names = {label: set(line.split()) for label, line in IMPERSONAL.items()}
    for label, fields in PERSONAL.items():
        names[label] = names.get(label, set()) | set(fields)
    return names


def test_every_field_is_declared():
    undeclared = [
        f"{label}.{field}"
        for label, fields in our_models().items()
        for field in sorted(fields)
        if declaration_of(label, field) is None
    ]

    assert undeclared == []


def test_every_declaration_has_a_field():
    models = our_models()
    gone = [
        f"{label}.{field}"
        for label, fields in declared().items()
        for field in sorted(fields - models.get(label, set()))
    ]

    assert gone == []


def test_no_field_is_declared_twice():
    impersonal = {(label, field) for label, line in IMPERSONAL.items() for field in line.split()}
    personal = {(label, field) for label, fields in PERSONAL.items() for field in fields}

    assert impersonal & personal == set()


def test_every_table_of_a_library_that_points_at_a_person_is_declared():
    person = get_user_model()
    pointing = {
        model._meta.label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in OUR_APPS
        and any(field.related_model is person for field in (*model._meta.local_fields, *model._meta.local_many_to_many))
    }

    assert pointing == set(LIBRARIES)


def test_every_relation_of_ours_to_a_person_is_personal():
    person = get_user_model()
    impersonal = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OUR_APPS
        for field in model._meta.local_fields
        if field.related_model is person and declaration_of(model._meta.label, field.name).nature == Nature.NONE
    ]

    assert impersonal == []


def test_every_personal_field_has_a_purpose_an_end_and_a_way_out():
    lacking = [
        f"{label}.{field}"
        for label, fields in PERSONAL.items()
        for field, line in fields.items()
        if not (line.purpose and line.kept and line.erasure in Erasure)
    ]

    assert lacking == []


def test_what_people_may_write_freely_counts_as_special():
    assert declaration_of("attendance.AttendanceRecord", "reason").nature == Nature.SPECIAL
    assert declaration_of("courses.Evidence", "note").nature == Nature.SPECIAL
