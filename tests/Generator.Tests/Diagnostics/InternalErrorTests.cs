using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Emission;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>A defect of the generator costs one network its code and says so at that network.</summary>
public class InternalErrorTests
{
    private const string Source = """
        using Unroll;
        [Network(2)] [Dense(1)] partial class Bad;
        [Network(2)] [Dense(1)] partial class Good;
        public class Usage { public Model Model = new Bad(seed: 1); public int Size = Bad.InputSize; }
        """;

    [Fact]
    public void NamesTheStageAndKeepsTheOthers()
    {
        GeneratorOutcome outcome = Run(static (model, _, token) => model.Header.Name == "Bad"
            ? Stage.Run<NetworkCode>("Planning", token, static () => throw new InvalidOperationException("no room\nat all"))
            : new NetworkCode(EquatableArray.Of(new GeneratedFile(model.Header.HintName + ".g.cs", "// fine"))));

        Diagnostic reported = Assert.Single(outcome.Reported);
        Assert.Equal("UNR9999", reported.Id);
        Assert.Equal(
            "Network Bad: the generator failed in stage Planning; this is a defect of Unroll, please report it: InvalidOperationException: no room",
            reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Network(2)", Text(reported));
        Assert.Equal(["Bad.g.cs", "Good.g.cs"], outcome.Sources.Select(static source => source.HintName));
        Assert.Empty(outcome.FromCompiler);
    }

    [Fact]
    public void CancellationIsNoFailure()
    {
        var model = new NetworkModel(new TypeHeader("", default, "partial class Net", "Net", "Net", "Net"), default, default, default, BudgetSpec.None);
        Assert.Throws<OperationCanceledException>(
            () => CompiledNetwork.From(model, SimdMachine.WidestFirst, static (_, _, _) => throw new OperationCanceledException(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void CancellationIsHonouredBetweenStages() => Assert.ThrowsAny<OperationCanceledException>(
        static () => Stage.Run("Graph", new CancellationToken(canceled: true), static () => 1));

    private static string Text(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length);

    private static GeneratorOutcome Run(NetworkCompilation compile) =>
        GeneratorHarness.Run(GeneratorHarness.Compilation(Source), GeneratorHarness.Driver(new NetworkGenerator(compile)));
}
