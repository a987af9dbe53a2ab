using System.Runtime.CompilerServices;
using Unroll.Checks;
using Unroll.Clusters;
using Unroll.Compiled;
using Unroll.Data;
using Unroll.Losses;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Running;

/// <summary>Computes the loss and the metrics of a model over a data set, block by block.</summary>
internal sealed class Evaluator
{
    private readonly NetworkInstance _instance;
    private readonly NetworkDescription _network;
    private readonly OutputGoal[] _goals;
    private readonly Arena _block;
    private readonly Penalties _penalties;
    private readonly float[] _losses;
    private readonly float[] _ones;
    private readonly double[] _lossSums;

    // Of each output what its sum is divided by: samples, or the steps that count.
    private readonly double[] _counts;
    private readonly float[] _mask;
    private readonly float[] _rowWeights;

    // One output's targets, where the data's rows hold those of several.
    private readonly float[] _targets;

    // An array, whose enumeration allocates nothing.
    private readonly int[] _activityPenalties;
    private double _penaltySum;
    private long _count;

    // Of metrics that only give a result, that of all ranks.
    private Dictionary<Metric, float> _shared = [];

    /// <param name="instance">What is evaluated.</param>
    /// <param name="goals">What its outputs are measured by; another measurement must not be going on with their metrics.</param>
    public Evaluator(NetworkInstance instance, OutputGoal[] goals)
    {
        _instance = instance;
        _network = instance.Network;
        _goals = goals;
        _block = new Arena(_network.InferenceBlockFloats);
        _penalties = new Penalties(_network);
        _activityPenalties = [.. _network.InferencePenalties];
        _losses = new float[_network.BlockSamples];
        _ones = new float[_network.BlockSamples];
        _ones.AsSpan().Fill(1f);
        _lossSums = new double[_goals.Length];
        _counts = new double[_goals.Length];
        int vectors = _network.BlockSamples * _goals.Max(static goal => goal.Output.Vectors);
        _mask = new float[_goals.Any(static goal => goal.Output.HasMask) ? vectors : 0];
        _rowWeights = new float[vectors];
        _targets = new float[_goals.Length == 1 ? 0 : _network.BlockSamples * _goals.Max(static goal => goal.TargetSize)];
    }

    /// <summary>Adds <c>{prefix}loss</c> and the metrics to <paramref name="logs"/>, those of all ranks together where there are any.</summary>
    public void Run(Dataset data, Logs logs, string prefix, CancellationToken cancellationToken, RankGroup? ranks = null)
    {
        Begin();
        Add(data, prefix.Length == 0 ? nameof(data) : "validation", cancellationToken);
        if (ranks is not null)
        {
            Share(ranks);
        }

        End(logs, prefix);
    }

    /// <summary>Forgets what was added.</summary>
    public void Begin()
    {
        Array.Clear(_lossSums);
        Array.Clear(_counts);
        _penaltySum = 0;
        _count = 0;
        _shared = [];
        foreach (OutputGoal goal in _goals)
        {
            goal.BeginMetrics();
        }
    }

    /// <summary>Takes in some data.</summary>
    /// <exception cref="ArgumentException">A value is not finite; <paramref name="argument"/> is to blame.</exception>
    public void Add(Dataset data, string argument, CancellationToken cancellationToken)
    {
        for (int first = 0; first < data.Count; first += _network.BlockSamples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(_network.BlockSamples, data.Count - first);
            ReadOnlySpan<float> features = data.Features.Slice(first * data.FeatureSize, count * data.FeatureSize);
            if (!Magnitude.AreFinite(features) || !Magnitude.AreFinite(data.Targets.Slice(first * data.TargetSize, count * data.TargetSize)))
            {
                string fault = FiniteData.FindFault(_network, _goals, data, RowOrder.Identity(data.Count).AsSpan(first, count))!;
                throw new ArgumentException($"{fault}.", argument);
            }

            Predictor.RunBlock(_instance.Inference, features, _block, count);
            for (int output = 0; output < _goals.Length; output++)
            {
                _lossSums[output] += LossOfBlock(_goals[output], data, first, count, out double counting);
                _counts[output] += counting;
            }

            _penaltySum += PenaltiesOf(count);
        }

        _count += data.Count;
    }

    /// <summary>Adds what came out to <paramref name="logs"/>.</summary>
    public void End(Logs logs, string prefix)
    {
        double sum = _penaltySum;
        for (int output = 0; output < _goals.Length; output++)
        {
            sum += (_counts[output] == _count ? _lossSums[output] : MeanLoss(output) * _count) * _goals[output].Weight;
        }

        logs.Set(prefix + "loss", (float)(sum / _count) + _penalties.Value(_instance.ParameterArena.Span));
        for (int output = 0; output < _goals.Length && _goals.Length > 1; output++)
        {
            logs.Set(prefix + _goals[output].LossName, (float)MeanLoss(output));
        }

        foreach (OutputGoal goal in _goals)
        {
            logs.SetMetrics(goal, prefix, _shared);
        }
    }

    // Where no step counts there is no loss.
    private double MeanLoss(int output) => _counts[output] == 0 ? 0 : _lossSums[output] / _counts[output];

    private void Share(RankGroup ranks)
    {
        double[] sums = [.. _lossSums, .. _counts, _penaltySum, _count];
        _shared = ranks.Sum(_goals, sums, _count);
        sums.AsSpan(0, _lossSums.Length).CopyTo(_lossSums);
        sums.AsSpan(_lossSums.Length, _counts.Length).CopyTo(_counts);
        _penaltySum = sums[^2];
        _count = (long)sums[^1];
    }

    [MethodImpl(FirstCall.Optimized)]
    private double LossOfBlock(OutputGoal goal, Dataset data, int first, int count, out double counting)
    {
        OutputDescription output = goal.Output;
        Span<float> mask = output.HasMask ? _mask.AsSpan(0, count * output.Vectors) : [];
        if (output.HasMask)
        {
            StepWeights.ReadMask(ref _block.Span[output.InferenceMask], output, mask);
        }

        var outputs = new OutputRows(ref _block.Span[output.InferenceOffset])
        {
            Count = count * output.Vectors,
            Columns = output.Columns,
            Stride = output.InferenceStride,
            Targets = TargetsOf(goal, data, first, count),
            Mask = mask,
            TargetColumns = goal.TargetColumns,
        };
        foreach (Metric metric in goal.Metrics)
        {
            metric.UpdateRows(outputs);
        }

        ReadOnlySpan<float> weights = data.SampleWeights.IsEmpty
            ? _ones.AsSpan(0, count)
            : data.SampleWeights.Slice(first * data.WeightSize, count * data.WeightSize);
        Span<float> rowWeights = output.HasMask || data.WeightSize > 1 ? _rowWeights.AsSpan(0, count * output.Vectors) : [];
        if (rowWeights.Length > 0)
        {
            StepWeights.Fill(rowWeights, weights, mask, 1f, output.Vectors);
        }

        var rows = new LossRows(ref _block.Span[output.InferenceLogits], ref Unsafe.NullRef<float>())
        {
            Outputs = outputs,
            Weights = weights,
            RowWeights = rowWeights,
            Losses = _losses.AsSpan(0, count),
        };
        LossEvaluation.Run(goal.Loss, rows, output.Vectors, goal.FusesHead);
        counting = output.HasMask ? Sums.Of(mask) / output.Vectors : count;
        return Sums.Of(rows.Losses);
    }

    private ReadOnlySpan<float> TargetsOf(OutputGoal goal, Dataset data, int first, int count)
    {
        ReadOnlySpan<float> rows = data.Targets.Slice(first * data.TargetSize, count * data.TargetSize);
        if (_targets.Length == 0)
        {
            return rows;
        }

        int size = goal.TargetSize;
        for (int row = 0; row < count; row++)
        {
            rows.Slice((row * data.TargetSize) + goal.TargetOffset, size).CopyTo(_targets.AsSpan(row * size));
        }

        return _targets.AsSpan(0, count * size);
    }

    private double PenaltiesOf(int count)
    {
        double sum = 0;
        foreach (int offset in _activityPenalties)
        {
            for (int sample = 0; sample < count; sample++)
            {
                sum += _block.Span[offset + (sample * NetworkDescription.PenaltyStride)];
            }
        }

        return sum;
    }
}
