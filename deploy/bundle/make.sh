#!/usr/bin/env bash
# dist/liangxin-<version>.tar: source, images, wheels, documents and checksums, for a machine without network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=${VERSION:-$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml | head -n 1)}
export VERSION=$version
name=liangxin-$version
folder=dist/$name
rm -rf "$folder" "dist/$name.tar" "dist/$name.tar.sha256"
mkdir -p "$folder"
git archive HEAD | tar -x -C "$folder"
cp deploy/bundle/install.sh "$folder/"
printf 'VERSION=%s\n' "$version" > "$folder/.env"
# The images stand in the archive under the names they have here.
for name_of in REGISTRY_PREFIX $(compgen -v | grep '_IMAGE$'); do
    if [ -n "${!name_of:-}" ]; then
        printf '%s=%s\n' "$name_of" "${!name_of}" >> "$folder/.env"
    fi
done

mapfile -t profiles < <(docker compose config --profiles)
if [ -z "${BUILT:-}" ]; then
    docker compose "${profiles[@]/#/--profile=}" build --quiet
fi
mapfile -t images < <(docker compose "${profiles[@]/#/--profile=}" config --images | sort -u)
present=()
for image in "${images[@]}"; do
    if docker image inspect "$image" > /dev/null 2>&1 || docker pull --quiet "$image" > /dev/null 2>&1; then
        present+=("$image")
    else
        echo "这里没有镜像 $image:不收入安装包,用到它的部分须另行准备" >&2
    fi
done
docker save "${present[@]}" | gzip -1 > "$folder/images.tar.gz" &
saving=$!
# One dependency comes as source only: what builds it goes along.
.venv/bin/python -m pip download --quiet --disable-pip-version-check --require-hashes --prefer-binary --dest "$folder/wheels" \
    -r requirements.lock -r deploy/launcher/uv.lock.txt -r deploy/bundle/building.lock
wait "$saving"
# `make run` without network has nothing to build pages with: it takes those of the image.
docker run --rm --network none --entrypoint tar "${REGISTRY_PREFIX:-}liangxin-gateway:$version" \
    -C /usr/share/liangxin -cf - console | tar -x -C "$folder/console" --transform 's,^console,dist,' --no-same-owner
printf '%s\n' "${present[@]}" > "$folder/IMAGES"
# Bills of material: Debian's packages of every image of ours, and what Python brought into a deployable.
mkdir "$folder/sbom"
for image in "${present[@]}"; do
    bill=$(basename "${image%:*}")
    if [[ $bill == liangxin-* ]]; then
        docker run --rm --network none --entrypoint tar "$image" -C / -cf - var/lib/dpkg/status etc/os-release usr/lib/os-release |
            .venv/bin/debsbom generate -t cdx -r - --distro-name "$bill" --distro-version "$version" \
                --out "$folder/sbom/$bill.debian" 2> >(grep -v ':no supplier for ' >&2)
    fi
done
for deployable in registry scoring training gateway; do
    docker run --rm --network none --entrypoint cat "${REGISTRY_PREFIX:-}liangxin-$deployable:$version" \
        /usr/share/liangxin/sbom.cdx.json > "$folder/sbom/liangxin-$deployable.python.cdx.json"
done
(cd "$folder" && find . -type f ! -path ./.env -print0 | sort -z | xargs -0 sha256sum) > "dist/$name.sums"
mv "dist/$name.sums" "$folder/SHA256SUMS"
tar -C dist -cf "dist/$name.tar" "$name"
(cd dist && sha256sum "$name.tar" > "$name.tar.sha256")
wheels=$(find "$folder/wheels" -name '*.whl' | wc -l)
rm -rf "$folder"
echo "dist/$name.tar($(du -h "dist/$name.tar" | cut -f1),镜像 ${#present[@]} 个,软件包 $wheels 个)"
