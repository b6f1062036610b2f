# shellcheck shell=bash
# Installing what a list of packages names and this machine lacks. Sourced, never run.

# The names of a list; "a|b" takes whichever this distribution has.
listed_packages() { # FILE
    local line name
    while read -r line; do
        case $line in '' | '#'*) continue ;; esac
        if [[ $line != *'|'* ]]; then
            printf '%s\n' "$line"
            continue
        fi
        for name in ${line//|/ }; do
            if is_installed "$name" || apt-cache show "$name" >/dev/null 2>&1; then
                printf '%s\n' "$name"
                continue 2
            fi
        done
        printf '%s\n' "${line%%|*}"
    done <"$1"
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_packages() { # FILE
    local name
    while read -r name; do
        is_installed "$name" || printf '%s\n' "$name"
    done < <(listed_packages "$1")
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "packages are missing and this is neither root nor is there sudo" >&2
        return 1
    fi
}

install_packages() { # FILE
    local missing log
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        echo "this needs Debian 12 or Ubuntu 24.04: there is no apt-get here" >&2
        exit 1
    fi
    mapfile -t missing < <(missing_packages "$1")
    [ "${#missing[@]}" -gt 0 ] || return 0
    echo "==> installing: ${missing[*]}" >&2
    log=$(mktemp)
    # Debian's own lists may be old or not there at all on a fresh machine.
    as_root apt-get update -q >"$log" 2>&1 || {
        echo "apt-get update failed (no network?): $(grep -m1 -E '^(E|Err|W):' "$log" || tail -n 1 "$log")" >&2
        exit 1
    }
    mapfile -t missing < <(missing_packages "$1")
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" \
        >"$log" 2>&1 || {
        echo "apt-get install failed: $(grep -m1 '^E:' "$log" || tail -n 1 "$log")" >&2
        exit 1
    }
    rm -f "$log"
}
