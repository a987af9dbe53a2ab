using System.Text.RegularExpressions;
using Unroll.Deployment.Tests.Harness;
using Unroll.Deployment.Tests.Packages;

namespace Unroll.Deployment.Tests.NativeAot;

/// <summary>Every name that the documentation prints for the instruction set is one that the NativeAOT compiler takes, from the packages.</summary>
public sealed partial class InstructionSetNameTests(PackageFeed feed)
{
    /// <summary>The names of the table in the page of UNR1001, with the width that it promises; and the levels as .NET 9 spelled them.</summary>
    public static TheoryData<string, int> Names
    {
        get
        {
            string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics", "UNR1001.md"));
            TheoryData<string, int> names = new() { { "x86-x64-v3", 256 }, { "x86-x64-v4", 512 } };
            foreach (Match row in Row().Matches(page))
            {
                names.Add(row.Groups[1].Value, row.Groups[2].Success ? int.Parse(row.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) : Model.VectorBits);
            }

            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PublishesAProgramOfItsWidth(string name, int width)
    {
        NativeCompiler.Require();
        using Workspace workspace = feed.NewWorkspace();
        var consumer = new Consumer("Native")
        {
            Properties = "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>",
            Network = Consumer.NetworkIn("", "Gate"),
        };
        consumer.WriteTo(workspace, feed.Version);
        workspace.Write("Native/Program.cs", "System.Console.WriteLine($\"{Unroll.Model.VectorBits} bits, {new Gate(1).Predict([1f, 0f]).Length} output\");");

        CommandResult publication = workspace.Dotnet("publish", "Native", "-r", "linux-x64", "-o", workspace["out"], $"-p:UnrollInstructionSet={name}").RequireSuccess();

        Assert.Empty(publication.Warnings);
        EdgeTests.RequireProcessorFor(width);
        Assert.Equal($"{width} bits, 1 output", CommandLine.Run(workspace["out/Native"], [], workspace.Path).RequireSuccess().Output.Trim());
    }

    [Fact]
    public void TheOtherPagesPrintNoOtherName()
    {
        string[] known = [.. Names.Select(static row => row.Data.Item1)];
        string[] pages = ["README.md", "docs/deployment.md", "src/Package/Unroll.README.md", "src/Package/buildTransitive/Unroll.targets", "samples/Edge/Edge.csproj"];

        string[] printed = [.. pages.SelectMany(static page => Printed().Matches(File.ReadAllText(Path.Combine(Repository.Root, page)))).Select(static match => match.Groups[1].Value).Distinct()];

        Assert.NotEmpty(printed);
        Assert.All(printed, name => Assert.Contains(name, known));
    }

    [GeneratedRegex(@"^\| `([^`]+)` \| (?:(\d+) bits)?", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"UnrollInstructionSet(?:>|=|&gt;)([\w-]+)")]
    private static partial Regex Printed();
}
