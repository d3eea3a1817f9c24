#!/bin/sh
# Installs what Fieldmark needs from the system and the system lacks: Python's venv module. Asks for nothing.
set -eu
python=$1
if "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    exit 0
fi
echo "Installing Python's venv module"
if [ "$(id -u)" -eq 0 ]; then
    sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    echo "system-packages.sh: $python lacks the modules venv and ensurepip; as root, run: apt-get install python3-venv" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
$sudo apt-get install -y -qq --no-install-recommends python3-venv
