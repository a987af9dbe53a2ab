using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll;

/// <summary>The outputs of some samples, one vector each, and where their losses and gradients go.</summary>
/// <example><code>
/// // Half the squared error of a single value.
/// public override bool EvaluateRows(in LossRows rows)
/// {
///     for (int row = 0; row &lt; rows.Losses.Length; row++)
///     {
///         float error = rows.Outputs.Output(row)[0] - rows.Outputs.Target(row)[0];
///         rows.Losses[row] = rows.Weights[row] * error * error / 2f;
///         if (rows.HasGradients)
///         {
///             Span&lt;float&gt; gradient = rows.Gradient(row);
///             gradient.Clear();
///             gradient[0] = rows.Weights[row] * rows.Share * error;
///         }
///     }
///
///     return true;
/// }
/// </code></example>
public readonly ref struct LossRows
{
    private readonly ref readonly float _logits;
    private readonly ref float _gradients;

    /// <param name="logits">The input of the last activation for the first vector, as far from one vector to the next as the outputs.</param>
    /// <param name="gradients">Receives the gradients, as far from one to the next; a null reference where only losses are wanted.</param>
    internal LossRows(ref readonly float logits, ref float gradients)
    {
        _logits = ref logits;
        _gradients = ref gradients;
    }

    /// <summary>The outputs and their targets.</summary>
    public OutputRows Outputs { get; internal init; }

    /// <summary>What each sample weighs.</summary>
    public ReadOnlySpan<float> Weights { get; internal init; }

    /// <summary>What each vector weighs, in place of <see cref="Weights"/>; empty where the vectors of a sample weigh alike.</summary>
    internal ReadOnlySpan<float> RowWeights { get; init; }

    /// <summary>Receives each sample's loss, times its weight.</summary>
    public Span<float> Losses { get; internal init; }

    /// <summary>One sample's share in the mean over the batch, by which its gradient is multiplied: the output's loss weight ÷ samples.</summary>
    public float Share { get; internal init; }

    /// <summary>Whether gradients are wanted.</summary>
    public bool HasGradients => !Unsafe.IsNullRef(ref _gradients);

    /// <summary>The input of the last activation for a sample; for <see cref="Loss.EvaluateLogitRows"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Logits(int row)
    {
        Outputs.Require(row);
        return MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in _logits), row * Outputs.Stride), Outputs.Columns);
    }

    /// <summary>
    /// Receives ∂loss/∂output of a sample, times its weight and <see cref="Share"/>, and behind that zeros: it is as long as the output, rounded
    /// up to a multiple of 16. Only where <see cref="HasGradients"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="InvalidOperationException">No gradients are wanted.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Gradient(int row)
    {
        Outputs.Require(row);
        if (!HasGradients)
        {
            ThrowNoGradients();
        }

        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref _gradients, row * Outputs.Stride), Outputs.Padded);
    }

    [DoesNotReturn]
    private static void ThrowNoGradients() => throw new InvalidOperationException("No gradients are wanted: ask HasGradients before Gradient.");
}
