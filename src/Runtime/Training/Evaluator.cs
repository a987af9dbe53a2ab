using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll;

/// <summary>Computes the loss and the metrics of a model over a data set, block by block.</summary>
internal sealed class Evaluator
{
    private readonly Model _model;
    private readonly Metric[] _metrics;
    private readonly NetworkDescription _network;
    private readonly Arena _block;
    private readonly Penalties _penalties;
    private readonly bool _fusesHead;
    private readonly float[] _losses;
    private readonly float[] _ones;

    // An array, whose enumeration allocates nothing.
    private readonly int[] _activityPenalties;
    private double _sum;
    private long _count;

    /// <param name="model">What is evaluated.</param>
    /// <param name="metrics">What counts; another measurement must not be going on with them.</param>
    public Evaluator(Model model, Metric[] metrics)
    {
        _model = model;
        _metrics = metrics;
        _network = model.Network;
        _block = new Arena(_network.InferenceBlockFloats);
        _penalties = new Penalties(_network);
        _activityPenalties = [.. _network.InferencePenalties];
        _losses = new float[_network.BlockSamples];
        _ones = new float[_network.BlockSamples];
        _ones.AsSpan().Fill(1f);
        _fusesHead = _network.Head != Activation.Linear && model.Loss!.FusesWith(_network.Head);
    }

    /// <summary>Adds <c>{prefix}loss</c> and the metrics to <paramref name="logs"/>.</summary>
    public void Run(Dataset data, Logs logs, string prefix, CancellationToken cancellationToken)
    {
        Begin();
        Add(data, cancellationToken);
        End(logs, prefix);
    }

    /// <summary>Forgets what was added.</summary>
    public void Begin()
    {
        _sum = 0;
        _count = 0;
        foreach (Metric metric in _metrics)
        {
            metric.Begin(_model.Loss!);
        }
    }

    /// <summary>Takes in some data.</summary>
    public void Add(Dataset data, CancellationToken cancellationToken)
    {
        for (int first = 0; first < data.Count; first += _network.BlockSamples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(_network.BlockSamples, data.Count - first);
            _model.Infer(data.Features.Slice(first * data.FeatureSize, count * data.FeatureSize), _block, count);
            _sum += LossOfBlock(data, first, count);
        }

        _count += data.Count;
    }

    /// <summary>Adds what came out to <paramref name="logs"/>.</summary>
    public void End(Logs logs, string prefix)
    {
        float penalty = _penalties.Value(_model.ParameterArena.Span);
        logs.Set(prefix + "loss", (float)(_sum / _count) + penalty);
        foreach (Metric metric in _metrics)
        {
            logs.Set(prefix + metric.Name, metric.Result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LossOfBlock(Dataset data, int first, int count)
    {
        int vectors = _network.OutputVectors;
        var outputs = new OutputRows(ref _block.Span[_network.InferenceOutput])
        {
            Count = count * vectors,
            Columns = _network.OutputColumns,
            Stride = _network.OutputStride,
            Targets = data.Targets.Slice(first * data.TargetSize, count * data.TargetSize),
            TargetColumns = data.TargetSize / vectors,
        };
        foreach (Metric metric in _metrics)
        {
            metric.UpdateRows(outputs);
        }

        var rows = new LossRows(ref _block.Span[_network.InferenceLogits], ref Unsafe.NullRef<float>())
        {
            Outputs = outputs,
            Weights = data.SampleWeights.IsEmpty ? _ones.AsSpan(0, count) : data.SampleWeights.Slice(first, count),
            Losses = _losses.AsSpan(0, count),
        };
        Evaluate(rows);
        double sum = 0;
        for (int sample = 0; sample < count; sample++)
        {
            sum += rows.Losses[sample] + PenaltyOf(sample);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Evaluate(in LossRows rows)
    {
        Loss loss = _model.Loss!;
        int vectors = _network.OutputVectors;
        if (vectors == 1 && (_fusesHead ? loss.EvaluateLogitRows(rows) : loss.EvaluateRows(rows)))
        {
            return;
        }

        for (int sample = 0; sample < rows.Losses.Length; sample++)
        {
            float sum = 0f;
            for (int row = sample * vectors; row < (sample + 1) * vectors; row++)
            {
                sum += _fusesHead
                    ? loss.EvaluateLogits(rows.Logits(row), rows.Outputs.Output(row), rows.Outputs.Target(row), [])
                    : loss.Evaluate(rows.Outputs.Output(row), rows.Outputs.Target(row), []);
            }

            rows.Losses[sample] = rows.Weights[sample] * sum / vectors;
        }
    }

    private double PenaltyOf(int sample)
    {
        double sum = 0;
        foreach (int offset in _activityPenalties)
        {
            sum += _block.Span[offset + (sample * NetworkDescription.PenaltyStride)];
        }

        return sum;
    }
}
