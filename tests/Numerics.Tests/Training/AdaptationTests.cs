using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>Normalization layers learn mean and variance from data.</summary>
public sealed class AdaptationTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Network(3)] [Normalization] public sealed partial class Table;
        [Network(2, 3)] [Normalization] [Flatten] public sealed partial class Sequence;
        [Network(2, 3)] [Flatten(Name = "flat")] [Normalization(Name = "units")] [Dense(1)] public sealed partial class Flat;
        [Network(2, 3)] [Reshape(3, 2)] [Normalization] public sealed partial class Shaped;
        [Network(3)] [Dense(3)] [Normalization(Name = "late")] public sealed partial class Late;
        [Network(3)] [Dense(3)] public sealed partial class Without;
        [Network(3)] [Normalization] [Dense(2)] public sealed partial class Folded;
        [Block] [Dense(3)] public class Mixed;
        [Network(2, 3)] [TimeDistributed<Mixed>(Name = "steps")] [Normalization(Name = "behind")] [Flatten] public sealed partial class BehindSteps;
        [Block] [Normalization(Name = "units")] public class Scaled;
        [Network] [Input("left", 3)] [Input("right", 3)] [Use<Scaled>(From = "left", Name = "first")] [Use<Scaled>(From = "right", Name = "second", Shared = "first")]
        [Concatenate("first/units", "second/units")] [Dense(1)] public sealed partial class Twice;
        """) { Machines = Machines.Compared };

    // Columns of very different place and size; the first would lose its variance of 1.25 to rounding in single precision.
    private static readonly float[] s_rows =
    [
        100_000f, 0.5f, 3f,
        100_001f, 0.25f, 3f,
        100_002f, -1f, 3f,
        100_003f, 2.25f, 3f,
    ];

    [Fact]
    public void EachUnitHasItsOwnMoments()
    {
        Model model = Adapted("Table", s_rows);
        Assert.Equal([100_001.5f, 0.5f, 3f], Values(model, "normalization1/mean"));
        Assert.Equal([1.25f, 1.34375f, 0f], Values(model, "normalization1/variance"));
        Assert.All(model.Parameters, static parameter => Assert.False(parameter.IsTrained));

        float[] outputs = model.Predict(s_rows);
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal((s_rows[(row * 3) + 1] - 0.5) / Math.Sqrt(1.34375), outputs[(row * 3) + 1], 1e-5);
            Assert.Equal(0f, outputs[(row * 3) + 2]);
        }
    }

    /// <summary>Of parameters that are shared, the first layer's data tell.</summary>
    [Fact]
    public void ASharedLayerIsAdaptedOnce()
    {
        Model model = s_library.Create("Twice", Machines.Widest);
        model.Compile(new SGD(), new MeanSquaredError());
        var data = new Dataset([s_rows, [.. s_rows.Select(static value => 2 * value)]], [new float[4]], 4);
        Assert.Contains("call Adapt(training) before Fit", Assert.Throws<InvalidOperationException>(() => model.Fit(data)).Message, StringComparison.Ordinal);
        model.Adapt(data);
        Assert.Equal([100_001.5f, 0.5f, 3f], Values(model, "first/units/mean"));
        Assert.Single(model.Fit(data)["loss"]);
    }

    /// <summary>A scale and a shift instead of a difference would leave three digits: the rest is rounded away in x/deviation.</summary>
    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void AMeanFarAboveTheDeviationCostsNoDigits(Machine machine)
    {
        float[] rows = [.. Enumerable.Range(0, 120).Select(static i => (1_000_000f * ((i % 3) - 1)) + (i * 37 % 64 / 16f))];
        var data = new Dataset(rows, new float[40], 40);
        Model table = s_library.Create("Table", machine);
        Model folded = s_library.Create("Folded", machine);
        table.Adapt(data);
        folded.Adapt(data);
        float[] mean = Values(table, "normalization1/mean");
        float[] variance = Values(table, "normalization1/variance");
        double[] expected = [.. rows.Select((x, i) => ((double)x - mean[i % 3]) / Math.Sqrt(variance[i % 3]))];
        Closeness.AssertClose(expected, table.Predict(rows), depth: 1, "normalized");

        float[] kernel = Values(folded, "dense1/kernel");
        double[] products = [.. Enumerable.Range(0, 80).Select(i => Enumerable.Range(0, 3).Sum(k => expected[(i / 2 * 3) + k] * kernel[(k * 2) + (i % 2)]))];
        Closeness.AssertClose(products, folded.Predict(rows), depth: 3, "product of the normalized");
    }

    [Fact]
    public void OtherAxesAreAveragedOver()
    {
        // Two rows of 2 × 3: the same numbers, seen as four vectors of three units.
        Model model = Adapted("Sequence", s_rows);
        Assert.Equal([100_001.5f, 0.5f, 3f], Values(model, "normalization1/mean"));
        Assert.Equal([1.25f, 1.34375f, 0f], Values(model, "normalization1/variance"));
    }

    [Fact]
    public void FlattenAndReshapeMayComeFirst()
    {
        Model flat = Adapted("Flat", s_rows);
        Assert.Equal([100_001f, -0.25f, 3f, 100_002f, 1.25f, 3f], Values(flat, "units/mean"));
        Assert.Equal([1f, 0.5625f, 0f, 1f, 1f, 0f], Values(flat, "units/variance"));

        Model shaped = Adapted("Shaped", [1f, 10f, 2f, 20f, 3f, 30f]);
        Assert.Equal([2f, 20f], Values(shaped, "normalization1/mean"));
        Assert.Equal([2f / 3f, 200f / 3f], Values(shaped, "normalization1/variance"));
    }

    [Fact]
    public void AnEarlierMeasurementIsForgottenAndPredictionsFollow()
    {
        Model model = Adapted("Table", s_rows);
        model.Predict(s_rows);
        float[] others = [1f, 2f, 3f, 3f, 2f, 7f];
        model.Adapt(new Dataset(others, new float[2], 2));
        Assert.Equal([-1f, 0f, -1f, 1f, 0f, 1f], model.Predict(others));
    }

    [Fact]
    public void TrainingLeavesThemAndFilesKeepThem()
    {
        Model model = Adapted("Flat", s_rows);
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        float[] before = Values(model, "units/mean");
        model.Fit(new Dataset(s_rows, [1f, 2f], 2), epochs: 2);
        Assert.Equal(before, Values(model, "units/mean"));
    }

    [Fact]
    public void ALayerThatDoesNotSeeTheDataIsNamed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Adapted("Late", s_rows));
        Assert.Equal(
            "Layer late cannot be adapted: dense1 (Dense) before it changes the data. Only Flatten and Reshape may come first.", error.Message);
        Assert.StartsWith(
            "Layer behind cannot be adapted: steps (TimeDistributed) before it changes the data.",
            Assert.Throws<InvalidOperationException>(() => Adapted("BehindSteps", s_rows)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no Normalization layer", Assert.Throws<InvalidOperationException>(() => Adapted("Without", s_rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataThatCannotBeMeasuredAreRefused()
    {
        Model model = s_library.Create("Table", Machines.Widest);
        Assert.Contains("3 values, but the data has 6", Assert.Throws<ArgumentException>(
            () => model.Adapt(new Dataset(s_rows, new float[2], 2))).Message, StringComparison.Ordinal);
        float[] broken = [.. s_rows];
        broken[7] = float.NaN;
        Assert.Contains("value 1 of row 2 is NaN", Assert.Throws<ArgumentException>(
            () => model.Adapt(new Dataset(broken, new float[4], 4))).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 1f, 1f], Values(model, "normalization1/variance"));
    }

    private static Model Adapted(string network, float[] rows)
    {
        Model model = s_library.Create(network, Machines.Widest);
        int count = rows.Length / model.Network.InputSize;
        model.Adapt(new Dataset(rows, new float[count], count));
        return model;
    }

    private static float[] Values(Model model, string parameter) => model.Parameters.Single(each => each.Name == parameter).ToArray();
}
