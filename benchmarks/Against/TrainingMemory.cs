namespace Unroll.Benchmarks.Against;

/// <summary>What a training keeps in memory: plain gradient descent, which remembers nothing from step to step, and mean squared error, one thread.</summary>
internal sealed class TrainingMemory : Callback
{
    private long _bytes;

    /// <summary>Megabytes that live at the end of the first epoch and did not before the training: the gradients, and what a step keeps of its samples.</summary>
    public static double Measure(ShapedModel shaped, int batch)
    {
        Model model = shaped.Create();
        model.Compile(new SGD(), new MeanSquaredError());
        Dataset data = shaped.Data(2 * batch);
        var memory = new TrainingMemory();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        model.Fit(data, epochs: 1, batchSize: batch, callbacks: [memory], threads: 1);
        GC.KeepAlive(data);
        return (memory._bytes - before) / 1e6;
    }

    public override void OnEpochEnd(TrainingContext context) => _bytes = GC.GetTotalMemory(forceFullCollection: true);
}
