using System.Text;
using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Emission;

/// <summary>What the C# compiler and a reader have to go through for a small network.</summary>
public sealed class GeneratedSizeTests
{
    /// <summary>Half of the bytes that each was before the machines shared one schedule.</summary>
    [Theory]
    [InlineData("[Dense(20, Activation.Relu)] [Dense(3, Activation.Softmax)]", 131_450)]
    [InlineData("[Dense(20, Activation.Relu, KernelL2 = 0.01f)] [Dropout(0.25f)] [Dense(3, Activation.Softmax, Name = \"head\")]", 133_632)]
    public void ASmallNetworkStaysSmall(string layers, int mostBytes)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(
            GeneratorHarness.Compilation(GeneratorHarness.InShop($"[Network(5)] {layers} public partial class Net;")),
            GeneratorHarness.Driver(GeneratorHarness.EveryMachine));

        Assert.Empty(outcome.FromCompiler);
        Assert.InRange(outcome.Sources.Sum(static source => Encoding.UTF8.GetByteCount(source.SourceText.ToString())), 1, mostBytes);
    }

    /// <summary>What docs/sequences.md says a training step keeps of each step, in numbers of units.</summary>
    [Theory]
    [InlineData("SimpleRNN", 3)]
    [InlineData("GRU", 12)]
    [InlineData("LSTM", 12)]
    public void ATrainingStepKeepsWhatIsSaid(string cell, int expected)
    {
        const int Steps = 1000;
        const int Units = 64;
        string source = string.Concat(GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network({Steps}, 1)] [{cell}({Units})] public partial class Net;")).Sources.Select(static source => source.SourceText.ToString()));
        int Number(string name) => int.Parse(
            Regex.Match(source, $@"\b{name} = (\d+),").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        // Of the states there is one more, and the input and the output are there too.
        double units = Number("TrainingSampleFloats") / (double)(Steps * Units);
        Assert.InRange(units, expected, expected + 0.1);
    }

    [Theory]
    [InlineData("[LSTM(5, ReturnSequences = true)] [GRU(4)] [Dense(1)]")]
    [InlineData("[TimeDistributed<Each>] [Dense(1)]")]
    public void LongSequencesAreNoMoreCode(string layers)
    {
        double LinesFor(int steps) => GeneratorHarness.Run(GeneratorHarness.InShop(
            $"[Network({steps}, 3)] {layers} public partial class Net; [Block] [Dense(4)] [RepeatVector(3)] [Conv1D(2, 2)] [LSTM(3)] public partial class Each;"))
            .Sources.Sum(static source => source.SourceText.Lines.Count);

        // Tiles and their tails are chosen for the rows there are; nothing is written out for a step.
        Assert.InRange(LinesFor(1000), 1, 1.1 * LinesFor(10));
    }
}
