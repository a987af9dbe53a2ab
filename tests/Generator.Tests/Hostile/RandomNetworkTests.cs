using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>
/// Random stacks of all kinds of layers, sound and not: the generator never throws, each network gets code that compiles without a warning or a
/// diagnostic, and the same source gives the same bytes.
/// </summary>
/// <remarks>
/// The same networks at every run, so that a change answers for itself alone. <c>UNROLL_SEED=any</c> makes others; a failure prints their
/// seed, and <c>UNROLL_SEED=1234,5678</c> repeats it.
/// </remarks>
public class RandomNetworkTests
{
    private const string Seed = "17706497305065514935,15417250416087743637";
    private const int NetworksOfABatch = 40;
    private const int CompiledOfABatch = 3;

    private static readonly int s_batches = Campaign.Rounds(usually: 60, campaign: 250);
    private static readonly int s_imageBatches = Campaign.Rounds(usually: 10, campaign: 50);
    private static readonly int s_streamBatches = Campaign.Rounds(usually: 10, campaign: 50);

    [Fact]
    public void EveryNetworkIsCompiledOrRefused() => Prop
        .ForAll(Arb.From(RandomNetwork.Any.ArrayOf(NetworksOfABatch), Simpler), static networks =>
            HostileBatch.Check(networks.Select(static network => network.ToString()), onlyDeclares: true, CompiledOfABatch))
        .Check(Replayed(Config.QuickThrowOnFailure.WithMaxTest(s_batches)));

    [Fact]
    public void EveryStackOfImageLayersIsCompiledOrRefused() => Prop
        .ForAll(Arb.From(RandomNetwork.OfImages.ArrayOf(NetworksOfABatch), Simpler), static networks =>
            HostileBatch.Check(networks.Select(static network => network.ToString()), onlyDeclares: true, CompiledOfABatch))
        .Check(Replayed(Config.QuickThrowOnFailure.WithMaxTest(s_imageBatches)));

    [Fact]
    public void EveryStreamIsCompiledOrRefused() => Prop
        .ForAll(Arb.From(RandomNetwork.OfStreams.ArrayOf(NetworksOfABatch), Simpler), static networks =>
            HostileBatch.Check(networks.Select(static network => network.ToString()), onlyDeclares: true, CompiledOfABatch))
        .Check(Replayed(Config.QuickThrowOnFailure.WithMaxTest(s_streamBatches)));

    /// <summary>The networks are worth the name: a good part of them is sound.</summary>
    [Fact]
    public void AFairShareOfThemCompiles()
    {
        const int Samples = 200;
        string[] bodies = [.. RandomNetwork.Any.Sample(Samples, new Rnd(1, 3), 50).Select(static (network, index) => $"namespace Case{index} {{ {network} }}")];
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compilation([.. bodies.Select(static body => "using Unroll;\n" + body)]), GeneratorHarness.Driver());

        int compiled = outcome.Sources.Count(static source => source.HintName.EndsWith(".Schedule.g.cs", StringComparison.Ordinal));
        Assert.InRange(compiled, Samples / 5, Samples * 4 / 5);
    }

    private static Config Replayed(Config config) => (Environment.GetEnvironmentVariable("UNROLL_SEED") ?? Seed).Split(',') is [var first, var second]
        ? config.WithReplay(new Replay(new Rnd(Number(first), Number(second)), FSharpOption<int>.None))
        : config;

    private static ulong Number(string text) => ulong.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    // One network at a time, then that one with less.
    private static IEnumerable<RandomNetwork[]> Simpler(RandomNetwork[] networks) => networks.Length > 1
        ? networks.Select(static network => new[] { network })
        : networks.SelectMany(static network => network.Simpler()).Select(static network => new[] { network });
}
