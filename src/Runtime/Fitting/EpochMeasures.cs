using System.Runtime.CompilerServices;
using Unroll.Clusters;
using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>The loss and the metrics of the epoch in progress.</summary>
internal sealed class EpochMeasures(NetworkInstance instance)
{
    // The weighted loss, then that of each output.
    private double[] _lossSums = [];
    private long _samples;
    private long _ownSamples;

    /// <summary>The values so far.</summary>
    public Logs Logs { get; } = new();

    public void Begin()
    {
        Logs.Clear();
        _lossSums = new double[1 + instance.Goals.Length];
        _samples = 0;
        _ownSamples = 0;
        foreach (OutputGoal goal in instance.Goals)
        {
            goal.BeginMetrics();
        }
    }

    /// <summary>Shows the metrics the samples of a batch.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public void Measure(TrainingStep step, int samples)
    {
        _ownSamples += samples;
        foreach (OutputStep output in step.Outputs)
        {
            if (output.Goal.Metrics.Length > 0)
            {
                Measure(step, output, samples);
            }
        }
    }

    /// <summary>Takes in the losses of a batch, and logs what the epoch has so far.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public void Record(TrainingStep step, float loss, int samples)
    {
        _lossSums[0] += (double)loss * samples;
        _samples += samples;
        Logs.Set("loss", (float)(_lossSums[0] / _samples));
        if (step.Outputs.Length > 1)
        {
            RecordOutputs(step.Outputs, samples);
        }

        foreach (OutputStep output in step.Outputs)
        {
            if (output.Goal.Metrics.Length > 0)
            {
                Logs.SetMetrics(output.Goal);
            }
        }
    }

    /// <summary>Logs the loss of a batch that failed; where it is the epoch's first, all else as it stands, so that each epoch has the same names.</summary>
    public void RecordFailure(float loss)
    {
        Logs.Set("loss", loss);
        if (_samples > 0)
        {
            return;
        }

        if (instance.Goals.Length > 1)
        {
            foreach (OutputGoal goal in instance.Goals)
            {
                Logs.Set(goal.LossName, float.NaN);
            }
        }

        foreach (OutputGoal goal in instance.Goals)
        {
            Logs.SetMetrics(goal);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private void RecordOutputs(OutputStep[] outputs, int samples)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            _lossSums[1 + i] += (double)outputs[i].MeanLoss * samples;
            Logs.Set(outputs[i].Goal.LossName, (float)(_lossSums[1 + i] / _samples));
        }
    }

    /// <summary>At the end of an epoch, logs the metrics of all ranks; losses are already theirs.</summary>
    public void Share(RankGroup ranks)
    {
        Dictionary<Metric, float> means = ranks.Sum(instance.Goals, [], _ownSamples);
        foreach (OutputGoal goal in instance.Goals)
        {
            Logs.SetMetrics(goal, means: means);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | FirstCall.Optimized)]
    private void Measure(TrainingStep step, OutputStep output, int samples)
    {
        int block = instance.Network.BlockSamples;
        foreach (Metric metric in output.Goal.Metrics)
        {
            for (int first = 0; first < samples; first += block)
            {
                metric.UpdateRows(step.Rows(output, first, Math.Min(block, samples - first)));
            }
        }
    }
}
