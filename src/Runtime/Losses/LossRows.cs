namespace Unroll;

/// <summary>The outputs of some samples of a step, one vector each, and where their losses and gradients go.</summary>
internal readonly ref struct LossRows
{
    private readonly ref float _outputs;
    private readonly ref float _gradients;

    public LossRows(ref float outputs, ref float gradients)
    {
        _outputs = ref outputs;
        _gradients = ref gradients;
    }

    /// <summary>The first value of the first output.</summary>
    public ref readonly float Outputs => ref _outputs;

    /// <summary>Receives ∂(mean loss)/∂output, padding zero.</summary>
    public ref float Gradients => ref _gradients;

    /// <summary>The values of an output.</summary>
    public required int Columns { get; init; }

    /// <summary>From one output to the next, a multiple of 16; so are the gradients.</summary>
    public required int Stride { get; init; }

    /// <summary>One after another.</summary>
    public required ReadOnlySpan<float> Targets { get; init; }

    /// <summary>What each sample weighs.</summary>
    public required ReadOnlySpan<float> Weights { get; init; }

    /// <summary>Receives each sample's loss, times its weight.</summary>
    public required Span<float> Losses { get; init; }

    /// <summary>One sample's share in the mean over the batch.</summary>
    public required float Share { get; init; }
}
