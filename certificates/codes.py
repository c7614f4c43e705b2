"""Numbers, tokens and names: how they are written, read back and compared. Knows neither Django nor the clock.

The token is Crockford's base32 (no I, L, O, U): 26 signs carry 130 bits, drawn from entropy the caller gives.
"""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_SIGNS = 26
TOKEN_BYTES = 17  # 136 bits in, 130 used
LONGEST_TYPED = 200  # Nobody types more; a megabyte is not worth reading.
SEPARATORS = frozenset(" -\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}.\t\r\n\N{NO-BREAK SPACE}")
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
# Letters that Unicode does not take apart into a letter and a mark, as clerks of other countries write them.
PLAIN_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def certificate_number(series: str, year: int, sequence: int) -> str:
    """Write the human serial, such as CC-2026-00147; it opens nothing."""
    return f"{series}-{year}-{sequence:05d}"


def token_from(entropy: bytes) -> str:
    """Turn 17 random bytes into a token of 26 signs."""
    if len(entropy) != TOKEN_BYTES:
        raise ValueError(f"A token needs {TOKEN_BYTES} bytes of entropy.")
    bits = int.from_bytes(entropy, "big")
    return "".join(ALPHABET[(bits >> 5 * place) & 31] for place in range(TOKEN_SIGNS))


def read_token(typed: str) -> str | None:
    """Read a token as people type it: any case, spaces, dashes, O for 0, I and L for 1; None if it cannot be one."""
    if len(typed) > LONGEST_TYPED:
        return None
    signs = "".join(sign for sign in typed.upper() if sign not in SEPARATORS).translate(LOOKALIKES)
    if len(signs) != TOKEN_SIGNS or any(sign not in ALPHABET for sign in signs):
        return None
    return signs


def names_match(printed: str, typed: str) -> bool:
    """Whether two spellings are the same name: case, marks, hyphens, apostrophes and order do not matter."""
    words = name_words(typed)
    return bool(words) and name_words(printed) == words


def name_words(name: str) -> list[str]:
    """Take a name apart into plain, sorted words for comparing."""
    # Folded twice: taking a sign apart may bring out capitals, and folding a letter may bring out marks.
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(PLAIN_LETTERS)
    return sorted("".join(_plain_sign(sign) for sign in plain).split())


def _plain_sign(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind[0] in "LN":
        return sign
    # Marks and joiners belong to the letter before them; everything else stands between words.
    return "" if kind[0] == "M" or kind == "Cf" else " "
