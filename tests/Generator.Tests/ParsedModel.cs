using Microsoft.CodeAnalysis;
using Unroll.Generator.Emission;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Tests;

/// <summary>Attributes → model, without the stages behind it.</summary>
internal static class ParsedModel
{
    /// <summary>The model of the one network in these sources, which no warning is reported about.</summary>
    public static NetworkModel Of(params string[] sources)
    {
        GeneratorOutcome outcome = Run(sources);
        Assert.DoesNotContain(outcome.Reported, static diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
        return ModelIn(outcome);
    }

    /// <summary>The same, whatever is reported: for what the stages behind find.</summary>
    public static NetworkModel Faulty(params string[] sources) => ModelIn(Run(sources));

    /// <summary>The layers of a network with these attributes.</summary>
    public static EquatableArray<Layer> Layers(string attributes, string input = "4") =>
        LayersOf(Of($"[Network({input})] {attributes} public partial class Net;"));

    public static EquatableArray<Layer> LayersOf(NetworkModel model) => model.Nodes.Select(static node => node.Layer).ToEquatableArray();

    private static GeneratorOutcome Run(string[] sources)
    {
        var generator = new NetworkGenerator(static (_, _, _) => new NetworkCode(default));
        return GeneratorHarness.Run(
            GeneratorHarness.Compilation([.. sources.Select(GeneratorHarness.InShop)]), GeneratorHarness.Driver(generator));
    }

    private static NetworkModel ModelIn(GeneratorOutcome outcome)
    {
        Assert.Empty(outcome.FromCompiler);
        return Assert.Single(outcome.Step<NetworkModel>(StepNames.Model));
    }
}
