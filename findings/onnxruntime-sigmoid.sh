#!/usr/bin/env bash
# ONNX Runtime 1.31.1 (NuGet package Microsoft.ML.OnnxRuntime, processor): Sigmoid far below zero.
#
# Guess:     Sigmoid is right to a few units in the last place, as the other elementwise functions are, so that
#            predictions can be compared with it relatively and its logarithm is finite.
# Behaviour: its error is absolute, some 6e-8: at -12 the result is off by a half per cent, between -16 and -18 by
#            tens to hundreds of per cent, and not even falling; below -18 it is one constant, 0 here, where the
#            truth is 2e-9 at -20. A logarithm taken of it is minus infinity in place of -20.
#            Seen in 1.30.0 (run with -p:OnnxRuntimeVersion=1.30.0) and 1.31.1.
# Remedy:    compare absolutely; take losses from logits (LogSoftmax, Softplus), not from probabilities.
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
    <OnnxRuntimeVersion>1.31.1</OnnxRuntimeVersion>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.ML.OnnxRuntime" Version="[$(OnnxRuntimeVersion)]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Text;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

float[] x = [0, -4, -8, -12, -14, -16, -16.5f, -17, -17.5f, -18, -20, -30];

// A model of one node: y = Sigmoid(x), with ir_version 8 and opset 13, in protobuf's wire format.
byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Sigmoid")];
byte[] floats = Message(2, Message(1, [1 << 3, 1]));
byte[] graph = [.. Message(1, node), .. Text(2, "g"), .. Message(11, [.. Text(1, "x"), .. floats]), .. Message(12, [.. Text(1, "y"), .. floats])];
byte[] model = [1 << 3, 8, .. Message(7, graph), .. Message(8, [2 << 3, 13])];

using var session = new InferenceSession(model);
using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(x, [x.Length]))]);
float[] y = results[0].AsTensor<float>().ToArray();

double[] truth = [.. x.Select(v => 1 / (1 + Math.Exp(-(double)v)))];
double[] relative = [.. y.Zip(truth, (seen, exact) => Math.Abs(seen - exact) / exact)];
for (int i = 0; i < x.Length; i++)
{
    Console.WriteLine($"x {x[i],5}: {y[i]:E3}, exactly {truth[i]:E3}, off by {relative[i]:P1}");
}

bool accurateAtZero = relative[0] < 1e-6;
bool wrongBelow = relative.Where((_, i) => x[i] is >= -18 and <= -16).Max() > 0.5;
bool constantInTheEnd = y[^1] == y[^2] && y[^2] == y[^3];
return accurateAtZero && wrongBelow && constantInTheEnd ? 0 : 1;

static byte[] Text(int field, string text) => Message(field, Encoding.ASCII.GetBytes(text));

// Lengths stay below 128, which take a byte each.
static byte[] Message(int field, byte[] content) => [(byte)(field << 3 | 2), checked((byte)(content.Length < 128 ? content.Length : -1)), .. content];
CSHARP

dotnet build -v quiet -o out "$@" > build.log || { cat build.log; exit 2; }
if ! dotnet out/Finding.dll; then
    echo "no longer so: Sigmoid is accurate relatively, or goes on falling below -18" >&2
    exit 1
fi
echo "as stated: relative errors above 50% between -18 and -16, one constant below"
