#!/usr/bin/env bash
# The archive for a machine without network, made and installed on one: a network of its own that leads nowhere, an engine
# that has never seen an image, and nothing but the archive.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

say() { printf '%4ss  %s\n' "$SECONDS" "$1"; }

make_it() {
    engine=$(deploy/ci/docker.sh up)
    if [ -n "$engine" ]; then
        trap 'deploy/ci/docker.sh down' EXIT
    fi
    eval "$engine"
    eval "$(deploy/ci/pip-settings.sh)"
    export DOCKER_BUILDKIT=1
    deploy/bundle/make.sh
    say "安装包已做成"
    home=$(mktemp -d)
    mv dist/liangxin-*.tar dist/liangxin-*.tar.sha256 "$home/"
    unshare --net --mount --pid --fork --kill-child --mount-proc "$here/bundle-test.sh" install_it "$home"
    rm -rf "$home"
}

install_it() {
    home=$1
    unset PIP_INDEX_URL UV_DEFAULT_INDEX PIP_SETTINGS PIP_FIND_LINKS UV_FIND_LINKS
    mapfile -t images < <(compgen -v | grep '_IMAGE$')
    unset "${images[@]}"
    export HOME=$home/person UV_CACHE_DIR=$home/person/uv PIP_CACHE_DIR=$home/person/pip
    mkdir "$HOME"
    ip link set lo up
    if python3 -c 'import socket; socket.create_connection(("192.0.2.1", 443), 2)' 2> /dev/null; then
        echo "这里有网络" >&2
        exit 1
    fi
    dockerd --data-root "$home/engine" --exec-root "$home/exec" --pidfile "$home/docker.pid" --log-level error \
        --host "unix://$home/docker.sock" > "$home/dockerd.log" 2>&1 &
    dockerd=$!
    export DOCKER_HOST=unix://$home/docker.sock
    for _ in $(seq 60); do
        docker info > /dev/null 2>&1 && break
        sleep 0.5
    done
    [ -z "$(docker images --quiet)" ]

    cd "$home"
    sha256sum --quiet --check liangxin-*.tar.sha256
    tar xf liangxin-*.tar
    rm liangxin-*.tar
    cd liangxin-*/
    while read -r bill; do
        grep -q '"bomFormat": "CycloneDX"' "$bill"
    done < <(sed -n 's/.*\(liangxin-[a-z]*\):.*/sbom\/\1.debian.cdx.json/p' IMAGES)
    say "安装包已拷到没有网络的机器"
    PORT=8443 START_PERIOD=30s ./install.sh
    say "已启动"
    python3 -c 'import ssl, urllib.request
answer = urllib.request.urlopen("https://localhost:8443/health", context=ssl._create_unverified_context())
print(answer.read().decode())' | grep -q '"ok"'
    python3 -c 'import ssl, urllib.request
answer = urllib.request.urlopen("https://localhost:8443/", context=ssl._create_unverified_context())
print(answer.read().decode())' | grep -q '<div id="app">'
    [ "$(python3 deploy/console/fingerprint.py console)" = "$(cat console/dist/fingerprint.txt)" ]
    say "界面由镜像给出,源码旁也带着同一份"
    make environment
    say "运维工具已由安装包中的软件包装好"
    deploy/liangxin --where compose status
    deploy/liangxin --where compose bootstrap --role system_administrator --json | grep -q token

    printf x >> docker-compose.yml
    if ./install.sh load 2> /dev/null; then
        echo "没有发现安装包被改动" >&2
        exit 1
    fi
    sed -i '$ s/x$//' docker-compose.yml
    docker compose down -v --timeout 5 > /dev/null 2>&1
    kill "$dockerd"
    wait "$dockerd" || true
    say "离线安装:通过"
}

"${1:-make_it}" "${2:-}"
