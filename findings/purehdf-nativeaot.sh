#!/usr/bin/env bash
# PureHDF 2.2.0 (NuGet), .NET 10 NativeAOT: weights in HDF5 are listed, but not read.
#
# Guess:     a library in C# alone, without native code, reads the same file under the JIT and NativeAOT; if it is not
#            fit for NativeAOT, the program stops at its first use.
# Behaviour: the program publishes (warnings IL2104 and IL3053 on the whole library), opens the file, lists its groups
#            and reads strings, so that a look at the layers' names succeeds. The first dataset of numbers throws
#            NotSupportedException: the reader for its element type is made by reflection, and has no native code.
# Remedy:    convert HDF5 on the developer's machine, to safetensors say, and let the published program read those.
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
    <PublishAot>true</PublishAot>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="PureHDF" Version="[2.2.0]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using PureHDF;

if (args[0] == "write")
{
    new H5File { ["name"] = "dense", ["kernel"] = new float[] { 1, 2, 3 }, ["step"] = new long[] { 7 } }.Write(args[1]);
    return;
}

using var file = H5File.OpenRead(args[1]);
Console.WriteLine($"children: {string.Join(", ", file.Children().Select(c => c.Name).Order())}");
Read("name", () => file.Dataset("name").Read<string>());
Read("kernel", () => string.Join(", ", file.Dataset("kernel").Read<float[]>()));
Read("step", () => string.Join(", ", file.Dataset("step").Read<long[]>()));

static void Read(string name, Func<string> read)
{
    try
    {
        Console.WriteLine($"{name}: {read()}");
    }
    catch (NotSupportedException)
    {
        Console.WriteLine($"{name}: NotSupportedException");
    }
}
CSHARP

dotnet build -v quiet -c Release -o jit > build.log || { cat build.log; exit 2; }
dotnet publish -v quiet -c Release -o aot > build.log || { cat build.log; exit 2; }
dotnet jit/Finding.dll write weights.h5
jit=$(dotnet jit/Finding.dll read weights.h5)
aot=$(./aot/Finding read weights.h5)
printf 'JIT\n%s\nNativeAOT\n%s\n' "$jit" "$aot"
if [ "$jit" != $'children: kernel, name, step\nname: dense\nkernel: 1, 2, 3\nstep: 7' ] ||
    [ "$aot" != $'children: kernel, name, step\nname: dense\nkernel: NotSupportedException\nstep: NotSupportedException' ]; then
    echo "no longer so: see the two answers above" >&2
    exit 1
fi
echo "as stated: NativeAOT lists and reads strings, but no numbers"
