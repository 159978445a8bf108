#!/bin/sh
# Installs what the tests need from Debian's packages: Chromium with fonts for Korean and Cyrillic, and PostgreSQL.
# Where that cannot be done the tests that need it are skipped and say so.
set -eu
have() { command -v "$1" >/dev/null 2>&1; }
have_fonts() { fc-list 2>/dev/null | grep -qi 'noto.*cjk'; }
# Debian keeps the programs of a server out of the PATH.
have_server() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

packages=""
{ have chromium || have google-chrome; } && have_fonts || packages="chromium fontconfig fonts-noto-cjk fonts-noto-core"
have_server || packages="$packages postgresql"
[ -n "$packages" ] || exit 0

if ! have apt-get; then
    echo "No apt-get here: install Chromium and PostgreSQL yourself to run the tests that need them." >&2
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "These packages are missing and cannot be installed without root: sudo apt-get install $packages" >&2
        exit 0
    fi
    as_root="sudo -n"
fi

# Debian makes and starts a server of its own with the package, unless it is told not to.
not_now=/etc/postgresql-common/createcluster.d/relay-tests.conf
tell() { $as_root mkdir -p "${not_now%/*}" && echo "create_main_cluster = false" | $as_root tee "$not_now" >/dev/null; }
forget() { $as_root rm -f "$not_now"; }

install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
$as_root apt-get update -qq || true  # what is known of the packages may do
case "$packages" in *postgresql*)
    trap forget EXIT
    tell
    ;;
esac
# shellcheck disable=SC2086 # several words
install $packages
