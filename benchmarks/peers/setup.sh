#!/usr/bin/env bash
# Installs what benchmarks/Compare compares with: PyTorch on OpenBLAS (Debian packages, needs root) and ONNX Runtime (npm).
# What is built or downloaded goes to node_modules and bin in this folder, which git ignores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Without OpenBLAS, Debian's PyTorch multiplies with the reference BLAS, some ten times slower.
packages=(python3-torch python3-onnx libopenblas0-pthread gcc libc6-dev)
command -v npm >/dev/null || packages+=(npm)
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
fi

# The package carries the library; its install script would fetch the one for graphics cards.
npm install --ignore-scripts --no-package-lock --no-audit --no-fund

case $(uname -m) in
    x86_64) architecture=x64 ;;
    aarch64) architecture=arm64 ;;
    *) echo "onnxruntime-node has no library for $(uname -m)" >&2; exit 1 ;;
esac
mkdir -p bin/onnx
ln -sf "$(echo "$PWD"/node_modules/onnxruntime-node/bin/napi-v*/linux/$architecture/libonnxruntime.so.1)" bin/libonnxruntime.so.1
gcc -O2 -Wall ort_mlp.c -o bin/ort_mlp -ldl
/usr/bin/python3 make_onnx.py bin/onnx 4-16-3 13-64-64-1 784-128-10 784-512-512-10 1024-1024-1024
ls bin bin/onnx
