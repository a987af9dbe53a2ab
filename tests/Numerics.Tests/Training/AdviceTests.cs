using Unroll.Checks;
using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Mistakes that a training tells of, with what helps.</summary>
public sealed class AdviceTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Network(5)] [Dense(8, Activation.Relu)] [Dense(3)] public sealed partial class Linear;
        [Network(5)] [Dense(3, Activation.Softmax)] public sealed partial class Soft;
        [Network(5)] [Dense(3, Activation.Sigmoid)] public sealed partial class Several;
        [Network(5)] [Dense(3)] [Activate(Activation.Softmax)] public sealed partial class SoftApart;
        [Network(5)] [Dense(3, Activation.LogSoftmax)] public sealed partial class Logarithms;
        [Network(5)] [Dense(3, Activation.HardSigmoid)] public sealed partial class Hard;
        [Network(6, 5)] [Dense(3, Activation.Softmax)] public sealed partial class Picture;
        [Network(5)] [Normalization] [Dense(3)] public sealed partial class Normalized;
        [Network(4)] [Dense(8, KernelConstraint = Constraint.MinMaxNorm)] [Dense(1)] public sealed partial class Constrained;
        """);

    public static TheoryData<string, bool> Crossentropies => new()
    {
        { "sparse", true }, { "sparse", false }, { "categorical", true }, { "categorical", false }, { "binary", true }, { "binary", false },
        { "focal", true }, { "focal", false }, { "binary focal", true }, { "binary focal", false },
    };

    [Theory]
    [MemberData(nameof(Crossentropies))]
    public void ACrossentropyOnALinearHeadIsAWarningWithTheRemedy(string loss, bool fromLogits)
    {
        List<string> warnings = Warnings("Linear", Create(loss, fromLogits), epochs: 3);
        if (fromLogits)
        {
            Assert.Empty(warnings);
        }
        else
        {
            string warning = Assert.Single(warnings);
            Assert.Contains("is given probabilities, but the network's output", warning, StringComparison.Ordinal);
            Assert.Contains($"Activation.{(loss.Contains("binary", StringComparison.Ordinal) ? "Sigmoid" : "Softmax")}", warning, StringComparison.Ordinal);
            Assert.Contains("fromLogits: true", warning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Crossentropies))]
    public void LogitsBehindTheActivationThatTakesThemAreAWarningWithTheRemedy(string loss, bool fromLogits)
    {
        bool binary = loss.Contains("binary", StringComparison.Ordinal);
        foreach (string network in binary ? (string[])["Several"] : ["Soft", "SoftApart"])
        {
            List<string> warnings = Warnings(network, Create(loss, fromLogits), epochs: 3);
            if (fromLogits)
            {
                string warning = Assert.Single(warnings);
                Assert.Contains($"ends with Activation.{(binary ? "Sigmoid" : "Softmax")}, which makes probabilities", warning, StringComparison.Ordinal);
                Assert.Contains("Leave fromLogits: true out of", warning, StringComparison.Ordinal);
            }
            else
            {
                Assert.Empty(warnings);
            }
        }

        // Logarithms of probabilities are logits.
        if (fromLogits)
        {
            Assert.Empty(Warnings("Logarithms", Create(loss, fromLogits: true), epochs: 1));
        }
    }

    [Fact]
    public void ProbabilitiesAreNoReasonToWarn()
    {
        Assert.Empty(Warnings("Hard", new BinaryCrossentropy(), epochs: 1));
        Assert.Empty(Warnings("Linear", new MeanSquaredError(), epochs: 1));
        Model model = Fits.Classifier();
        model.Compile(new SGD(), new SparseCategoricalCrossentropy(fuse: false));
        var warnings = new List<string>();
        model.Warning += (_, warning) => warnings.Add(warning.Message);
        model.Fit(Fits.Labelled);
        Assert.Empty(warnings);
    }

    [Fact]
    public void AForgottenFlattenIsNamed()
    {
        Model model = s_library.Create("Picture", Machines.Widest);
        model.Compile(new SGD(), new SparseCategoricalCrossentropy());
        var data = new Dataset(new float[60], new float[2], 2);
        string message = Assert.Throws<ArgumentException>(() => model.Fit(data)).Message;
        Assert.Contains("6 target values a sample, but the data has 1", message, StringComparison.Ordinal);
        Assert.Contains("a [Flatten] before the first Dense layer", message, StringComparison.Ordinal);

        // With two values it is no forgotten Flatten.
        Assert.DoesNotContain("Flatten", Assert.Throws<ArgumentException>(() => model.Fit(new Dataset(new float[60], new float[4], 2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANormalizationThatWasNotAdaptedIsAnError()
    {
        foreach (Action<Model> tell in new Action<Model>[]
        {
            model => model.Adapt(Fits.Data),
            model => model.Parameters["normalization1/variance"].Assign([4f, 4f, 4f, 4f, 4f]),
        })
        {
            Model model = s_library.Create("Normalized", Machines.Widest);
            model.Compile(new SGD(), new MeanSquaredError());
            float[] before = Fits.Weights(model);
            string message = Assert.Throws<InvalidOperationException>(() => model.Fit(Fits.Data)).Message;
            Assert.StartsWith("Layer normalization1 (Normalization) knows no mean and no variance yet: call Adapt(training) before Fit", message, StringComparison.Ordinal);
            Assert.Equal(before, Fits.Weights(model));

            tell(model);
            model.Fit(Fits.Data);
        }
    }

    [Fact]
    public void WeightsOfAFileAreAsGoodAsAdapt()
    {
        string path = Path.GetTempFileName();
        Model adapted = s_library.Create("Normalized", Machines.Widest);
        adapted.Adapt(Fits.Data);
        adapted.Save(path);
        Model loaded = s_library.Create("Normalized", Machines.Widest);
        loaded.LoadWeights(path);
        File.Delete(path);
        loaded.Compile(new SGD(), new MeanSquaredError());
        loaded.Fit(Fits.Data);
    }

    [Fact]
    public void AVarianceThatOverflowsIsRefused()
    {
        Model model = s_library.Create("Normalized", Machines.Widest);
        float[] features = new float[10];
        (features[3], features[8]) = (-1e20f, 1e20f);
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Adapt(new Dataset(features, new float[2], 2)));
        Assert.StartsWith("The variance of unit 3 of normalization1's input is 1e+40, more than single precision holds", error.Message, StringComparison.Ordinal);
        Assert.Equal([1f, 1f, 1f, 1f, 1f], model.Parameters["normalization1/variance"].ToArray());
    }

    [Theory]
    [InlineData(32)]
    [InlineData(16)]
    public void AConstraintLeavesFiniteParameters(int batchSize)
    {
        Model model = s_library.Create("Constrained", Machines.Widest);
        model.Compile(new SGD(1e25f), new MeanSquaredError());
        var data = new Dataset([.. RandomValues.Uniform(128, seed: 1).Select(MathF.Abs)], new float[32], 32);
        Record.Exception(() => model.Fit(data, batchSize: batchSize));

        float[] kernel = model.Parameters["dense1/kernel"].ToArray();
        Assert.All(Fits.Weights(model), static value => Assert.True(float.IsFinite(value)));
        Assert.All(Enumerable.Range(0, 8), unit =>
            Assert.InRange(Math.Sqrt(Enumerable.Range(0, 4).Sum(input => Math.Pow(kernel[(input * 8) + unit], 2))), 0, 1.00001));
    }

    [Fact]
    public void ABatchTooLargeForOneArrayNamesBatchSize()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(), new MeanSquaredError());
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => BatchLimit.Require(model.Network, model.Instance.Goals, int.MaxValue - 1000, "batchSize"));
        Assert.Equal("batchSize", error.ParamName);
        int most = int.Parse(error.Message.Split("batches of at most ")[1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(BatchLimit.FindFault(model.Network, model.Instance.Goals, most));
        Assert.NotNull(BatchLimit.FindFault(model.Network, model.Instance.Goals, most + 1));

        // The outputs of so many samples fit into one array, those of one more do not.
        int floats = model.Network.Outputs[0].SampleStride;
        Assert.InRange((long)most * floats, Array.MaxLength - (long)floats + 1, Array.MaxLength);
    }

    private static List<string> Warnings(string network, Loss loss, int epochs)
    {
        Model model = s_library.Create(network, Machines.Widest);
        var warnings = new List<string>();
        model.Warning += (_, warning) => warnings.Add(warning.Message);
        model.Compile(new SGD(0.001f), loss);
        float[] targets = loss.TargetSizeFor(3) == 1 ? Fits.Labels : [.. Fits.Targets.Select(static value => value > 0f ? 1f : 0f)];
        model.Fit(new Dataset(Fits.Features, targets, Fits.Rows), epochs);
        return warnings;
    }

    private static Loss Create(string loss, bool fromLogits) => loss switch
    {
        "sparse" => new SparseCategoricalCrossentropy(fromLogits),
        "categorical" => new CategoricalCrossentropy(fromLogits),
        "binary" => new BinaryCrossentropy(fromLogits),
        "focal" => new CategoricalFocalCrossentropy(fromLogits: fromLogits),
        _ => new BinaryFocalCrossentropy(fromLogits: fromLogits),
    };
}
