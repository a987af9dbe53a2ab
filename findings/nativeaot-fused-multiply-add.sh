#!/usr/bin/env bash
# .NET SDK 10, NativeAOT for x64 (package Microsoft.DotNet.ILCompiler of the SDK's release): fused multiply-add.
#
# Guess:     Vector128.FusedMultiplyAdd is one instruction wherever the processor has it, and Vector128.MultiplyAddEstimate
#            gives the bits under NativeAOT that it gives under the JIT, on the same processor.
# Behaviour: a program published with defaults is compiled for x86-64-v2, and what that lacks is false for good, not
#            asked when it starts: Fma.IsSupported is false on a processor with FMA, FusedMultiplyAdd takes ten times
#            as long as a product and a sum, and more, and MultiplyAddEstimate rounds twice, with other bits.
# Remedy:    MultiplyAddEstimate in kernels, IlcInstructionSet x86-64-v3 in what is published, tolerances in tests.
set -euo pipefail
if [ "$(uname -m)" != x86_64 ]; then
    echo "skipped: about x64 only"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export NUGET_PACKAGES="$work/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

cat > Finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <InvariantGlobalization>true</InvariantGlobalization>
    <PublishAot>true</PublishAot>
  </PropertyGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

// (1 + 2^-12)^2 - 1 is 2^-11 + 2^-24; rounded before the subtraction, the last term is lost.
Vector128<float> x = Vector128.Create(1f + 1f / 4096), minusOne = Vector128.Create(-1f);
float fused = Vector128.FusedMultiplyAdd(x, x, minusOne)[0], estimate = Vector128.MultiplyAddEstimate(x, x, minusOne)[0];
double slower = Time(Fused) / Time(ProductAndSum);

Console.Error.WriteLine($"{Environment.Version}: FusedMultiplyAdd took {slower:F1} times as long as a product and a sum");
Console.WriteLine($"Fma.IsSupported {Fma.IsSupported}, fused {fused:G9}, estimate {estimate:G9}, {(slower > 4 ? "slow" : "fast")}");

static double Time(Func<float[], Vector128<float>> sum)
{
    var values = new float[4096];
    long best = long.MaxValue;
    for (int i = 0; i < 500; i++)
    {
        long start = Stopwatch.GetTimestamp();
        sum(values);
        best = Math.Min(best, Stopwatch.GetTimestamp() - start);
    }

    return best;
}

[MethodImpl(MethodImplOptions.AggressiveOptimization)]
static Vector128<float> Fused(float[] values)
{
    Vector128<float> sum = Vector128<float>.Zero, half = Vector128.Create(0.5f);
    for (int i = 0; i + 4 <= values.Length; i += 4)
    {
        sum = Vector128.FusedMultiplyAdd(Vector128.LoadUnsafe(ref values[i]), half, sum);
    }

    return sum;
}

[MethodImpl(MethodImplOptions.AggressiveOptimization)]
static Vector128<float> ProductAndSum(float[] values)
{
    Vector128<float> sum = Vector128<float>.Zero, half = Vector128.Create(0.5f);
    for (int i = 0; i + 4 <= values.Length; i += 4)
    {
        sum += Vector128.LoadUnsafe(ref values[i]) * half;
    }

    return sum;
}
CSHARP

dotnet build -v quiet -c Release -o jit > build.log || { cat build.log; exit 2; }
dotnet publish -v quiet -c Release -o aot > build.log || { cat build.log; exit 2; }
jit=$(dotnet jit/Finding.dll)
aot=$(./aot/Finding)
printf 'JIT:       %s\nNativeAOT: %s\n' "$jit" "$aot"
if [[ $jit != "Fma.IsSupported True"* ]]; then
    echo "skipped: this processor has no FMA"
    exit 77
fi
if [ "$jit" != "Fma.IsSupported True, fused 0.000488340855, estimate 0.000488340855, fast" ] ||
    [ "$aot" != "Fma.IsSupported False, fused 0.000488340855, estimate 0.00048828125, slow" ]; then
    echo "no longer so: NativeAOT's defaults use the processor's FMA, or its fused multiply-add is fast without" >&2
    exit 1
fi
echo "as stated: one program, one processor, two results and speeds"
