#!/bin/sh
# Installs what the browser tests need from Debian's packages: Chromium, and fonts with Korean and Cyrillic.
# Where that cannot be done the tests are skipped and say so.
have_fonts() { fc-list 2>/dev/null | grep -qi 'noto.*cjk'; }
if { command -v chromium || command -v google-chrome; } >/dev/null 2>&1 && have_fonts; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No apt-get here: install Chromium yourself to run the browser tests." >&2
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Chromium is missing and cannot be installed without root: sudo apt-get install chromium fonts-noto-cjk fonts-noto-core" >&2
        exit 0
    fi
    as_root="sudo -n"
fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
    chromium fontconfig fonts-noto-cjk fonts-noto-core >/dev/null
