using Unroll.Compiled;

namespace Unroll.Clusters;

/// <summary>What the processes of one <c>Fit</c> tell each other, and in which order.</summary>
/// <remarks>
/// Each exchange begins with a message of one form, in which a rank can say that it has failed: wherever user code may throw, the message
/// comes next on all other ranks, and none waits for a rank that has left.
/// </remarks>
internal sealed class RankGroup(ITrainingCluster cluster)
{
    private readonly RankMessage _message = new(cluster);
    private double[] _outputLosses = [];
    private float[] _before = [];
    private float[] _change = [];

    /// <summary>The number of this process, from 0.</summary>
    public int Rank => cluster.Rank;

    public ITrainingCluster Cluster => cluster;

    /// <summary>Refuses, on every rank, a description that is not that of rank 0.</summary>
    /// <param name="description">What this rank has.</param>
    /// <param name="fault">What a difference means, up to the ranks where it is.</param>
    /// <exception cref="ClusterException">A rank has another.</exception>
    public void RequireSame(string description, string fault)
    {
        _message.Exchange();
        RankAgreement.Require(cluster, RankAgreement.HashOf(description), fault);
    }

    /// <summary>Averages loss and gradients of a step over all samples of all ranks.</summary>
    /// <param name="step">What was computed; nothing where the rank has no samples left.</param>
    /// <param name="samples">The samples of this rank.</param>
    /// <param name="loss">Their mean loss; becomes that of all.</param>
    /// <returns>The samples of all ranks; with 0 the epoch has ended everywhere.</returns>
    public int Average(TrainingStep step, int samples, ref float loss)
    {
        // Double precision holds the product of a float and a number of samples: one rank gets its own loss back.
        (double all, double sum, _) = _message.Exchange(samples, samples == 0 ? 0 : (double)loss * samples);
        int total = (int)all;
        if (total == 0)
        {
            return 0;
        }

        loss = (float)(sum / total);
        AverageOutputs(step.Outputs, samples, total);
        Scale(step.GradientSpan, (float)((double)samples / total));
        cluster.AllReduce(step.GradientSpan);

        // The ids of the other ranks are not known here.
        step.Runs.TouchAll();
        return total;
    }

    /// <summary>Keeps what a step may change besides the trained parameters, as moving averages.</summary>
    public void KeepState(ReadOnlySpan<float> state)
    {
        if (_before.Length != state.Length)
        {
            (_before, _change) = (new float[state.Length], new float[state.Length]);
        }

        state.CopyTo(_before);
    }

    /// <summary>Averages how it has changed since, over all samples of all ranks; what has not changed keeps its bits.</summary>
    public void AverageState(Span<float> state, int samples, int total)
    {
        if (cluster.Size == 1 || _before.Length == 0)
        {
            return;
        }

        for (int i = 0; i < state.Length; i++)
        {
            _change[i] = state[i] - _before[i];
        }

        Scale(_change, (float)((double)samples / total));
        cluster.AllReduce(_change);
        for (int i = 0; i < state.Length; i++)
        {
            state[i] = _before[i] + _change[i];
        }
    }

    /// <summary>Makes what this rank measured what all measured.</summary>
    /// <inheritdoc cref="SharedMetrics.Sum"/>
    public Dictionary<Metric, float> Sum(OutputGoal[] goals, Span<double> sums, double samples)
    {
        _message.Exchange();
        return SharedMetrics.Sum(cluster, goals, sums, samples);
    }

    /// <summary>Ends an epoch on all ranks.</summary>
    /// <param name="epoch">Which, from 0.</param>
    /// <param name="stops">Whether this rank wants training to end.</param>
    /// <param name="parameters">What this rank has learnt.</param>
    /// <returns>Whether training ends, for one of them wants it to.</returns>
    /// <exception cref="ClusterException">The ranks hold different parameters.</exception>
    public bool EndEpoch(int epoch, bool stops, ReadOnlySpan<float> parameters)
    {
        stops = _message.Exchange(stops: stops).Stops;
        RankAgreement.Require(
            cluster,
            RankAgreement.HashOf(parameters),
            $"After epoch {epoch + 1} other parameters than on rank 0 (do the machines have different processors, or does a callback or an optimizer do something else there?) are on");
        return stops;
    }

    /// <summary>Tells the others, who wait or will, that this rank has failed.</summary>
    public void Fail() => _message.Fail();

    private void AverageOutputs(OutputStep[] outputs, int samples, int total)
    {
        if (outputs.Length == 1)
        {
            return;
        }

        if (_outputLosses.Length != outputs.Length)
        {
            _outputLosses = new double[outputs.Length];
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            _outputLosses[i] = samples == 0 ? 0 : (double)outputs[i].MeanLoss * samples;
        }

        cluster.AllReduce(_outputLosses);
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i].MeanLoss = (float)(_outputLosses[i] / total);
        }
    }

    private static void Scale(Span<float> values, float share)
    {
        if (share == 0f)
        {
            // What is there is of an earlier batch, or not a number.
            values.Clear();
        }
        else if (share != 1f)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] *= share;
            }
        }
    }
}
