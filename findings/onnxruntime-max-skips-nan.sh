#!/usr/bin/env bash
# ONNX Runtime 1.31.1 (NuGet package Microsoft.ML.OnnxRuntime, x64 processor): the maximum of windows with a NaN.
#
# Guess:     NaN goes through a network to its end, as in PyTorch and NumPy, so that looking at the output finds it.
# Behaviour: GlobalMaxPool leaves NaN out, and may lose numbers beside it: of 9, NaN, NaN, 1 it says 1. So does
#            MaxPool with one window for all and strides of 1. With other strides, which change nothing here, it says
#            9, and of a window of nothing but NaN the lowest finite float. ReduceMax says 9, and NaN where there is
#            nothing else. GlobalAveragePool, Relu and Max keep NaN.
#            Seen in 1.30.0 (run with -p:OnnxRuntimeVersion=1.30.0) and 1.31.1.
# Remedy:    look for NaN in the input, not behind a pooling; no comparison of NaN with this release's answers.
set -euo pipefail
if [ "$(uname -m)" != x86_64 ]; then
    echo "skipped: known of x64 only"
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

const float NaN = float.NaN;
float[] rows = [1, NaN, 3, 2, NaN, NaN, NaN, NaN, 9, NaN, NaN, 1];

byte[] window = [.. Text(1, "kernel_shape"), 8 << 3, 1, 8 << 3, 4, 20 << 3 & 127 | 128, 1, 7];
byte[] strides = [.. Text(1, "strides"), 8 << 3, 1, 8 << 3, 4, 20 << 3 & 127 | 128, 1, 7];
byte[] axes = [.. Text(1, "axes"), 8 << 3, 3, 20 << 3 & 127 | 128, 1, 7];
Run("MaxPool", window);
Run("MaxPool", window, strides);
Run("GlobalMaxPool");
Run("ReduceMax", axes);
Run("GlobalAveragePool");
Run("Relu");
Run("Max");

// A model of one node, with ir_version 8 and opset 13, in protobuf's wire format, on three channels of 1 x 4.
void Run(string type, params byte[][] attributes)
{
    byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, type), .. attributes.SelectMany(a => Message(5, a))];
    byte[] floats = Message(2, Message(1, [1 << 3, 1]));
    byte[] graph = [.. Message(1, node), .. Text(2, "g"), .. Message(11, [.. Text(1, "x"), .. floats]), .. Message(12, [.. Text(1, "y"), .. floats])];
    byte[] model = [1 << 3, 8, .. Message(7, graph), .. Message(8, [2 << 3, 13])];

    using var session = new InferenceSession(model);
    using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(rows, [1, 3, 1, 4]))]);
    Console.WriteLine($"{type}: {string.Join(", ", results[0].AsTensor<float>())}");
}

static byte[] Text(int field, string text) => Message(field, Encoding.ASCII.GetBytes(text));

// Lengths stay below 128, which take a byte each.
static byte[] Message(int field, byte[] content) => [(byte)(field << 3 | 2), checked((byte)(content.Length < 128 ? content.Length : -1)), .. content];
CSHARP

expected='MaxPool: 3, NaN, 1
MaxPool: 3, -3.4028235E+38, 9
GlobalMaxPool: 3, NaN, 1
ReduceMax: 3, NaN, 9
GlobalAveragePool: NaN, NaN, NaN
Relu: 1, NaN, 3, 2, NaN, NaN, NaN, NaN, 9, NaN, NaN, 1
Max: 1, NaN, 3, 2, NaN, NaN, NaN, NaN, 9, NaN, NaN, 1'

dotnet build -v quiet -o out "$@" > build.log || { cat build.log; exit 2; }
seen=$(dotnet out/Finding.dll)
printf '%s\n' "$seen"
if [ "$seen" != "$expected" ]; then
    printf 'no longer so: expected\n%s\n' "$expected" >&2
    exit 1
fi
echo "as stated: windows with a NaN have a finite maximum"
