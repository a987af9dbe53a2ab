#!/usr/bin/env bash
# Sep 0.17.1 (NuGet), .NET 10: the separator of a headerless file with decimal commas hangs on its first row.
#
# Guess:     a reader that finds the separator by itself sees from several rows that each has two semicolons, but a
#            changing number of commas; and in doubt it asks.
# Behaviour: the first row decides alone, by which character is the more frequent there. Where it holds as many
#            fractions as columns, the commas win: three columns are read as four, and 4,5 in the first is read as 4.
#            A header line hides it, since names rarely hold commas.
# Remedy:    give the separator, at least where the file has no header.
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
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Sep" Version="[0.17.1]" />
  </ItemGroup>
</Project>
XML

cat > Program.cs <<'CSHARP'
using System.Globalization;
using nietras.SeparatedValues;

Read("whole numbers first", "1;2;3\n1,5;2,5;3,5\n");
Read("one fraction first", "1,5;2;3\n4,5;5,5;6,5\n");
Read("fractions first", "1,5;2,5;3,5\n4,5;5,5;6,5\n");
Read("fractions first, with a header", "a;b;c\n1,5;2,5;3,5\n", header: true);

static void Read(string name, string text, bool header = false)
{
    CultureInfo german = CultureInfo.GetCultureInfo("de-DE");
    using SepReader reader = Sep.Reader(o => o with { HasHeader = header, CultureInfo = german }).FromText(text);
    Console.WriteLine($"{name}: separator {reader.Spec.Sep.Separator}");
    foreach (SepReader.Row row in reader)
    {
        Console.WriteLine($"  {row.ColCount} columns, the first is {row[0].Parse<double>().ToString(CultureInfo.InvariantCulture)}");
    }
}
CSHARP

expected='whole numbers first: separator ;
  3 columns, the first is 1
  3 columns, the first is 1.5
one fraction first: separator ;
  3 columns, the first is 1.5
  3 columns, the first is 4.5
fractions first: separator ,
  4 columns, the first is 1
  4 columns, the first is 4
fractions first, with a header: separator ;
  3 columns, the first is 1.5'

dotnet build -v quiet -o out > build.log || { cat build.log; exit 2; }
seen=$(dotnet out/Finding.dll)
printf '%s\n' "$seen"
if [ "$seen" != "$expected" ]; then
    printf 'no longer so: expected\n%s\n' "$expected" >&2
    exit 1
fi
echo "as stated: the first row alone decides between comma and semicolon"
