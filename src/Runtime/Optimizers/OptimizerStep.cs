namespace Unroll;

/// <summary>One run of parameters in one training step, as an <see cref="Optimizer"/> sees it.</summary>
public readonly ref struct OptimizerStep
{
    private readonly ReadOnlySpan<Memory<float>> _slots;
    private readonly int _first;

    internal OptimizerStep(
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        ReadOnlySpan<Memory<float>> slots,
        int first,
        float learningRate,
        long iteration)
    {
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"There must be one gradient for each of the {parameters.Length} parameters, but there are {gradients.Length}.",
                nameof(gradients));
        }

        Parameters = parameters;
        Gradients = gradients;
        _slots = slots;
        _first = first;
        LearningRate = learningRate;
        Iteration = iteration;
    }

    /// <summary>The parameters to change.</summary>
    public Span<float> Parameters { get; }

    /// <summary>∂(mean loss + penalties)/∂parameter, in the same order.</summary>
    public ReadOnlySpan<float> Gradients { get; }

    /// <summary>The learning rate of this step.</summary>
    public float LearningRate { get; }

    /// <summary>The number of this step, counted from 1 (t in the papers).</summary>
    public long Iteration { get; }

    /// <summary>What the gradients are multiplied by before anything else; a clipping by norm comes in here.</summary>
    internal float GradientScale { get; init; } = 1f;

    /// <summary>
    /// The state number <paramref name="index"/> of these parameters; before the first step <see cref="Optimizer.InitialSlotValue"/>.
    /// </summary>
    public Span<float> Slot(int index) => _slots[index].Span.Slice(_first, Parameters.Length);

    /// <summary>The part of this step that starts at <paramref name="start"/>, with other gradients, taken as they are.</summary>
    internal OptimizerStep Part(int start, ReadOnlySpan<float> gradients) =>
        new(Parameters.Slice(start, gradients.Length), gradients, _slots, _first + start, LearningRate, Iteration);
}
