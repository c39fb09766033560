#!/usr/bin/env bash
# The browser of the documentation page's test, as Debian packages it; nothing where it is there already.
set -euo pipefail
if command -v chromium > /dev/null; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "没有 chromium:请先安装(Debian:apt-get install chromium)" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 chromium > /dev/null
