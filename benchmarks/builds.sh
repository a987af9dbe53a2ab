#!/usr/bin/env bash
# What networks cost a build: compiles projects of several networks, in Release (the kernels of all machines) and in Debug (of one), each from nothing.
# A row: processor time of the whole build less that of a project without a network, the greatest memory of one process, and the text.
# Needs the .NET SDK and GNU time. `benchmarks/builds.sh 20 300` builds so many small networks of the same shapes; SMALL=300 so many of different shapes, in place of 20, and
# DEEP=500 a network of so many layers, in place of 50.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A package's consumer without the package: its props, targets and generator, and one dictionary of numbers for the runtime.
project() {
    mkdir -p "$work/$1"
    cat >"$work/$1/$1.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <Import Project="$root/src/Package/buildTransitive/Unroll.props" />
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <LangVersion>14</LangVersion>
  </PropertyGroup>
  <ItemGroup>
    <Reference Include="$root/src/Runtime/bin/Release/net10.0/Unroll.dll" />
    <Analyzer Include="$root/src/Generator/bin/Release/netstandard2.0/Unroll.Generator.dll" />
  </ItemGroup>
  <Import Project="$root/src/Package/buildTransitive/Unroll.targets" />
</Project>
XML
}

# small COUNT: so many networks of different shapes, three layers each.
small() {
    echo "using Unroll;"
    for ((i = 0; i < $1; i++)); do
        echo "[Network($((4 + i % 50)))] [Dense($((16 + i)), Activation.Relu)] [Dense($((8 + i % 40)), Activation.Relu)] [Dense(3, Activation.Softmax)] public sealed partial class Net$i;"
    done
}

# alike COUNT: so many networks of the same shapes.
alike() {
    echo "using Unroll;"
    for ((i = 0; i < $1; i++)); do
        echo "[Network(8)] [Dense(16, Activation.Relu)] [Dense(8, Activation.Tanh)] [Dense(3)] public sealed partial class Net$i;"
    done
}

# deep COUNT: one network of so many different layers.
deep() {
    echo "using Unroll; [Network(16)]"
    for ((i = 0; i < $1; i++)); do echo "[Dense($((16 + i)), Activation.Relu)]"; done
    echo "[Dense(3, Activation.Softmax)] public sealed partial class Deep;"
}

convolutions() {
    echo "using Unroll; [Network(28, 28, 1)] [Conv2D(32, 3, Activation.Relu)] [MaxPooling2D(2)] [Conv2D(64, 3, Activation.Relu)] [MaxPooling2D(2)] [Flatten] [Dense(10, Activation.Softmax)] public sealed partial class Mnist;"
}

# measure NAME CONFIGURATION: seconds of processor time, of the clock, MB of the greatest process.
measure() {
    rm -rf "$work/$1/bin" "$work/$1/obj"
    (
        cd "$work/$1"
        dotnet restore >/dev/null
        command time -f '%U %S %e %M' -o "$work/time" \
            dotnet build --no-restore -c "$2" -p:UseSharedCompilation=false -p:EmitCompilerGeneratedFiles=true >"$work/log" || { cat "$work/log"; exit 1; }
    )
    awk '{ printf "%.1f %.1f %.0f\n", $1 + $2, $3, $4 / 1024 }' "$work/time"
}

dotnet build -c Release "$root/src/Runtime" >/dev/null
dotnet build -c Release "$root/src/Generator" >/dev/null

project empty
echo "class Nothing;" >"$work/empty/Networks.cs"
measure empty Release >/dev/null
read -r base _ _ < <(measure empty Release)
echo "A build without a network: $base s of processor time, taken off below."
echo
echo "| project | build | processor, s | memory, MB | generated C#, MB |"
echo "| --- | --- | --- | --- | --- |"
row() {
    for build in Release Debug; do
        read -r seconds _ memory < <(measure "$1" "$build")
        bytes=$(find "$work/$1/obj" -name '*.g.cs' -path '*Unroll.Generator*' -print0 | du -cb --files0-from=- | tail -n 1 | cut -f 1)
        awk -v name="$2" -v build="$build" -v s="$seconds" -v base="$base" -v mb="$memory" -v bytes="$bytes" \
            'BEGIN { printf "| %s | %s | %.1f | %d | %.2f |\n", name, build, s - base, mb, bytes / 1e6 }'
    done
}

for count in 1 "${@:-20}"; do
    project "alike$count"
    alike "$count" >"$work/alike$count/Networks.cs"
    row "alike$count" "small networks of the same shapes: $count"
done

for count in ${SMALL:-20}; do
    project "small$count"
    small "$count" >"$work/small$count/Networks.cs"
    row "small$count" "small networks of different shapes: $count"
done

project mnist
convolutions >"$work/mnist/Networks.cs"
row mnist "convolutions, MNIST"

for count in ${DEEP:-50}; do
    project "deep$count"
    deep "$count" >"$work/deep$count/Networks.cs"
    row "deep$count" "one network of $count different layers"
done
