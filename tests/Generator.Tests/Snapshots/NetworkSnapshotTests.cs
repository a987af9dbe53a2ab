using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Planning;
using Unroll.Tests;

namespace Unroll.Generator.Tests.Snapshots;

/// <summary>
/// The generated code itself, one small network a feature: reviewed when it changes, and always free of warnings. One network is kept for
/// all machines, the others for one.
/// </summary>
public sealed class NetworkSnapshotTests
{
    [Fact]
    public Task LinearUnit() => Verify("[Network(3)] [Dense(1)] public partial class Net;");

    [Fact]
    public Task Classifier() => Verify(
        """
        [Network(5)]
        [Dense(20, Activation.Relu, KernelL2 = 0.01f)]
        [Dropout(0.25f)]
        [Dense(3, Activation.Softmax, Name = "head")]
        public partial class Net;
        """,
        otherMachines: true);

    [Fact]
    public Task FlattenBetweenLayersOfRankTwo() => Verify(
        "[Network(4, 3)] [Dense(2, Activation.Tanh)] [Flatten] [Dense(1, Activation.Sigmoid)] public partial class Net;");

    [Fact]
    public Task NormalizationFoldedIntoTheProduct() => Verify(
        "[Network(6)] [Dense(8)] [BatchNormalization] [Activate(Activation.Relu)] [Dense(2)] public partial class Net;");

    [Fact]
    public Task ResidualBlock() => Verify(
        """
        [Block] [Dense(4, Activation.Gelu)] public partial class Body;

        [Network(4)] [Residual<Body>] public partial class Net;
        """);

    [Fact]
    public Task PooledStream() => Verify("[Network(8, 3, Streaming = true)] [Conv1D(4, 2, Padding = Padding.Causal)] [MaxPooling1D(2)] [GRU(5)] [Dense(1)] public partial class Net;");

    [Fact]
    public Task RecurrentStream() => Verify("[Network(4, 3, Streaming = true)] [GRU(5)] [Dense(1)] public partial class Net;");

    [Fact]
    public Task Convolution() => Verify(
        "[Network(6, 6, 1)] [Conv2D(3, 3, Activation.Relu)] [MaxPooling2D(2)] [Flatten] [Dense(2)] public partial class Net;");

    [Fact]
    public Task WeightsOfHalfTheWidth() => Verify(
        "[Network(65, InferenceWeights = WeightPrecision.BFloat16)] [Dense(128, Activation.Relu)] [Dense(2)] public partial class Net;");

    private static Task Verify(string source, bool otherMachines = false)
    {
        CSharpCompilation compilation = GeneratorHarness.Compilation(GeneratorHarness.InShop(source));
        var driver = (CSharpGeneratorDriver)GeneratorHarness.Driver(GeneratorHarness.EveryMachine)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        bool IsKept(string name) => otherMachines || !IsOfAnotherMachine(name);
        Assert.DoesNotContain(
            output.SyntaxTrees
                .Where(tree => SlowTests.AreAskedFor || IsKept(tree.FilePath))
                .SelectMany(tree => output.GetSemanticModel(tree).GetDiagnostics()),
            static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        return Verifier.Verify(driver).IgnoreGeneratedResult(file => !IsKept(file.HintName));
    }

    private static bool IsOfAnotherMachine(string hintName) => SimdMachine.WidestFirst.Any(machine =>
        machine != SimdMachine.Vector256 && hintName.EndsWith($".{machine.Name}.g.cs", StringComparison.Ordinal));
}
