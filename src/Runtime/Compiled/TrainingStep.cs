using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Compiled;

/// <summary>The arenas and the loss of one training step, as generated code sees them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TrainingStep
{
    private readonly NetworkDescription _network;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _temporaries;
    private readonly Arena _blocks;
    private readonly Loss _loss;
    private readonly float[] _targets;
    private readonly int _targetSize;
    private readonly float[] _weights;
    private readonly float[] _losses;

    internal TrainingStep(NetworkDescription network, Arena parameters, Loss loss, int capacity)
    {
        _network = network;
        _parameters = parameters;
        _loss = loss;
        _gradients = new Arena(network.TrainedFloats);
        _temporaries = new Arena(network.TemporaryFloats);
        int blocks = (capacity + network.BlockSamples - 1) / network.BlockSamples;
        _blocks = new Arena(checked(blocks * network.TrainingBlockFloats));
        _targetSize = network.OutputVectors * loss.TargetSizeFor(network.OutputColumns);
        _targets = new float[checked(capacity * _targetSize)];
        _weights = new float[capacity];
        _losses = new float[capacity];
        Capacity = capacity;
        FusesHead = network.Head != Activation.Linear && loss.FusesWith(network.Head);
    }

    /// <summary>The arena of the parameters.</summary>
    public ref float Parameters => ref _parameters.Origin;

    /// <summary>The arena of their gradients.</summary>
    public ref float Gradients => ref _gradients.Origin;

    /// <summary>The arena of values without batch axis.</summary>
    public ref float Temporaries => ref _temporaries.Origin;

    /// <summary>The first block.</summary>
    public ref float Blocks => ref _blocks.Origin;

    /// <summary>The samples of this batch.</summary>
    public nuint Samples { get; internal set; }

    /// <summary>One sample's share in a mean over the batch.</summary>
    public float Share => 1f / Samples;

    /// <summary>What random masks depend on: the seed and the number of the step.</summary>
    public ulong Noise { get; internal set; }

    /// <summary>Whether the loss takes the logits of the last activation.</summary>
    public bool FusesHead { get; }

    /// <summary>The largest batch there is room for.</summary>
    internal int Capacity { get; }

    internal Span<float> GradientSpan => _gradients.Span;

    /// <summary>The loss of each sample of the batch, times its weight.</summary>
    internal ReadOnlySpan<float> Losses => _losses.AsSpan(0, (int)Samples);

    /// <summary>Fills ∂(mean loss)/∂output for some samples, and remembers their losses.</summary>
    public void EvaluateLoss(ref float output, ref float gradient, nuint first, nuint samples)
    {
        for (nuint sample = 0; sample < samples; sample++)
        {
            float sum = 0f;
            for (int vector = 0; vector < _network.OutputVectors; vector++)
            {
                Span<float> slope = Padded(ref gradient, sample, vector);
                sum += _loss.Evaluate(
                    Logical(ref output, sample, vector), Target((int)(first + sample), vector), slope[.._network.OutputColumns]);
                Scale(slope, _weights[first + sample]);
            }

            _losses[first + sample] = _weights[first + sample] * sum / _network.OutputVectors;
        }
    }

    /// <summary>Fills ∂(mean loss)/∂logits for some samples, and remembers their losses.</summary>
    public void EvaluateLossAtLogits(ref float logits, ref float output, ref float gradient, nuint first, nuint samples)
    {
        for (nuint sample = 0; sample < samples; sample++)
        {
            float sum = 0f;
            for (int vector = 0; vector < _network.OutputVectors; vector++)
            {
                Span<float> slope = Padded(ref gradient, sample, vector);
                sum += _loss.EvaluateLogits(
                    Logical(ref logits, sample, vector),
                    Logical(ref output, sample, vector),
                    Target((int)(first + sample), vector),
                    slope[.._network.OutputColumns]);
                Scale(slope, _weights[first + sample]);
            }

            _losses[first + sample] = _weights[first + sample] * sum / _network.OutputVectors;
        }
    }

    /// <summary>Copies one sample of the data into its place.</summary>
    internal void Gather(int sample, ReadOnlySpan<float> features, ReadOnlySpan<float> target, float weight)
    {
        (int block, int local) = Math.DivRem(sample, _network.BlockSamples);
        int offset = (block * _network.TrainingBlockFloats) + _network.TrainingInput + (local * features.Length);
        features.CopyTo(_blocks.Span[offset..]);
        target.CopyTo(_targets.AsSpan(sample * _targetSize));
        _weights[sample] = weight;
    }

    internal ref float Block(int block) => ref Unsafe.Add(ref _blocks.Origin, block * _network.TrainingBlockFloats);

    internal ReadOnlySpan<float> Target(int sample, int vector)
    {
        int length = _targetSize / _network.OutputVectors;
        return _targets.AsSpan((sample * _targetSize) + (vector * length), length);
    }

    internal ReadOnlySpan<float> Output(int sample, int vector)
    {
        (int block, int local) = Math.DivRem(sample, _network.BlockSamples);
        int offset = (block * _network.TrainingBlockFloats) + _network.TrainingOutput
            + (((local * _network.OutputVectors) + vector) * _network.OutputStride);
        return _blocks.Span.Slice(offset, _network.OutputColumns);
    }

    /// <summary>The sum of the penalties on the activations of the batch.</summary>
    internal double SumOfPenalties()
    {
        double sum = 0;
        foreach (int offset in _network.TrainingPenalties)
        {
            for (int sample = 0; sample < (int)Samples; sample++)
            {
                (int block, int local) = Math.DivRem(sample, _network.BlockSamples);
                sum += _blocks.Span[(block * _network.TrainingBlockFloats) + offset + (local * NetworkDescription.PenaltyStride)];
            }
        }

        return sum;
    }

    // The mean over all vectors of the batch, not over their weights, as sum_over_batch_size of Keras; padding gets no gradient.
    private void Scale(Span<float> slope, float weight)
    {
        float share = weight / ((int)Samples * _network.OutputVectors);
        int columns = _network.OutputColumns;
        for (int i = 0; i < columns; i++)
        {
            slope[i] *= share;
        }

        slope[columns..].Clear();
    }

    private Span<float> Padded(ref float values, nuint sample, int vector) => MemoryMarshal.CreateSpan(
        ref Unsafe.Add(ref values, (((int)sample * _network.OutputVectors) + vector) * _network.OutputStride), _network.OutputStride);

    private ReadOnlySpan<float> Logical(ref float values, nuint sample, int vector) =>
        Padded(ref values, sample, vector)[.._network.OutputColumns];
}
