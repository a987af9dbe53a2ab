using System.Reflection;
using System.Xml.Linq;

namespace Unroll.Generator.Tests.Architecture;

/// <summary>The runtime brings nothing along.</summary>
public sealed class RuntimeLayeringTests
{
    [Fact]
    public void TheProjectReferencesNothing()
    {
        XDocument project = XDocument.Load(Path.Combine(RepositoryFiles.Root, "src", "Runtime", "Runtime.csproj"));

        // What is private to the build never reaches the consumer.
        IEnumerable<XElement> references = project.Descendants()
            .Where(static element => element.Name.LocalName is "PackageReference" or "ProjectReference" or "Reference")
            .Where(static element => (string?)element.Attribute("PrivateAssets") != "all");

        Assert.Empty(references);
    }

    /// <summary>Charts are drawn by the package Unroll.Reports; the runtime has the one of <c>History.SaveSvg</c>.</summary>
    [Fact]
    public void TheChartOfAHistoryServesNothingElse()
    {
        string[] chart = ["AxisScale", "ChartPanel", "HistoryChart"];
        IEnumerable<string> users = RepositoryFiles.CSharpUnder("src/Runtime")
            .Where(file => file.Syntax.DescendantTokens().Any(token => chart.Contains(token.Text)))
            .Select(static file => Path.GetFileNameWithoutExtension(file.Path))
            .Except(chart);

        Assert.Equal(["History"], users);
    }

    [Fact]
    public void TheAssemblyReferencesTheFrameworkOnly()
    {
        AssemblyName[] references = typeof(Unroll.Model).Assembly.GetReferencedAssemblies();

        Assert.All(references, static reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }
}
