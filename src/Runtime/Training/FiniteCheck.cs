using System.Numerics;
using System.Runtime.InteropServices;

namespace Unroll;

/// <summary>Looks for NaN and infinities.</summary>
internal static class FiniteCheck
{
    public static bool AllFinite(ReadOnlySpan<float> values)
    {
        // 0·x is NaN exactly where x is not finite, and a sum keeps it.
        Vector<float> sum = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        foreach (Vector<float> vector in vectors)
        {
            sum += vector * Vector<float>.Zero;
        }

        float rest = 0f;
        foreach (float value in values[(vectors.Length * Vector<float>.Count)..])
        {
            rest += value * 0f;
        }

        return Vector.Sum(sum) + rest == 0f;
    }
}
