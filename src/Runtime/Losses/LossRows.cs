using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll;

/// <summary>The outputs of some samples, one vector each, and where their losses and gradients go.</summary>
/// <param name="logits">The input of the last activation for the first vector, as far from one vector to the next as the outputs.</param>
/// <param name="gradients">Receives the gradients, as far from one to the next; a null reference where only losses are wanted.</param>
internal readonly ref struct LossRows(ref readonly float logits, ref float gradients)
{
    private readonly ref readonly float _logits = ref logits;
    private readonly ref float _gradients = ref gradients;

    public required OutputRows Outputs { get; init; }

    /// <summary>What each sample weighs.</summary>
    public required ReadOnlySpan<float> Weights { get; init; }

    /// <summary>What each vector weighs, in place of <see cref="Weights"/>; empty where the vectors of a sample weigh alike.</summary>
    public ReadOnlySpan<float> RowWeights { get; init; }

    /// <summary>Receives each sample's loss, times its weight.</summary>
    public required Span<float> Losses { get; init; }

    /// <summary>One sample's share in the mean over the batch.</summary>
    public float Share { get; init; }

    public bool HasGradients => !Unsafe.IsNullRef(ref _gradients);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Logits(int row) =>
        MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _logits), row * Outputs.Stride), Outputs.Columns);

    /// <summary>Receives ∂(mean loss)/∂output or logits: the floats of the vector and those up to the next multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Gradient(int row) => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _gradients, row * Outputs.Stride), Outputs.Padded);
}
