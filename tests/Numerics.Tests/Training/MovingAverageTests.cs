namespace Unroll.Numerics.Tests.Training;

/// <summary>The moving average of the weights against its definition in double precision, from the weights after every step.</summary>
public sealed class MovingAverageTests
{
    private const double Momentum = 0.75;

    [Fact]
    public void TheModelTakesTheAverageAtTheEnd()
    {
        Model plain = Fits.Model();
        List<float[]> steps = Train(plain, new SGD(0.1f), epochs: 2);

        double[] average = [.. steps[0].Select(static value => (double)value)];
        foreach (float[] step in steps.Skip(1))
        {
            average = [.. average.Zip(step, static (mean, value) => (Momentum * mean) + ((1 - Momentum) * value))];
        }

        Model averaged = Fits.Model();
        Assert.Equal(steps, Train(averaged, new SGD(0.1f) { UseEma = true, EmaMomentum = (float)Momentum }, epochs: 2));
        AssertClose(average, Fits.Weights(averaged));
        Assert.NotEqual(Fits.Weights(plain), Fits.Weights(averaged));
    }

    [Fact]
    public void AFrequencyPutsItIntoTheModelOnTheWay()
    {
        // The rate is zero after the first two steps: what changes later is the overwriting alone.
        var schedule = new PiecewiseConstantDecay([1], [0.1f, 0f]);
        List<float[]> plain = Train(Fits.Model(), new SGD(schedule), epochs: 1);
        List<float[]> steps = Train(
            Fits.Model(), new SGD(schedule) { UseEma = true, EmaMomentum = (float)Momentum, EmaOverwriteFrequency = 3 }, epochs: 1);

        Assert.Equal(plain[0], steps[0]);
        Assert.Equal(plain[1], steps[1]);

        // The average is w₁, then m·w₁ + (1 − m)·w₂, and with w₃ = w₂ once more.
        double[] third = [.. steps[0].Zip(steps[1], static (first, second) =>
            (Momentum * ((Momentum * first) + ((1 - Momentum) * second))) + ((1 - Momentum) * second))];
        AssertClose(third, steps[2]);
        Assert.NotEqual(steps[1], steps[2]);
    }

    [Fact]
    public void ItGoesOnInTheNextFit()
    {
        var optimizer = new SGD(0f) { UseEma = true, EmaMomentum = (float)Momentum };
        Model model = Fits.Model();
        model.Compile(optimizer, new MeanSquaredError());
        model.Fit(Fits.Data, batchSize: Fits.Rows);
        float[] first = Fits.Weights(model);
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Assign(new float[parameter.Count]);
        }

        model.Fit(Fits.Data, batchSize: Fits.Rows);
        AssertClose([.. first.Select(static value => Momentum * value)], Fits.Weights(model));
    }

    [Fact]
    public void CallbacksAtTheEndComeAfterIt()
    {
        float[] seen = [];
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f) { UseEma = true }, new MeanSquaredError());
        model.Fit(Fits.Data, callbacks: [new LambdaCallback(onTrainEnd: context => seen = Fits.Weights(context.Model))]);
        Assert.Equal(Fits.Weights(model), seen);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void SettingsOutsideTheirRangeAreNamed(float momentum)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SGD { EmaMomentum = momentum });
        Assert.Equal("EmaMomentum", error.ParamName);
        Assert.Equal("EmaOverwriteFrequency", Assert.Throws<ArgumentOutOfRangeException>(() => new SGD { EmaOverwriteFrequency = 0 }).ParamName);
        Assert.Equal(0.99f, new SGD().EmaMomentum);
    }

    // The weights after every step.
    private static List<float[]> Train(Model model, Optimizer optimizer, int epochs)
    {
        var steps = new List<float[]>();
        model.Compile(optimizer, new MeanSquaredError());
        model.Fit(Fits.Data, epochs, batchSize: 7, callbacks: [new LambdaCallback(onBatchEnd: context => steps.Add(Fits.Weights(context.Model)))]);
        return steps;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }
}
