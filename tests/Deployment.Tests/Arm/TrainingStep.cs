using System.Runtime.CompilerServices;

namespace Unroll.Compiled;

/// <summary>
/// What generated code calls in place of the runtime's class of this name: without objects, as there is no runtime on the Arm side. The
/// loss is the mean squared error. Compiled into the library for Arm, not into these tests.
/// </summary>
public ref struct TrainingStep
{
    public ref float Parameters;
    public ref float Gradients;
    public ref float Temporaries;
    public ref float Block;
    public ref float Targets;
    public nuint Samples;

    // The whole batch is there at once.
    public nuint Room;
    public ulong Noise;
    public nuint Columns;
    public nuint Stride;

    public readonly bool GoesOn => false;

    public readonly bool Ends => true;

    public readonly float Share => 1f / Samples;

    public readonly bool FusesHead(int output) => false;

    /// <summary>∂/∂y of (1/n)·Σ (y − t)²/columns.</summary>
    public readonly void EvaluateLoss(int index, ref float output, ref float gradient, nuint first, nuint samples)
    {
        for (nuint sample = 0; sample < samples; sample++)
        {
            for (nuint column = 0; column < Stride; column++)
            {
                nuint place = (sample * Stride) + column;
                Unsafe.Add(ref gradient, place) = column < Columns
                    ? 2f * (Unsafe.Add(ref output, place) - Unsafe.Add(ref Targets, ((first + sample) * Columns) + column)) / (Columns * Samples)
                    : 0f;
            }
        }
    }

    public readonly void EvaluateLossAtLogits(int index, ref float logits, ref float output, ref float gradient, nuint first, nuint samples)
    {
    }
}
