#!/usr/bin/env bash
# A throw-away Docker engine on a Debian machine that has none, with local base images where no registry answers.
#   eval "$(deploy/ci/docker.sh up)"    starts it, prints what to export; nothing where Docker works already
#   deploy/ci/docker.sh down            stops what "up" started and deletes its data
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${LIANGXIN_DOCKER_HOME:-/tmp/liangxin-docker}
suite=bookworm
next_suite=trixie
python_image=python:3.11-slim-bookworm
postgres_image=postgres:15
valkey_image=valkey:7
watching_image=watching:bookworm
own_engine() { DOCKER_HOST=unix://$home/docker.sock DOCKER_CONFIG=$home/cfg "$@"; }
say() { printf '%4ss  %s\n' "$SECONDS" "$1" >&2; }

install_packages() {
    if command -v dockerd > /dev/null && command -v mmdebstrap > /dev/null && command -v iptables > /dev/null; then
        return
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 \
        docker.io mmdebstrap iptables > "$home/apt.log" 2>&1
    say "软件包就绪"
}

# Compose v2 came with the release after bookworm: unpack that one program, install nothing of it.
install_compose() {
    if own_engine docker compose version > /dev/null 2>&1; then
        return
    fi
    local apt=$home/apt source
    # grep says 2 where one of the files does not exist, though it found another
    source=$({ grep -lE "\\b$suite\\b" /etc/apt/sources.list /etc/apt/sources.list.d/*.sources 2> /dev/null || true; } |
        head -n 1)
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$home/cfg/cli-plugins"
    sed -E "s/^(Suites:).*/\\1 $next_suite/; s/\\b$suite(-updates|-security)?\\b/$next_suite/g" "$source" |
        awk 'BEGIN { RS = "" } NR == 1' > "$apt/next.${source##*.}"
    local options=(-qq -o "Dir::Etc::sourcelist=$apt/next.${source##*.}" -o Dir::Etc::sourceparts=-
        -o "Dir::State::lists=$apt/lists" -o "Dir::Cache=$apt/cache")
    apt-get "${options[@]}" update
    (cd "$apt" && apt-get "${options[@]}" download docker-compose && dpkg-deb -x docker-compose_*.deb unpacked)
    install "$(find "$apt/unpacked" -type f -name docker-compose -perm /111)" "$home/cfg/cli-plugins/docker-compose"
    rm -rf "$apt"
    say "Compose 就绪"
}

# What an engine that was killed left mounted, innermost first: nothing of it can be deleted before.
unmount_rest() {
    awk -v under="$home/" 'index($2, under) == 1 { print $2 }' /proc/mounts | tac | xargs -r umount -l
}

start_engine() {
    if own_engine docker info > /dev/null 2>&1; then
        return
    fi
    unmount_rest
    rm -rf "$home/exec" "$home/docker.pid" # of an engine that was killed: their numbers may be another program's now
    cat > "$home/daemon.json" << JSON
{"data-root": "$home/data", "exec-root": "$home/exec", "pidfile": "$home/docker.pid", "log-level": "warn",
 "hosts": ["unix://$home/docker.sock"], "storage-driver": "overlay2"}
JSON
    setsid dockerd --config-file "$home/daemon.json" > "$home/dockerd.log" 2>&1 < /dev/null &
    for _ in $(seq 60); do
        own_engine docker info > /dev/null 2>&1 && break
        sleep 0.5
    done
    own_engine docker info > /dev/null
    say "Docker 应答"
}

# The machine's certificate authorities go along: pip inside a build then trusts what pip outside trusts.
make_base_images() {
    if own_engine docker image inspect "$postgres_image" "$valkey_image" "$watching_image" > /dev/null 2>&1; then
        return
    fi
    # shellcheck disable=SC2016 # mmdebstrap's own shell expands $1
    mmdebstrap --quiet --variant=minbase --include=ca-certificates,python3,python3-venv \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        --customize-hook='copy-in /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs' \
        --customize-hook='chroot "$1" ln -sf python3 /usr/bin/python' "$suite" - |
        own_engine docker import -c 'ENV LANG=C.UTF-8 PIP_CERT=/etc/ssl/certs/ca-certificates.crt' \
            -c 'CMD ["python3"]' - "$python_image" > /dev/null
    say "$python_image 就绪"
    local image
    for image in "$postgres_image" "$valkey_image" "$watching_image"; do
        DOCKER_BUILDKIT=0 own_engine docker build --quiet --network host -t "$image" "$here/${image%:*}" > /dev/null
        say "$image 就绪"
    done
}

up() {
    if docker compose version > /dev/null 2>&1 && docker info > /dev/null 2>&1; then
        return
    fi
    mkdir -p "$home/cfg"
    install_packages
    install_compose
    start_engine
    make_base_images
    echo "export DOCKER_HOST=unix://$home/docker.sock DOCKER_CONFIG=$home/cfg BUILD_NETWORK=host"
    echo "export EDGE_IMAGE=$python_image POSTGRES_IMAGE=$postgres_image VALKEY_IMAGE=$valkey_image"
    printf 'export %s_IMAGE='"$watching_image"'\n' PROMETHEUS ALERTMANAGER NODE_EXPORTER BLACKBOX_EXPORTER
}

down() {
    if [ -s "$home/docker.pid" ]; then
        pid=$(cat "$home/docker.pid")
        kill -TERM "$pid" 2> /dev/null || true
        for _ in $(seq 40); do
            kill -0 "$pid" 2> /dev/null || break
            sleep 0.5
        done
    fi
    pgrep -x dockerd > /dev/null || ip link del docker0 2> /dev/null || true
    unmount_rest
    rm -rf "$home"
}

case "${1:-}" in
    up | down) "$1" ;;
    *)
        echo "用法:$0 up | down" >&2
        exit 2
        ;;
esac
