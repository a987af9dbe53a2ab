#!/usr/bin/env bash
# Installs what benchmarks/Compare compares with: PyTorch 2.6 of Debian 13, libtorch by TorchSharp, ONNX Runtime, RTNeural. Needs root, on Debian.
# `setup.sh rtneural` installs RTNeural alone. RTNEURAL_SOURCE and XSIMD_SOURCE name clones to take in place of GitHub's.
# libtorch wants a newer C++ library than Debian 12 has, so that a Debian 13 is put into a folder, whose libraries both run on.
# What is built or downloaded goes to bin in this folder, which git ignores: 4 GB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

install() {
    local package missing=()
    for package in "$@"; do
        dpkg-query --show --showformat '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        apt-get update
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    fi
}

# One commit of a repository, into a folder of bin.
checkout() {
    local name=$1 source=$2 commit=$3
    [ -e "bin/$name" ] || git clone --no-checkout "$source" "bin/$name"
    git -C "bin/$name" -c advice.detachedHead=false checkout "$commit"
}

build() {
    g++ -std=c++17 -O3 -march=native -w -Ibin/rtneural-source "${@:2}" rtneural.cpp -o "bin/rtneural/$1"
}

# RTNeural's three back ends, with and without the freedoms of -ffast-math; Compare takes the fastest for each network. It brings the Eigen that
# it is written for; of xsimd it names a commit. Alignments are the greatest that
# each takes.
rtneural() {
    install git g++
    checkout rtneural-source "${RTNEURAL_SOURCE:-https://github.com/jatinchowdhury18/RTNeural}" 1fb1f075a5d66e85bfc8f488c3f3626840cb3a1d
    checkout xsimd-source "${XSIMD_SOURCE:-https://github.com/xtensor-stack/xsimd}" "$(git -C bin/rtneural-source rev-parse HEAD:modules/xsimd)"
    mkdir -p bin/rtneural
    local math
    for math in "" -ffast-math; do
        build "stl$math" $math -DRTNEURAL_DEFAULT_ALIGNMENT=64
        build "eigen$math" $math -DRTNEURAL_DEFAULT_ALIGNMENT=32 -DRTNEURAL_USE_EIGEN=1 -Ibin/rtneural-source/modules/Eigen
        build "xsimd$math" $math -DRTNEURAL_DEFAULT_ALIGNMENT=64 -DRTNEURAL_USE_XSIMD=1 -Ibin/xsimd-source/include
    done
}

mkdir -p bin
if [ "${1:-}" = rtneural ]; then
    rtneural
    exit
fi

install debootstrap patchelf gcc libc6-dev

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
rtneural
ls bin bin/onnx bin/rtneural
