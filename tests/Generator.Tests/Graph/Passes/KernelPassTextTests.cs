using Unroll.Generator.Graph;
using Unroll.Generator.Graph.Passes;

namespace Unroll.Generator.Tests.Graph.Passes;

/// <summary>What the passes that say how kernels are stored and read make of a small graph, as text.</summary>
public sealed class KernelPassTextTests
{
    [Fact]
    public void RoundKernelsRoundsWhatProductsRead() => Assert.Equal(
        """
        %0 = Input() : 4 a sample ; input
        %1 = Parameter() : 4 × 3 a step ; dense1 kernel
        %2 = Parameter() : 3 a step ; dense1 bias
        %5 = RoundKernel(%1) : 4 × 3 a step ; dense1 RoundedKernel
        %3 = Product(%0, %5) : 3 a sample ; dense1 Forward
        %4 = Elementwise(%3, %2) then AddBias : 3 a sample ; dense1 Forward
        output %4

        """,
        GraphText.Of(new RoundKernels(isSingle: true).Apply(PassGraphs.Lowered("[Dense(3)]"))));

    /// <summary>16 bits are for kernels of a single vector, and only where the kernels are too large for the nearest cache.</summary>
    [Theory]
    [InlineData(true, "[Dense(2048)]", 0)]
    [InlineData(true, "[Dense(2049)]", 1)]
    [InlineData(true, "[Dense(256)] [Dense(17)]", 2)]
    [InlineData(false, "[Dense(256)] [Dense(17)]", 0)]
    [InlineData(true, "[Reshape(2, 2)] [Dense(16)] [Flatten] [Dense(300)]", 1)]
    [InlineData(true, "[Reshape(4, 1)] [LSTM(64)] [Dense(1)]", 1)]
    public void RoundKernelsPairsRowsOfSingleVectors(bool isSingle, string layers, int paired)
    {
        OpGraph graph = new RoundKernels(isSingle).Apply(new FoldTransposes().Apply(PassGraphs.Lowered(layers)));

        Assert.Equal(paired, graph.Ops.Count(static op => op.Kind is RoundKernelOp { IsPaired: true }));
        Assert.Equal(
            graph.Ops.Count(static op => op.Kind is ParameterOp { Parameter.Arrangement: ParameterArrangement.Panels or ParameterArrangement.TransposedPanels }),
            graph.Ops.Count(static op => op.Kind is RoundKernelOp));
    }

    [Fact]
    public void KernelsOfFewUnitsAreStoredAsRows() => Assert.Equal(
        """
        %0 = Input() : 14 a sample ; input
        %1 = Parameter() : 1 × 14 a step ; dense1 kernel
        %2 = Transpose(%1) : 14 × 1 a step ; dense1 Transpose
        %3 = Parameter() : 1 a step ; dense1 bias
        %4 = Product(%0, %2) : 1 a sample ; dense1 Forward
        %5 = Elementwise(%4, %3) then AddBias : 1 a sample ; dense1 Forward
        output %5

        """,
        GraphText.Of(PassGraphs.Lowered("[Dense(1)]", "14")));

    /// <summary>Of no fewer units than half of the inputs, of more than four, under a norm of their columns, and of a cell.</summary>
    [Theory]
    [InlineData("[Dense(1)]", "1")]
    [InlineData("[Dense(4)]", "7")]
    [InlineData("[Dense(5)]", "1000")]
    [InlineData("[Dense(1, KernelConstraint = Constraint.MaxNorm)]", "64")]
    [InlineData("[LSTM(1)]", "3, 64")]
    [InlineData("[Conv1D(1, 3)]", "9, 5")]
    public void OtherKernelsAreStoredAsTheyAre(string layers, string shape) =>
        Assert.DoesNotContain("Transpose(", GraphText.Of(PassGraphs.Forward(layers, shape)), StringComparison.Ordinal);

    /// <summary>Fewer inputs than adding up across lanes is worth: the product reads a transposed copy, the gradients none.</summary>
    [Fact]
    public void AProductOfFewInputsReadsATransposedCopy()
    {
        OpGraph graph = new RemoveUnused().Apply(new FoldTransposes().Apply(PassGraphs.Backward("[Dense(6)] [Dense(3)]")));
        string text = GraphText.Of(graph);

        Assert.Matches(@"(%\d+) = Parameter\(\) : 3 × 6 a step ; dense2 kernel\n(%\d+) = Transpose\(\1\) : 6 × 3 a step(.*\n)*%\d+ = Product\(%\d+, \2\) : 3 a sample", text);
        Assert.Matches(@"(%\d+) = Parameter\(\) : 3 × 6 a step ; dense2 kernel\n(.*\n)*%\d+ = Product\(%\d+, \1\) : 6 a sample ; dense2 InputGradient\n", text);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(text, "= Transpose"));
    }

    [Fact]
    public void FoldTransposesTakesThemIntoProductsAndGradients()
    {
        OpGraph graph = new RemoveUnused().Apply(new FoldTransposes().Apply(PassGraphs.Backward("[Dense(14)] [Dense(1)]")));
        string text = GraphText.Of(graph);

        Assert.DoesNotContain("Transpose(", text, StringComparison.Ordinal);
        Assert.Matches(@"(%\d+) = Parameter\(\) : 1 × 14 a step ; dense2 kernel\n(.*\n)*%\d+ = TransposedProduct\(%\d+, \1\) : 1 a sample", text);
        Assert.Matches(@"(%\d+) = Loss\(.*\n(.*\n)*%\d+ = Product\(\1, %\d+\) : 14 a sample ; dense2 InputGradient\n", text);
        Assert.Matches(@"(%\d+) = Loss\(.*\n(.*\n)*%\d+ = KernelGradient\(\1, %\d+\) clearing padding : 1 × 14 a step ; dense2 KernelGradient\n", text);
    }
}
