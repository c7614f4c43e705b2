"""Numbers, tokens and names, by properties and by table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.codes import (
    ALPHABET,
    LONGEST_TYPED,
    TOKEN_BYTES,
    TOKEN_SIGNS,
    certificate_number,
    name_words,
    names_match,
    read_token,
    token_from,
)

entropy = st.binary(min_size=TOKEN_BYTES, max_size=TOKEN_BYTES)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(name_words)


@given(entropy)
def test_token_is_26_signs_that_nobody_confuses(chance):
    token = token_from(chance)

    assert len(token) == TOKEN_SIGNS
    assert set(token) <= set(ALPHABET)
    assert not set(token) & set("ILOU")


@given(entropy, entropy)
def test_token_keeps_130_bits_of_the_chance_it_is_given(one, other):
    def used(chance):
        return int.from_bytes(chance, "big") & (1 << 130) - 1

    assert (token_from(one) == token_from(other)) == (used(one) == used(other))


def test_token_refuses_less_chance():
    with pytest.raises(ValueError, match="17 bytes"):
        token_from(b"too little")


@given(entropy, st.data())
def test_token_is_read_however_it_is_typed(chance, data):
    token = token_from(chance)
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "–", "."]), min_size=26, max_size=26))
    look = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        gap + data.draw(st.sampled_from(look.get(sign, sign + sign.lower())))
        for gap, sign in zip(gaps, token, strict=True)
    )

    assert read_token(typed) == token


@given(st.text(max_size=LONGEST_TYPED * 2))
def test_whatever_is_typed_is_a_token_or_nothing(typed):
    token = read_token(typed)

    assert token is None or (len(token) == TOKEN_SIGNS and set(token) <= set(ALPHABET))


@pytest.mark.parametrize("typed", ["", "7KQ4", "U" * 26, "0" * 25, "0" * 27, "0" * 1_000_000, "Ⅻ" * 26, "\x00" * 26])
def test_what_cannot_be_a_token_is_not_read(typed):
    assert read_token(typed) is None


def test_number_is_written_with_series_and_year():
    assert certificate_number("CC", 2026, 147) == "CC-2026-00147"
    assert certificate_number("CC", 2026, 123_456) == "CC-2026-123456"


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Ștefan Țurcanu", "stefan turcanu"),
        ("Ștefan Țurcanu", "Şţefan Ţurcanu".replace("Şţ", "Şt")),  # the cedillas of old keyboards
        ("Ana-Maria Popescu", "POPESCU ANA MARIA"),
        ("Ingrid Bråten Søndergård", "ingrid braten sondergard"),
        ("Þóra Æbelø", "thora aebelo"),
        ("Siobhán O’Brien", "siobhan o'brien"),
        ("Straße Łukasz", "strasse lukasz"),
        ("Ana 🌻 Munteanu", "Ana Munteanu"),
        ("ليلى حداد", "حداد ليلى"),
        ("Ana  Munteanu", " Ana\tMunteanu "),
    ],
)
def test_names_match_in_any_honest_spelling(printed, typed):
    assert names_match(printed, typed)


@pytest.mark.parametrize("typed", ["", "Ana", "Munteanu", "Anna Munteanu", "Ana Munteanu Pop", "-", "🌻", "Ana Munt"])
def test_part_of_a_name_or_another_name_does_not_match(typed):
    assert not names_match("Ana Munteanu", typed)


@given(names)
def test_every_name_matches_itself_in_capitals_and_backwards(name):
    assert names_match(name, name)
    assert names_match(name, " ".join(reversed(name_words(name))))
