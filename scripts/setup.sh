# shellcheck shell=sh
# What ./run and ./test share: set up this folder's own Python and, where it may, Debian's packages.

V=.venv
unset PYTHONDONTWRITEBYTECODE # else every start compiles two thousand modules again
BEGAN=${BEGAN:-$(date +%s)}
export BEGAN

say() { printf '%4d s  %s\n' "$(($(date +%s) - BEGAN))" "$*"; }

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# The prefix that lets apt-get install here ("" for root, "sudo -n" where it asks for no password); fails otherwise.
apt_prefix() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" != 0 ] || return 0
  sudo -n true >/dev/null 2>&1 && echo "sudo -n"
}

# apt_install PACKAGE …: true when they are there afterwards.
apt_install() {
  prefix=$(apt_prefix) || return 1
  for attempt in listed updated; do
    [ "$attempt" = listed ] || $prefix apt-get -qq update >/dev/null 2>&1 || true
    $prefix env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "$@" \
      >/dev/null 2>&1 && return 0
  done
  return 1
}

# python_env FILE …: the virtual environment with exactly what the last FILE pins, again only when a FILE changes.
# (requirements-dev.txt pins all of requirements.txt, so after ./test there is nothing to do for ./run.)
python_env() {
  for file in "$@"; do grep -qsxF "$(cksum <"$file") $file" "$V/.installed" || break; file=; done
  [ -n "$file" ] || return 0
  for file in "$@"; do :; done
  say "Installing Python packages ($file)."
  uv_install "$file" || pip_install "$file" || fail "Python packages could not be installed; the lines above say why."
  for file in "$@"; do echo "$(cksum <"$file") $file"; done >"$V/.installed"
}

make_venv() {
  "$V/bin/python" -c '' 2>/dev/null && return 0
  python=${PYTHON:-python3}
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    fail "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-venv"
  say "Making the virtual environment."
  rm -rf "$V"
  if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    apt_install python3-venv || fail "Python's venv module is missing. Type: sudo apt-get install python3-venv"
  fi
  "$python" -m venv "$V" || fail "The virtual environment could not be made in $V."
}

uv_install() {
  [ -x "$V/bin/uv" ] ||
    "$V/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r scripts/uv.txt 2>/dev/null || return 1
  UV_PYTHON_DOWNLOADS=never "$V/bin/uv" pip install -q --python "$V/bin/python" --require-hashes -r "$1"
}

pip_install() {
  say "uv cannot be used here; pip installs the same packages, more slowly."
  "$V/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
}

# WeasyPrint draws with Pango, which no Python package brings along.
PANGO_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

has_pango() {
  [ "$(uname)" = Linux ] || return 0 # elsewhere `manage.py check` looks
  "${1:-$V/bin/python}" -c 'import ctypes
for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"): ctypes.CDLL(name)' 2>/dev/null
}
