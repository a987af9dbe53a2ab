namespace Unroll.Runtime.Tests.Optimizers;

/// <summary>An array of parameters with the state of one optimizer.</summary>
internal sealed class TrainedArray
{
    private readonly Optimizer _optimizer;
    private readonly Memory<float>[] _slots;
    private long _iteration;

    public TrainedArray(Optimizer optimizer, float[] start)
    {
        _optimizer = optimizer;
        Parameters = [.. start];
        _slots = new Memory<float>[optimizer.SlotCount];
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            float[] values = new float[start.Length];
            Array.Fill(values, optimizer.InitialSlotValue(slot));
            _slots[slot] = values;
        }
    }

    public float[] Parameters { get; }

    public IEnumerable<float> State => _slots.SelectMany(slot => slot.ToArray());

    public void Step(float[] gradients, float scale = 1f)
    {
        _iteration++;
        _optimizer.Step(new OptimizerStep(Parameters, gradients, _slots, 0, _optimizer.LearningRate, _iteration) { GradientScale = scale });
    }

    /// <summary>The same step, taken as two runs.</summary>
    public void StepInTwoRuns(float[] gradients, int cut)
    {
        _iteration++;
        float rate = _optimizer.LearningRate;
        _optimizer.Step(new OptimizerStep(Parameters.AsSpan(cut), gradients.AsSpan(cut), _slots, cut, rate, _iteration));
        _optimizer.Step(new OptimizerStep(Parameters.AsSpan(0, cut), gradients.AsSpan(0, cut), _slots, 0, rate, _iteration));
    }
}
