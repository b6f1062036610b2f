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
    else
        sudo "$@"
    fi
}

give_up() { # REASON
    printf '%s\n' "$1" >&2
    exit 1
}

# One line for what is not going to work, before anything is tried.
check_machine() {
    local system
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        give_up 'this needs Debian 12 or Ubuntu 24.04: there is no apt-get here'
    fi
    # shellcheck disable=SC1091
    system=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-}" "${VERSION_ID:-}")
    case $system in
    'debian 12' | 'debian 13' | 'debian ' | 'ubuntu 24.04' | 'ubuntu 24.10' | 'ubuntu 25.'* | 'ubuntu 26.'*) ;;
    *) give_up "this needs Debian 12 or Ubuntu 24.04, and packages of theirs are missing: this is ${system:-another system}" ;;
    esac
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
        give_up 'packages are missing and this is neither root nor is there sudo'
}

apt() { # ARGUMENTS…: its first complaint in one line, where it fails
    local log status=0
    log=$(mktemp)
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >"$log" 2>&1 || status=$?
    [ "$status" -eq 0 ] ||
        printf 'apt-get %s failed: %s\n' "$1" \
            "$(grep -m1 -E '^(E|Err|W):' "$log" || tail -n 1 "$log" | grep . || echo "exit code $status")" >&2
    rm -f "$log"
    return "$status"
}

install_packages() { # FILE
    local missing
    command -v dpkg-query >/dev/null || check_machine
    mapfile -t missing < <(missing_packages "$1")
    [ "${#missing[@]}" -gt 0 ] || return 0
    check_machine
    echo "==> installing: ${missing[*]}" >&2
    # The system's own lists may be old or not there at all on a fresh machine.
    apt update || exit 1
    mapfile -t missing < <(missing_packages "$1")
    apt install -y --no-install-recommends "${missing[@]}" || exit 1
}
