using System.Runtime;

namespace Unroll.Benchmarks.Against;

/// <summary>What a network's first use costs the JIT compiler.</summary>
internal static class Compilation
{
    /// <summary>Its milliseconds while the model is made, in the first prediction of one sample, in the first of 256 behind that, and in both
    /// predictions together.</summary>
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
        return
        [
            (made - before).TotalMilliseconds, (sample - made).TotalMilliseconds, (block - sample).TotalMilliseconds, (block - made).TotalMilliseconds,
        ];
    }
}
