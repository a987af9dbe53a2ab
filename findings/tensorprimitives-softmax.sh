#!/usr/bin/env bash
# System.Numerics.Tensors 11.0.0 (NuGet), .NET 10: SoftMax is NaN for logits of a hundred.
#
# Guess:     a library's softmax subtracts the maximum first, as those of the frameworks do, so that only the
#            differences of the logits count and every finite vector gives probabilities.
# Behaviour: it divides e^x by their sum as the formula stands. Above 88.7 the exponential is infinite and the result
#            NaN; far below zero all exponentials are zero and the result is NaN as well. Equal differences give
#            probabilities or NaN, depending on where the logits lie. Seen in 9.0.0, 10.0.12 and 11.0.0.
# Remedy:    subtract TensorPrimitives.Max of the logits first.
set -euo pipefail
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
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="System.Numerics.Tensors" Version="[11.0.0]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Numerics.Tensors;

foreach (float offset in new[] { 0f, 80f, 100f, -110f })
{
    float[] logits = [offset, offset + 1, offset + 2];
    Console.WriteLine($"{string.Join(", ", logits)}: {SoftMax(logits)}");

    TensorPrimitives.Subtract(logits, TensorPrimitives.Max<float>(logits), logits);
    Console.WriteLine($"  less the maximum: {SoftMax(logits)}");
}

static string SoftMax(float[] logits)
{
    var result = new float[logits.Length];
    TensorPrimitives.SoftMax(logits, result);
    return string.Join(", ", result.Select(p => p.ToString("F4")));
}
CSHARP

expected='0, 1, 2: 0.0900, 0.2447, 0.6652
  less the maximum: 0.0900, 0.2447, 0.6652
80, 81, 82: 0.0900, 0.2447, 0.6652
  less the maximum: 0.0900, 0.2447, 0.6652
100, 101, 102: NaN, NaN, NaN
  less the maximum: 0.0900, 0.2447, 0.6652
-110, -109, -108: NaN, NaN, NaN
  less the maximum: 0.0900, 0.2447, 0.6652'

dotnet build -v quiet -o out > build.log || { cat build.log; exit 2; }
seen=$(dotnet out/Finding.dll)
printf '%s\n' "$seen"
if [ "$seen" != "$expected" ]; then
    printf 'no longer so: expected\n%s\n' "$expected" >&2
    exit 1
fi
echo "as stated: the maximum is not subtracted"
