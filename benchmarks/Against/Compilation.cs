using System.Runtime;

namespace Unroll.Benchmarks.Against;

/// <summary>What a network's first use costs the JIT compiler.</summary>
internal static class Compilation
{
    /// <summary>Its milliseconds while the model is made, in the first prediction of one sample, in the first of 256 behind that, in an epoch of
    /// training behind those, and in all of these; then all that another network costs in the same program.</summary>
    public static double[] Measure(ShapedModel shaped)
    {
        float[] x = ShapedModel.Values(Predictions.Samples * shaped.Inputs);
        float[] y = new float[Predictions.Samples * shaped.Outputs];
        TimeSpan before = JitInfo.GetCompilationTime();
        Model model = shaped.Create();
        TimeSpan made = JitInfo.GetCompilationTime();
        model.Predict(x.AsSpan(0, shaped.Inputs), y.AsSpan(0, shaped.Outputs));
        TimeSpan sample = JitInfo.GetCompilationTime();
        model.Predict(x, y);
        TimeSpan block = JitInfo.GetCompilationTime();
        Train(model, shaped);
        TimeSpan trained = JitInfo.GetCompilationTime();
        UseAll(ShapedModel.Small.First(other => other.Inputs != shaped.Inputs));
        TimeSpan another = JitInfo.GetCompilationTime();
        return
        [
            (made - before).TotalMilliseconds, (sample - made).TotalMilliseconds, (block - sample).TotalMilliseconds, (trained - block).TotalMilliseconds,
            (trained - before).TotalMilliseconds, (another - trained).TotalMilliseconds,
        ];
    }

    private static void UseAll(ShapedModel shaped)
    {
        Model model = shaped.Create();
        float[] x = ShapedModel.Values(Predictions.Samples * shaped.Inputs);
        float[] y = new float[Predictions.Samples * shaped.Outputs];
        model.Predict(x.AsSpan(0, shaped.Inputs), y.AsSpan(0, shaped.Outputs));
        model.Predict(x, y);
        Train(model, shaped);
    }

    private static void Train(Model model, ShapedModel shaped)
    {
        model.Compile(new Adam(), new MeanSquaredError());
        model.Fit(shaped.Data(Predictions.Samples), epochs: 1);
    }
}
