using System.Text.RegularExpressions;

namespace Unroll.Generator.Tests.Emission;

/// <summary>That neither the cell of a recurrent layer nor the product of its inputs is computed where no sample has a step.</summary>
public sealed partial class MaskedLoopTests
{
    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("SimpleRNN")]
    public void SkipsMaskedSteps(string cell)
    {
        string schedule = ScheduleOf($"[Network(40, 3)] [Masking(0f)] [{cell}(5)] [Dense(1)] public partial class Net;");

        // In predictions of blocks and of one sample, in what keeps every layer's values, and in training; there the loop of the gradient is another.
        Assert.Equal(4, Products().Count(schedule));
        Assert.Equal(5, Steps().Count(schedule));
        Assert.Equal(5, Loops().Count(schedule));
    }

    [Fact]
    public void WithoutAMaskThereIsNothingToAsk()
    {
        string schedule = ScheduleOf("[Network(40, 3)] [LSTM(5)] [Dense(1)] public partial class Net;");

        Assert.DoesNotContain("StepMask", schedule, StringComparison.Ordinal);
        Assert.Equal(0, Steps().Count(schedule));
    }

    // Others read what the dense layer has at every step.
    [Fact]
    public void WhatOthersReadIsComputedWhole()
    {
        string schedule = ScheduleOf(
            "[Network(40, 3)] [Masking(0f)] [Dense(4, Name = \"all\")] [LSTM(5, ReturnSequences = true)] [Concatenate(\"all\", \"lstm1\")] public partial class Net;");

        Assert.Equal(0, DenseInRuns().Count(schedule));
        Assert.Equal(4, Products().Count(schedule));
    }

    private static string ScheduleOf(string source) => GeneratorHarness.Run(GeneratorHarness.InShop(source)).Sources
        .Single(static generated => generated.HintName.EndsWith("Schedule.g.cs", StringComparison.Ordinal)).SourceText.ToString();

    [GeneratedRegex(@"while \(StepMask\.NextRun\([^\n]*\)\)\s*\{\s*K\.\w+Inputs\w*\(")]
    private static partial Regex Products();

    [GeneratedRegex(@"while \(StepMask\.NextRun\([^\n]*\)\)\s*\{\s*K\.All\w*\(")]
    private static partial Regex DenseInRuns();

    [GeneratedRegex(@"if \(SampleRows\.IsZero\([^{]*\)\)\s*\{[^}]*continue;")]
    private static partial Regex Steps();

    [GeneratedRegex(@"for \(nuint t = ")]
    private static partial Regex Loops();
}
