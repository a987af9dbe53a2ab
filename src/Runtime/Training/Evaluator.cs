using System.Runtime.CompilerServices;
using Unroll.Compiled;

namespace Unroll;

/// <summary>Computes the loss and the metrics of a model over a data set, block by block.</summary>
internal sealed class Evaluator
{
    private readonly Model _model;
    private readonly NetworkDescription _network;
    private readonly Arena _block;
    private readonly Penalties _penalties;
    private readonly bool _fusesHead;

    // An array, whose enumeration allocates nothing.
    private readonly int[] _activityPenalties;

    public Evaluator(Model model)
    {
        _model = model;
        _network = model.Network;
        _block = new Arena(_network.InferenceBlockFloats);
        _penalties = new Penalties(_network);
        _activityPenalties = [.. _network.InferencePenalties];
        _fusesHead = _network.Head != Activation.Linear && model.Loss!.FusesWith(_network.Head);
    }

    /// <summary>Adds <c>{prefix}loss</c> and the metrics to <paramref name="logs"/>.</summary>
    public void Run(Dataset data, Logs logs, string prefix, CancellationToken cancellationToken)
    {
        foreach (Metric metric in _model.Metrics)
        {
            metric.Reset();
        }

        double sum = 0;
        for (int first = 0; first < data.Count; first += _network.BlockSamples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(_network.BlockSamples, data.Count - first);
            _model.Infer(data.Features.Slice(first * data.FeatureSize, count * data.FeatureSize), _block, count);
            sum += LossOfBlock(data, first, count);
        }

        float penalty = _penalties.Value(_model.ParameterArena.Span);
        logs.Set(prefix + "loss", (float)(sum / data.Count) + penalty);
        foreach (Metric metric in _model.Metrics)
        {
            logs.Set(prefix + metric.Name, metric.Result);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double LossOfBlock(Dataset data, int first, int count)
    {
        double sum = 0;
        int length = data.TargetSize / _network.OutputVectors;
        for (int sample = 0; sample < count; sample++)
        {
            float ofSample = 0f;
            for (int vector = 0; vector < _network.OutputVectors; vector++)
            {
                int index = (sample * _network.OutputVectors) + vector;
                ReadOnlySpan<float> output = Vector(_network.InferenceOutput, index);
                ReadOnlySpan<float> target = data.TargetOf(first + sample).Slice(vector * length, length);
                ofSample += _fusesHead
                    ? _model.Loss!.EvaluateLogits(Vector(_network.InferenceLogits, index), output, target, [])
                    : _model.Loss!.Evaluate(output, target, []);
                foreach (Metric metric in _model.Metrics)
                {
                    metric.Update(output, target);
                }
            }

            float weight = data.SampleWeights.IsEmpty ? 1f : data.SampleWeights[first + sample];
            sum += (weight * ofSample / _network.OutputVectors) + PenaltyOf(sample);
        }

        return sum;
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

    private ReadOnlySpan<float> Vector(int offset, int index) =>
        _block.Span.Slice(offset + (index * _network.OutputStride), _network.OutputColumns);
}
