namespace Unroll.Numerics.Tests.Training;

/// <summary>Losses are not replaced while something is measured by them: data were held against those.</summary>
public sealed class CompileAccessTests
{
    [Fact]
    public void CompileForTheBatchesOfAnEvaluationIsRefused()
    {
        Model model = Compiled();
        string message = Assert.Throws<InvalidOperationException>(() => model.Evaluate(Batches(model))).Message;

        Assert.StartsWith("Compile cannot be called while Nets.Regressor is measured", message, StringComparison.Ordinal);
        Assert.Equal(Compiled().Evaluate(Fits.Data)["loss"], model.Evaluate(Fits.Data)["loss"]);
    }

    [Fact]
    public void CompileForTheBatchesOfAFitIsRefused()
    {
        Model model = Compiled();
        Assert.Throws<InvalidOperationException>(() => model.Fit(Batches(model)));
    }

    [Fact]
    public void CompilesBesideEvaluationsChangeNoResult()
    {
        Model model = Compiled();
        float expected = model.Evaluate(Fits.Data)["loss"];
        using var stop = new CancellationTokenSource();
        int compiled = 0, measured = 0;
        var compiling = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                compiled += Ran(() => model.Compile(new SGD(0.1f), new MeanSquaredError(), new MeanAbsoluteError())) ? 1 : 0;
            }
        });
        compiling.Start();
        for (int i = 0; i < 300 || measured == 0 || Volatile.Read(ref compiled) == 0; i++)
        {
            float loss = expected;
            measured += Ran(() => loss = model.Evaluate(Fits.Data)["loss"]) ? 1 : 0;
            Assert.Equal(expected, loss);
            Ran(() => Assert.True(float.IsFinite(model.ComputeGradients(Fits.Data).Loss)));
        }

        stop.Cancel();
        compiling.Join();
    }

    private static bool Ran(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IEnumerable<Batch> Batches(Model model)
    {
        yield return new Batch(Fits.Features, Fits.Targets, Fits.Rows);
        model.Compile(new SGD(), new MeanSquaredError());
        yield return new Batch(Fits.Features, Fits.Targets, Fits.Rows);
    }

    private static Model Compiled()
    {
        Model model = Fits.Model();
        model.Compile(new SGD(0.1f), new MeanSquaredError());
        return model;
    }
}
