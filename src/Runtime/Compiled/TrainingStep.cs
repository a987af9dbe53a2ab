using System.ComponentModel;
using System.Runtime.CompilerServices;

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
    private readonly OutputStep[] _outputs;
    private readonly InputDescription[] _inputs;
    private float[] _weights;
    private int _weightSize = 1;
    private bool _areWeightsOne;
    private readonly int[] _activityPenalties;

    internal TrainingStep(NetworkDescription network, Arena parameters, OutputGoal[] goals, int capacity)
    {
        _network = network;
        _parameters = parameters;
        _gradients = new Arena(network.TrainedFloats);
        _temporaries = new Arena(network.TemporaryFloats);
        int blocks = (capacity + network.BlockSamples - 1) / network.BlockSamples;
        _blocks = new Arena(checked(blocks * network.TrainingBlockFloats));
        _inputs = [.. network.Inputs];
        _outputs = [.. goals.Select(goal => new OutputStep(goal, capacity))];
        _weights = new float[capacity];
        _activityPenalties = [.. network.TrainingPenalties];
        Runs = new GradientRuns(network);
        Capacity = capacity;
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

    /// <summary>The largest batch there is room for.</summary>
    internal int Capacity { get; }

    internal Span<float> GradientSpan => _gradients.Span;

    /// <summary>Which gradients may differ from zero.</summary>
    internal GradientRuns Runs { get; }

    internal OutputStep[] Outputs => _outputs;

    /// <summary>Whether an output's loss takes the logits of its last activation.</summary>
    public bool FusesHead(int output) => _outputs[output].FusesHead;

    /// <summary>Fills ∂(mean loss)/∂output for some samples, and remembers their losses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLoss(int output, ref float values, ref float gradient, nuint first, nuint samples) => _outputs[output].Evaluate(
        ref values, ref values, ref gradient, (int)first, (int)samples, Weights((int)first, (int)samples), Share, fromLogits: false);

    /// <summary>Fills ∂(mean loss)/∂logits for some samples, and remembers their losses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLossAtLogits(int output, ref float logits, ref float values, ref float gradient, nuint first, nuint samples) =>
        _outputs[output].Evaluate(
            ref logits, ref values, ref gradient, (int)first, (int)samples, Weights((int)first, (int)samples), Share, fromLogits: true);

    /// <summary>The same where steps may be masked.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="values">The output of the first sample.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="mask">The mask of the first sample.</param>
    /// <param name="weight">What a step weighs that counts.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="samples">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLoss(int output, ref float values, ref float gradient, ref float mask, ref float weight, nuint first, nuint samples)
    {
        _outputs[output].Mask(ref mask, weight, (int)first, (int)samples, Weights((int)first, (int)samples));
        EvaluateLoss(output, ref values, ref gradient, first, samples);
    }

    /// <summary>The same where steps may be masked.</summary>
    /// <param name="output">Which output.</param>
    /// <param name="logits">What its last activation is applied to.</param>
    /// <param name="values">The output of the first sample.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="mask">The mask of the first sample.</param>
    /// <param name="weight">What a step weighs that counts.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="samples">How many.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void EvaluateLossAtLogits(
        int output, ref float logits, ref float values, ref float gradient, ref float mask, ref float weight, nuint first, nuint samples)
    {
        _outputs[output].Mask(ref mask, weight, (int)first, (int)samples, Weights((int)first, (int)samples));
        EvaluateLossAtLogits(output, ref logits, ref values, ref gradient, first, samples);
    }

    /// <summary>Makes room for the weights of a batch.</summary>
    internal void Prepare(in BatchRows rows)
    {
        _weightSize = rows.WeightSize;
        if (_weights.Length < Capacity * _weightSize)
        {
            _weights = new float[checked(Capacity * _weightSize)];
            _areWeightsOne = false;
        }

        // Nothing else writes to them: where no batch has weights they are set once.
        if (rows.Weights.IsEmpty && !_areWeightsOne)
        {
            _weights.AsSpan().Fill(1f);
        }

        _areWeightsOne = rows.Weights.IsEmpty;
        foreach (OutputStep output in _outputs)
        {
            output.Prepare(_weightSize);
        }
    }

    /// <summary>Copies rows of the data into the places of samples first.., which stand in one block.</summary>
    /// <returns>Whether all values are finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool Gather(in BatchRows rows, int first, int count)
    {
        ReadOnlySpan<int> order = rows.Order.Span.Slice(first, count);
        Span<float> block = BlockSpan(first, out int local);
        foreach (InputDescription input in _inputs)
        {
            Span<float> places = block[(input.TrainingOffset + (local * input.TrainingStride))..];
            RowCopy.Gather(rows.Data.Features, rows.Data.FeatureSize, order, input.RowOffset, input.Size, places, input.TrainingStride);
        }

        foreach (OutputStep output in _outputs)
        {
            output.Gather(rows.Data.Targets, rows.Data.TargetSize, order, first);
        }

        if (!_areWeightsOne)
        {
            Span<float> weights = _weights.AsSpan(first * _weightSize, count * _weightSize);
            RowCopy.Gather(rows.Weights.Span, _weightSize, order, 0, _weightSize, weights, _weightSize);
        }

        return AreFinite(block, local, first, count);
    }

    /// <summary>Notes what the gradients of the gathered batch will touch.</summary>
    internal void CollectRuns() => Runs.Collect(_blocks.Span, _network, (int)Samples);

    // As gathered, while it is still in the nearest cache.
    private bool AreFinite(ReadOnlySpan<float> block, int local, int first, int count)
    {
        foreach (OutputStep output in _outputs)
        {
            if (!FiniteData.Holds(output.Targets(first, count)))
            {
                return false;
            }
        }

        foreach (InputDescription input in _inputs)
        {
            int start = input.TrainingOffset + (local * input.TrainingStride);
            if (!FiniteData.Holds(block.Slice(start, count * input.TrainingStride), input.Size, input.TrainingStride))
            {
                return false;
            }
        }

        return true;
    }

    internal ref float Block(int block) => ref Unsafe.Add(ref _blocks.Origin, block * _network.TrainingBlockFloats);

    /// <summary>What the network said of some samples, which stand in one block.</summary>
    internal OutputRows Rows(OutputStep output, int first, int count)
    {
        Span<float> block = BlockSpan(first, out int local);
        OutputDescription description = output.Goal.Output;
        return output.Rows(ref block[description.TrainingOffset + (local * description.SampleStride)], first, count);
    }

    /// <summary>The sum of the penalties on the activations of the batch.</summary>
    internal double SumOfPenalties()
    {
        double sum = 0;
        foreach (int offset in _activityPenalties)
        {
            for (int sample = 0; sample < (int)Samples; sample++)
            {
                (int block, int local) = Math.DivRem(sample, _network.BlockSamples);
                sum += _blocks.Span[(block * _network.TrainingBlockFloats) + offset + (local * NetworkDescription.PenaltyStride)];
            }
        }

        return sum;
    }

    private ReadOnlySpan<float> Weights(int first, int count) => _weights.AsSpan(first * _weightSize, count * _weightSize);

    private Span<float> BlockSpan(int sample, out int local)
    {
        (int block, local) = Math.DivRem(sample, _network.BlockSamples);
        return _blocks.Span.Slice(block * _network.TrainingBlockFloats, _network.TrainingBlockFloats);
    }
}
