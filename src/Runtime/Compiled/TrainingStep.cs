using System.ComponentModel;
using System.Runtime.CompilerServices;
using Unroll.Memory;
using Unroll.Numerics;

namespace Unroll.Compiled;

/// <summary>The arenas and the loss of one training step, as generated code sees them.</summary>
/// <remarks>The samples of a batch pass through the block, as many at a time as it has room for; what is summed over them goes on.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed partial class TrainingStep
{
    private readonly NetworkDescription _network;
    private readonly Arena _parameters;
    private readonly Arena _gradients;
    private readonly Arena _temporaries;
    private readonly Arena _block;
    private readonly OutputStep[] _outputs;
    private readonly InputDescription[] _inputs;
    private float[] _weights;
    private int _weightSize = 1;
    private bool _areWeightsOne;
    private readonly int[] _activityPenalties;
    private readonly double[] _penaltySums;
    private readonly int _room;
    private int _first;
    private int _samples;
    private int _batch;

    /// <param name="network">What is trained.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="goals">What its outputs are trained for.</param>
    /// <param name="capacity">The largest batch.</param>
    /// <param name="room">The samples of it that are there at a time.</param>
    internal TrainingStep(NetworkDescription network, Arena parameters, OutputGoal[] goals, int capacity, int room)
    {
        _network = network;
        _parameters = parameters;
        _gradients = new Arena(network.TrainedFloats);
        _temporaries = new Arena(network.TemporaryFloats);
        _room = network.TrainsInLanes ? checked(room + SampleLanes.Group - 1) / SampleLanes.Group * SampleLanes.Group : room;
        _block = new Arena(checked(_room * network.TrainingSampleFloats));
        _inputs = [.. network.Inputs];
        _outputs = [.. goals.Select(goal => new OutputStep(goal, capacity, keepsValues: room < capacity))];
        _weights = new float[capacity];
        _activityPenalties = [.. network.TrainingPenalties];
        _penaltySums = new double[_activityPenalties.Length];
        Runs = new GradientRuns(network);
        Capacity = capacity;
    }

    /// <summary>The arena of the parameters.</summary>
    public ref float Parameters => ref _parameters.Origin;

    /// <summary>The arena of their gradients.</summary>
    public ref float Gradients => ref _gradients.Origin;

    /// <summary>The arena of values without batch axis.</summary>
    public ref float Temporaries => ref _temporaries.Origin;

    /// <summary>The arena of the samples' values.</summary>
    public ref float Block => ref _block.Origin;

    /// <summary>The samples that the block has room for.</summary>
    public nuint Room => (nuint)_room;

    /// <summary>The samples that are in it.</summary>
    public nuint Samples => (nuint)_samples;

    /// <summary>Whether samples of the batch were there before them: sums go on from theirs.</summary>
    public bool GoesOn => _first != 0;

    /// <summary>Whether none follow.</summary>
    public bool Ends => _first + _samples == _batch;

    /// <summary>One sample's share in a mean over the batch.</summary>
    public float Share => 1f / _batch;

    /// <summary>What random masks depend on: the seed and the number of the step.</summary>
    public ulong Noise { get; internal set; }

    /// <summary>The largest batch.</summary>
    internal int Capacity { get; }

    /// <summary>The bytes of the arenas, those of the parameters left out.</summary>
    internal long Bytes => sizeof(float) * ((long)_gradients.Length + _temporaries.Length + _block.Length);

    /// <summary>The samples of this batch.</summary>
    internal int Batch => _batch;

    internal Span<float> GradientSpan => _gradients.Span;

    /// <summary>Which gradients may differ from zero.</summary>
    internal GradientRuns Runs { get; }

    internal OutputStep[] Outputs => _outputs;

    /// <summary>Whether an output's loss takes the logits of its last activation.</summary>
    public bool FusesHead(int output) => _outputs[output].FusesHead;

    /// <summary>Fills ∂(mean loss)/∂output for some samples, and remembers their losses.</summary>
    [MethodImpl(FirstCall.Optimized)]
    public void EvaluateLoss(int output, ref float values, ref float gradient, nuint first, nuint samples) => _outputs[output].Evaluate(
        ref values, ref values, ref gradient, (int)first, (int)samples, Weights((int)first, (int)samples), Share, fromLogits: false);

    /// <summary>Fills ∂(mean loss)/∂logits for some samples, and remembers their losses.</summary>
    [MethodImpl(FirstCall.Optimized)]
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
    [MethodImpl(FirstCall.Optimized)]
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
    [MethodImpl(FirstCall.Optimized)]
    public void EvaluateLossAtLogits(
        int output, ref float logits, ref float values, ref float gradient, ref float mask, ref float weight, nuint first, nuint samples)
    {
        _outputs[output].Mask(ref mask, weight, (int)first, (int)samples, Weights((int)first, (int)samples));
        EvaluateLossAtLogits(output, ref logits, ref values, ref gradient, first, samples);
    }

    /// <summary>Notes what the gradients of the gathered samples will touch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CollectRuns() => Runs.Collect(_block.Span, _room, _samples);

    /// <summary>Keeps what is asked for when other samples have taken the place of these.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void KeepOutputs(int first, int count)
    {
        foreach (OutputStep output in _outputs)
        {
            if (output.KeepsValues)
            {
                output.Keep(_block.Span[PlaceOf(output, first)..], first, count);
            }
        }
    }

    /// <summary>Adds up the penalties on the activations of the samples that are there.</summary>
    internal void AddPenalties()
    {
        for (int i = 0; i < _activityPenalties.Length; i++)
        {
            int place = _activityPenalties[i] * _room;
            for (int sample = 0; sample < _samples; sample++)
            {
                _penaltySums[i] += _block.Span[place + (sample * NetworkDescription.PenaltyStride)];
            }
        }
    }

    /// <summary>What the network said of some samples of the batch.</summary>
    internal OutputRows Rows(OutputStep output, int first, int count) =>
        output.KeepsValues ? output.KeptRows(first, count) : output.Rows(ref _block.Span[PlaceOf(output, first)], first, count);

    /// <summary>The sum of the penalties on the activations of the batch.</summary>
    [MethodImpl(FirstCall.Optimized)]
    internal double SumOfPenalties()
    {
        double sum = 0;
        foreach (double each in _penaltySums)
        {
            sum += each;
        }

        return sum;
    }

    private ReadOnlySpan<float> Weights(int first, int count) => _weights.AsSpan(first * _weightSize, count * _weightSize);

    private int PlaceOf(OutputStep output, int sample)
    {
        OutputDescription description = output.Goal.Output;
        return (description.TrainingOffset * _room) + ((sample - _first) * description.SampleStride);
    }
}
