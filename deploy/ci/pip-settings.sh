#!/usr/bin/env bash
# Prints what to export so that image builds use the package indexes pip and npm use here; nothing where they are the default.
set -euo pipefail
folder=${LIANGXIN_HOME:-$PWD/.local}
mkdir -p "$folder"
index=${PIP_INDEX_URL:-$(python3 -m pip config get global.index-url 2> /dev/null || true)}
case "$index" in
    http://* | https://*)
        (umask 077 && printf '[global]\nindex-url = %s\n' "$index" > "$folder/pip.conf")
        echo "export PIP_SETTINGS=$folder/pip.conf"
        ;;
esac
registry=${NPM_CONFIG_REGISTRY:-$(npm config get registry 2> /dev/null || true)}
case "$registry" in
    http://* | https://*)
        (umask 077 && printf 'registry=%s\n' "$registry" > "$folder/npmrc")
        echo "export NPM_SETTINGS=$folder/npmrc"
        ;;
esac
