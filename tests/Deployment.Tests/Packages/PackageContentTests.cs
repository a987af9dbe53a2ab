using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>What the packages hold.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    // Portable PDB: the kind of the custom debug information that holds the map of SourceLink.
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public void PackingWarnsOfNothing() => Assert.Empty(feed.Packing.Warnings);

    [Fact]
    public void UnrollHoldsTheRuntimeTheGeneratorAndTheTargets() => Assert.Equal(
        [
            "README.md",
            "analyzers/dotnet/cs/Unroll.CodeFixes.dll",
            "analyzers/dotnet/cs/Unroll.Generator.dll",
            "buildTransitive/net10.0/Unroll.props",
            "buildTransitive/net10.0/Unroll.targets",
            "icon.png",
            "lib/net10.0/Unroll.dll",
            "lib/net10.0/Unroll.xml",
            "runtimes/linux-arm64/lib/net10.0/Unroll.dll",
            "runtimes/linux-x64/lib/net10.0/Unroll.dll",
            "runtimes/win-x64/lib/net10.0/Unroll.dll",
            "tools/net10.0/Unroll.WeightsHeader.dll",
            "tools/net10.0/Unroll.WeightsHeader.runtimeconfig.json",
        ],
        ContentOf("Unroll"));

    /// <summary>What trimming, AOT and debuggers read there is the same, whichever a program gets.</summary>
    [Theory]
    [InlineData("linux-arm64")]
    [InlineData("linux-x64")]
    [InlineData("win-x64")]
    public void AnAssemblyWithMachineCodeHasTheAttributesOfTheOneWithout(string platform)
    {
        string[] attributes = AttributesOf("lib/net10.0/Unroll.dll");

        Assert.Contains(attributes, static attribute => attribute.Contains("IsTrimmable", StringComparison.Ordinal));
        Assert.Equal(attributes, AttributesOf($"runtimes/{platform}/lib/net10.0/Unroll.dll"));
    }

    [Fact]
    public void UnrollDataHoldsTheLibrary() => Assert.Equal(
        [
            "README.md",
            "icon.png",
            "lib/net10.0/Unroll.Data.dll",
            "lib/net10.0/Unroll.Data.xml",
        ],
        ContentOf("Unroll.Data"));

    [Fact]
    public void UnrollShiftHoldsTheLibrary() => Assert.Equal(
        ["README.md", "icon.png", "lib/net10.0/Unroll.Shift.dll", "lib/net10.0/Unroll.Shift.xml"],
        ContentOf("Unroll.Shift"));

    [Fact]
    public void UnrollReportsHoldsTheLibrary() => Assert.Equal(
        ["README.md", "icon.png", "lib/net10.0/Unroll.Reports.dll", "lib/net10.0/Unroll.Reports.xml"],
        ContentOf("Unroll.Reports"));

    [Fact]
    public void UnrollMpiHoldsTheLibrary() => Assert.Equal(
        ["README.md", "icon.png", "lib/net10.0/Unroll.Mpi.dll", "lib/net10.0/Unroll.Mpi.xml"],
        ContentOf("Unroll.Mpi"));

    [Fact]
    public void UnrollExtensionsHoldsTheLibrary() => Assert.Equal(
        ["README.md", "icon.png", "lib/net10.0/Unroll.Extensions.dll", "lib/net10.0/Unroll.Extensions.xml"],
        ContentOf("Unroll.Extensions"));

    [Fact]
    public void UnrollExtensionsBringsUnrollItsGeneratorAndTheMonitor()
    {
        XElement[] dependencies = [.. Dependencies("Unroll.Extensions")];
        XElement unroll = Assert.Single(dependencies, static dependency => (string?)dependency.Attribute("id") == "Unroll");

        Assert.DoesNotContain("Analyzers", (string?)unroll.Attribute("exclude") ?? "", StringComparison.Ordinal);
        Assert.Equal(
            [
                "Microsoft.Extensions.Diagnostics",
                "Microsoft.Extensions.Diagnostics.HealthChecks",
                "Microsoft.Extensions.Hosting.Abstractions",
                "Unroll",
                "Unroll.Shift",
            ],
            dependencies.Select(static dependency => (string?)dependency.Attribute("id")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnrollInteropHoldsTheLibrary() => Assert.Equal(
        ["README.md", "icon.png", "lib/net10.0/Unroll.Interop.dll", "lib/net10.0/Unroll.Interop.xml"],
        ContentOf("Unroll.Interop"));

    [Fact]
    public void UnrollToolBringsTheGeneratorItCompilesWith() =>
        Assert.Contains("tools/net10.0/any/Unroll.Generator.dll", ContentOf("Unroll.Tool"));

    [Fact]
    public void UnrollBuildHoldsTargetsAndTheToolThatTheyRun()
    {
        string[] content = ContentOf("Unroll.Build");

        Assert.Subset(content.ToHashSet(), new HashSet<string> { "build/Unroll.Build.targets", "tools/net10.0/Unroll.Tool.dll", "tools/net10.0/Unroll.Tool.runtimeconfig.json" });
        Assert.DoesNotContain(content, static name => name.StartsWith("lib/", StringComparison.Ordinal) || name.EndsWith(".pdb", StringComparison.Ordinal));
        Assert.Empty(Dependencies("Unroll.Build"));
    }

    [Theory]
    [InlineData("Unroll")]
    [InlineData("Unroll.Build")]
    [InlineData("Unroll.Data")]
    [InlineData("Unroll.Extensions")]
    [InlineData("Unroll.Mpi")]
    [InlineData("Unroll.Interop")]
    [InlineData("Unroll.Reports")]
    [InlineData("Unroll.Shift")]
    [InlineData("Unroll.Tool")]
    [InlineData("Unroll.Templates")]
    public void TellsLicenceReadmeIconAndRepository(string package)
    {
        XElement metadata = Metadata(package);

        Assert.Equal("MIT", Element(metadata, "license").Value);
        Assert.Equal("README.md", Element(metadata, "readme").Value);
        Assert.Equal("icon.png", Element(metadata, "icon").Value);
        Assert.Equal("https://github.com/unroll-net/unroll", (string?)Element(metadata, "repository").Attribute("url"));
        Assert.Matches("^[0-9a-f]{40}$", (string?)Element(metadata, "repository").Attribute("commit"));
        Assert.NotEmpty(Element(metadata, "description").Value);
    }

    [Fact]
    public void UnrollHasNoDependency() => Assert.Empty(Dependencies("Unroll"));

    [Fact]
    public void UnrollDataBringsTheGeneratorOfUnroll()
    {
        XElement unroll = Assert.Single(Dependencies("Unroll.Data"), static dependency => (string?)dependency.Attribute("id") == "Unroll");

        Assert.Equal(feed.Version, (string?)unroll.Attribute("version"));
        Assert.DoesNotContain("Analyzers", (string?)unroll.Attribute("exclude") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unroll.Mpi")]
    [InlineData("Unroll.Shift")]
    public void DependsOnUnrollAloneAndBringsItsGenerator(string package)
    {
        XElement unroll = Assert.Single(Dependencies(package));

        Assert.Equal("Unroll", (string?)unroll.Attribute("id"));
        Assert.DoesNotContain("Analyzers", (string?)unroll.Attribute("exclude") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void TheGeneratorIsCompiledAgainstAnOldEnoughCompiler()
    {
        using var image = new PEReader(new MemoryStream(Bytes("Unroll", "nupkg", "analyzers/dotnet/cs/Unroll.Generator.dll")));
        MetadataReader reader = image.GetMetadataReader();
        Version[] versions =
        [
            .. reader.AssemblyReferences
                .Select(reader.GetAssemblyReference)
                .Where(reference => reader.GetString(reference.Name).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                .Select(static reference => reference.Version),
        ];

        Assert.NotEmpty(versions);
        Assert.All(versions, static version => Assert.True(version <= new Version(4, 14, 0, 0), $"{version}"));
    }

    [Theory]
    [InlineData("Unroll", "net10.0")]
    [InlineData("Unroll.Data", "net10.0")]
    [InlineData("Unroll.Extensions", "net10.0")]
    [InlineData("Unroll.Mpi", "net10.0")]
    [InlineData("Unroll.Interop", "net10.0")]
    [InlineData("Unroll.Reports", "net10.0")]
    [InlineData("Unroll.Shift", "net10.0")]
    public void SymbolsLeadToTheSourcesOfTheCommit(string package, string framework)
    {
        byte[] symbols = Bytes(package, "snupkg", $"lib/{framework}/{package}.pdb");
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        MetadataReader reader = provider.GetMetadataReader();
        CustomDebugInformation map = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == s_sourceLink);
        string commit = (string)Element(Metadata(package), "repository").Attribute("commit")!;

        using JsonDocument document = JsonDocument.Parse(reader.GetBlobBytes(map.Value));
        Assert.Equal(
            $"https://raw.githubusercontent.com/unroll-net/unroll/{commit}/*",
            document.RootElement.GetProperty("documents").GetProperty("/_/*").GetString());
    }

    [Fact]
    public void NoPathOfThisMachineIsInAnAssemblyOrItsSymbols()
    {
        Assert.Empty(feed.Packing.Warnings);
        var found = new List<string>();
        foreach (string package in Directory.GetFiles(feed.Folder, "*nupkg"))
        {
            using ZipArchive archive = ZipFile.OpenRead(package);
            found.AddRange(archive.Entries
                .Where(static entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal) || entry.Name.EndsWith(".pdb", StringComparison.Ordinal))
                .Where(static entry => Encoding.Latin1.GetString(Read(entry)).Contains(Repository.Root, StringComparison.Ordinal))
                .Select(entry => $"{Path.GetFileName(package)}: {entry.FullName}"));
        }

        Assert.Empty(found);
    }

    // But for the tests that see what is internal.
    private string[] AttributesOf(string assembly)
    {
        using var image = new PEReader(new MemoryStream(Bytes("Unroll", "nupkg", assembly)));
        MetadataReader reader = image.GetMetadataReader();
        return
        [
            .. reader.GetAssemblyDefinition().GetCustomAttributes().Select(reader.GetCustomAttribute)
                .Select(attribute => $"{NameOf(reader, attribute)} {Encoding.Latin1.GetString(reader.GetBlobBytes(attribute.Value))}")
                .Where(static attribute => !attribute.StartsWith("InternalsVisibleTo", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string NameOf(MetadataReader reader, CustomAttribute attribute) => attribute.Constructor.Kind == HandleKind.MemberReference
        ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent).Name)
        : reader.GetString(reader.GetTypeDefinition(reader.GetMethodDefinition((MethodDefinitionHandle)attribute.Constructor).GetDeclaringType()).Name);

    private string[] ContentOf(string package)
    {
        using ZipArchive archive = feed.Open(package);
        return
        [
            .. archive.Entries.Select(static entry => entry.FullName)
                .Where(static name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))
                .Where(static name => name != "[Content_Types].xml" && !name.EndsWith(".nuspec", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    private XElement Metadata(string package) =>
        XDocument.Load(new MemoryStream(Bytes(package, "nupkg", package + ".nuspec"))).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");

    private XElement[] Dependencies(string package) =>
        [.. Metadata(package).Descendants().Where(static element => element.Name.LocalName == "dependency")];

    private byte[] Bytes(string package, string extension, string path)
    {
        using ZipArchive archive = feed.Open(package, extension);
        return Read(archive.GetEntry(path) ?? throw new FileNotFoundException($"{path} is not in {package}.{extension}."));
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static XElement Element(XElement parent, string name) => parent.Elements().Single(element => element.Name.LocalName == name);
}
