#!/usr/bin/env bash
# Sep 0.17.1 (NuGet), .NET 10: an inch mark at the end of a cell swallows the row that follows.
#
# Guess:     a quotation mark quotes only where a cell begins with it, as in RFC 4180, and is an ordinary
#            character elsewhere; a file of tab-separated values may hold 3.5" and 5.25".
# Behaviour: a mark anywhere in a cell opens a quotation that runs to the next mark, over separators and ends of
#            lines. Two such rows arrive as one, with the number of columns that is expected, so that nothing is
#            reported.
# Remedy:    DisableQuotesParsing where the format has no quotation, as tab-separated values have none.
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
using nietras.SeparatedValues;

const string Table = "size\tprice\n3.5\"\t10\n5.25\"\t20\n8\"\t30\n6\"\t40\n10\t50\n";

foreach (bool disabled in new[] { false, true })
{
    Console.WriteLine($"DisableQuotesParsing = {disabled}");
    using SepReader reader = Sep.New('\t').Reader(o => o with { DisableQuotesParsing = disabled }).FromText(Table);
    foreach (SepReader.Row row in reader)
    {
        string size = row["size"].ToString().Replace("\t", "\\t").Replace("\n", "\\n");
        Console.WriteLine($"  {row.ColCount} columns: size {size}, price {row["price"].Parse<int>()}");
    }
}
CSHARP

expected='DisableQuotesParsing = False
  2 columns: size 3.5"\t10\n5.25", price 20
  2 columns: size 8"\t30\n6", price 40
  2 columns: size 10, price 50
DisableQuotesParsing = True
  2 columns: size 3.5", price 10
  2 columns: size 5.25", price 20
  2 columns: size 8", price 30
  2 columns: size 6", price 40
  2 columns: size 10, price 50'

dotnet build -v quiet -o out > build.log || { cat build.log; exit 2; }
seen=$(dotnet out/Finding.dll)
printf '%s\n' "$seen"
if [ "$seen" != "$expected" ]; then
    printf 'no longer so: expected\n%s\n' "$expected" >&2
    exit 1
fi
echo "as stated: five rows with four inch marks are read as three"
