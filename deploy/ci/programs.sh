#!/usr/bin/env bash
# A browser for the documentation page, a spreadsheet and a reader of PDF for the exports, as Debian packages them.
set -euo pipefail
declare -A packages=([chromium]=chromium [soffice]=libreoffice-calc [pdftotext]=poppler-utils)
missing=()
for program in "${!packages[@]}"; do
    command -v "$program" > /dev/null || missing+=("${packages[$program]}")
done
if [ ${#missing[@]} = 0 ]; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "请先安装:${missing[*]}" >&2
    exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}" > /dev/null
