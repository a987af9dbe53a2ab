using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Training;

/// <summary>A parameter that is not finite before a step is named when the step fails, and no learning rate is blamed for it.</summary>
public sealed class ParameterFaultTests
{
    private const int Inputs = 5;
    private const int Hidden = 3;

    private static readonly NetworkLibrary s_library = new(new Blueprint("Regressor", [Inputs], new DenseSketch(Hidden), new DenseSketch(1)));

    private static readonly Dataset s_data = new(RandomValues.Uniform(40 * Inputs, seed: 1), RandomValues.Uniform(40, seed: 2), 40);

    [Theory]
    [InlineData("dense1/kernel", float.NaN, "NaN")]
    [InlineData("dense2/kernel", float.PositiveInfinity, "Infinity")]
    [InlineData("dense2/bias", float.NegativeInfinity, "-Infinity")]
    public void AParameterThatWasNotFiniteIsNamed(string name, float value, string text)
    {
        Model model = Compiled();
        Parameter parameter = model.Parameters[name];
        float[] values = parameter.ToArray();
        values[^1] = value;
        parameter.Assign(values);
        float[][] before = Values(model);
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => model.Fit(s_data, epochs: 2, batchSize: 8));

        Assert.Equal((0, 0, name), (exception.Epoch, exception.Batch, exception.Parameter));
        string place = string.Join(", ", parameter.Shape.Select(static size => size - 1));
        Assert.Equal(
            $"Epoch 1, batch 1 cannot be learnt: before it '{name}' was {text} at [{place}] already. The parameters stay as they were. "
            + "Assign finite values, or load weights, before training.",
            exception.Message);
        Assert.Equal(before, Values(model));
    }

    [Fact]
    public void AParameterThatAnInfinityWasLoadedIntoIsNamed()
    {
        string path = Path.GetTempFileName();
        Model model = Compiled();
        model.Parameters["dense1/bias"].Assign([.. Enumerable.Repeat(float.PositiveInfinity, Hidden)]);
        try
        {
            model.Save(path);
            Model loaded = Compiled();
            loaded.LoadWeights(path);
            NonFiniteException exception = Assert.Throws<NonFiniteException>(() => loaded.Fit(s_data));

            Assert.Equal("dense1/bias", exception.Parameter);
            Assert.DoesNotContain("learning rate", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AParameterThatACallbackMadeNaNIsNamedInThatBatch()
    {
        Model model = Compiled();
        NonFiniteException exception = Assert.Throws<NonFiniteException>(
            () => model.Fit(s_data, epochs: 3, batchSize: 8, callbacks: [new Breaker(epoch: 1, batch: 2, "dense2/bias")]));

        Assert.Equal((1, 3, "dense2/bias"), (exception.Epoch, exception.Batch, exception.Parameter));
    }

    [Fact]
    public void TheWarningOfAQuietEndNamesIt()
    {
        Model model = Compiled();
        var warnings = new List<string>();
        model.Warning += (_, warning) => warnings.Add(warning.Message);
        model.Fit(s_data, epochs: 3, batchSize: 8, callbacks: [new Breaker(epoch: 1, batch: 2, "dense2/bias"), new TerminateOnNaN()]);

        Assert.Contains("Epoch 2, batch 4: the loss is NaN, since before it 'dense2/bias' was NaN at [0]. Training ends.", warnings);
    }

    [Fact]
    public void AFailureOfTheStepsThemselvesNamesNoParameter()
    {
        Model model = Compiled(rate: 10f);
        NonFiniteException exception = Assert.Throws<NonFiniteException>(() => model.Fit(s_data, epochs: 100, batchSize: 8));

        Assert.Null(exception.Parameter);
        Assert.Contains("A smaller learning rate", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASweepOfLearningRatesNamesAParameterThatWasNotFinite()
    {
        Model model = Compiled();
        model.Parameters["dense2/bias"].Assign([float.NaN]);
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model.FindLearningRate(s_data));

        Assert.Equal("No learning rate can be found: 'dense2/bias' is NaN at [0]. Assign finite values, or load weights, before.", exception.Message);
    }

    private static Model Compiled(float rate = 0.01f)
    {
        Model model = s_library.Create("Regressor", Machines.Widest, seed: 7);
        model.Compile(new SGD(rate), new MeanSquaredError());
        return model;
    }

    private static float[][] Values(Model model) => [.. model.Parameters.Select(static parameter => parameter.ToArray())];

    private sealed class Breaker(int epoch, int batch, string parameter) : Callback
    {
        public override void OnBatchEnd(TrainingContext context)
        {
            if ((context.Epoch, context.Batch) == (epoch, batch))
            {
                context.Model.Parameters[parameter].Assign([float.NaN]);
            }
        }
    }
}
