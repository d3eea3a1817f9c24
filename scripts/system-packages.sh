#!/bin/sh
# Installs what Fieldmark needs from the system and the system lacks. Asks for nothing.
#
#   system-packages.sh PYTHON            Python's venv module
#   system-packages.sh PYTHON browser    Chromium and its driver, too: tests open pages in it, and are skipped without
set -eu
python=$1
packages=
"$python" -c 'import venv, ensurepip' 2>/dev/null || packages=python3-venv
if [ "${2:-}" = browser ] && ! { command -v chromium && command -v chromedriver; } >/dev/null; then
    packages="$packages chromium chromium-driver"
fi
[ -n "$packages" ] || exit 0
if [ "$(id -u)" -eq 0 ]; then
    sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
elif "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "system-packages.sh: tests in a browser will be skipped; as root, run: apt-get install$packages" >&2
    exit 0
else
    echo "system-packages.sh: $python lacks the modules venv and ensurepip; as root, run: apt-get install $packages" >&2
    exit 1
fi
echo "Installing $packages"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086 - a list of packages
$sudo apt-get install -y -qq --no-install-recommends $packages
