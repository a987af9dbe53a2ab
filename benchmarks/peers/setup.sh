#!/usr/bin/env bash
# Installs what benchmarks/Compare compares with: PyTorch 2.6 of Debian 13, libtorch by TorchSharp, ONNX Runtime. Needs root, on Debian.
# libtorch wants a newer C++ library than Debian 12 has, so that a Debian 13 is put into a folder, whose libraries both run on.
# What is built or downloaded goes to bin in this folder, which git ignores: 4 GB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

packages=(debootstrap patchelf gcc libc6-dev)
missing=()
for package in "${packages[@]}"; do
    dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
fi

# Without OpenBLAS, Debian's PyTorch multiplies with the reference BLAS, some ten times slower.
system=$PWD/bin/debian13
if [ ! -e "$system/installed" ]; then
    rm -rf "$system"
    debootstrap --variant=minbase --include=python3-torch,python3-onnx,libopenblas0-pthread trixie "$system"
    touch "$system/installed"
fi

libraries=("$system"/usr/lib/*-linux-gnu)
loader=("$libraries"/ld-linux-*.so.*)
path=$(echo "$libraries"/openblas-pthread "$libraries" "$system/usr/lib" | tr ' ' ':')

cat >bin/pytorch <<END
#!/bin/sh
export PYTHONHOME=$system/usr PYTHONDONTWRITEBYTECODE=1
exec $loader --library-path $path $system/usr/bin/python3 "\$@"
END

# .NET finds its folder by the path of its program, so that a copy of that is told which libraries to start with.
dotnet build -c Release libtorch/LibTorch.csproj -o bin/libtorch
host=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p bin/dotnet
ln -sfn "$host/host" bin/dotnet/host
ln -sfn "$host/shared" bin/dotnet/shared
cp "$host/dotnet" bin/dotnet/dotnet
patchelf --set-interpreter "$loader" bin/dotnet/dotnet
cat >bin/torchsharp <<END
#!/bin/sh
export LD_LIBRARY_PATH=$path
exec $PWD/bin/dotnet/dotnet $PWD/bin/libtorch/LibTorch.dll "\$@"
END
chmod +x bin/pytorch bin/torchsharp

case $(uname -m) in
    x86_64) runtime=bin/libtorch/runtimes/linux-x64/native/libonnxruntime.so ;;
    aarch64) runtime=bin/libtorch/runtimes/linux-arm64/native/libonnxruntime.so ;;
    *) echo "ONNX Runtime has no library for $(uname -m)" >&2; exit 1 ;;
esac
ln -sf "$PWD/$runtime" bin/libonnxruntime.so
gcc -O2 -Wall onnxruntime.c -o bin/onnxruntime -ldl
bin/pytorch export_onnx.py bin/onnx 4-16-3 13-64-64-1 784-128-10 784-512-512-10 1024-1024-1024 mnist lenet cifar signal rows series text encoder
ls bin bin/onnx
