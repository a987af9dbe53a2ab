using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Unroll.Numerics;

/// <summary>
/// Mean and variance over the steps of a batch that are not masked, and what they ask for on the way back. A step has some vectors of values;
/// a part is 16 columns of them, summed in double precision in the order of the batch.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MaskedStatistics
{
    private const int Columns = Panels.Width;

    /// <summary>Mean, variance and 1/√(variance + ε); 0 and 0 where every step is masked.</summary>
    /// <param name="x">The values of the first sample.</param>
    /// <param name="mask">Its mask.</param>
    /// <param name="moments">Receives three rows.</param>
    /// <param name="samples">The samples of the batch.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="vectors">Vectors of a step.</param>
    /// <param name="xStride">Floats from one vector to the next.</param>
    /// <param name="maskSample">Floats from one sample's mask to the next.</param>
    /// <param name="stride">Floats of a row of the moments.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="part">Which columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Moments(
        ref float x,
        ref float mask,
        ref float moments,
        nuint samples,
        int steps,
        int vectors,
        int xStride,
        int maskSample,
        int stride,
        float epsilon,
        int part)
    {
        x = ref Unsafe.Add(ref x, part * Columns);
        moments = ref Unsafe.Add(ref moments, part * Columns);
        Span<double> mean = stackalloc double[Columns];
        Span<double> variance = stackalloc double[Columns];
        double counting = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (nuint sample = 0; sample < samples; sample++)
            {
                ref float row = ref Unsafe.Add(ref x, sample * (nuint)(steps * vectors * xStride));
                ref float own = ref Unsafe.Add(ref mask, sample * (nuint)maskSample);
                for (int vector = 0; vector < steps * vectors; vector++)
                {
                    if (Unsafe.Add(ref own, vector / vectors) != 0f)
                    {
                        counting += pass == 0 ? 1 : 0;
                        for (int i = 0; i < Columns; i++)
                        {
                            double value = Unsafe.Add(ref row, i);
                            if (pass == 0)
                            {
                                mean[i] += value;
                            }
                            else
                            {
                                variance[i] += (value - mean[i]) * (value - mean[i]);
                            }
                        }
                    }

                    row = ref Unsafe.Add(ref row, xStride);
                }
            }

            Divide(pass == 0 ? mean : variance, counting);
        }

        for (int i = 0; i < Columns; i++)
        {
            Unsafe.Add(ref moments, i) = (float)mean[i];
            Unsafe.Add(ref moments, stride + i) = (float)variance[i];
            Unsafe.Add(ref moments, (2 * stride) + i) = (float)(1 / Math.Sqrt(variance[i] + epsilon));
        }
    }

    /// <summary>Σ dy and Σ dy·x̂ over all steps, divided by the number of those that are not masked.</summary>
    /// <param name="dy">The gradients of the first sample.</param>
    /// <param name="standardized">Its standardized values.</param>
    /// <param name="mask">Its mask.</param>
    /// <param name="projections">Receives two rows.</param>
    /// <param name="samples">The samples of the batch.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="vectors">Vectors of a step.</param>
    /// <param name="dyStride">Floats from one gradient to the next.</param>
    /// <param name="maskSample">Floats from one sample's mask to the next.</param>
    /// <param name="stride">Floats of a row of the projections.</param>
    /// <param name="standardizedStride">Floats from one standardized vector to the next.</param>
    /// <param name="part">Which columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Projections(
        ref float dy,
        ref float standardized,
        ref float mask,
        ref float projections,
        nuint samples,
        int steps,
        int vectors,
        int dyStride,
        int maskSample,
        int stride,
        int standardizedStride,
        int part)
    {
        dy = ref Unsafe.Add(ref dy, part * Columns);
        standardized = ref Unsafe.Add(ref standardized, part * Columns);
        projections = ref Unsafe.Add(ref projections, part * Columns);
        Span<double> sum = stackalloc double[Columns];
        Span<double> dot = stackalloc double[Columns];
        double counting = 0;
        for (nuint sample = 0; sample < samples; sample++)
        {
            ref float slope = ref Unsafe.Add(ref dy, sample * (nuint)(steps * vectors * dyStride));
            ref float value = ref Unsafe.Add(ref standardized, sample * (nuint)(steps * vectors * standardizedStride));
            ref float own = ref Unsafe.Add(ref mask, sample * (nuint)maskSample);
            for (int vector = 0; vector < steps * vectors; vector++)
            {
                counting += Unsafe.Add(ref own, vector / vectors) != 0f ? 1 : 0;
                for (int i = 0; i < Columns; i++)
                {
                    sum[i] += Unsafe.Add(ref slope, i);
                    dot[i] += (double)Unsafe.Add(ref slope, i) * Unsafe.Add(ref value, i);
                }

                slope = ref Unsafe.Add(ref slope, dyStride);
                value = ref Unsafe.Add(ref value, standardizedStride);
            }
        }

        Divide(sum, counting);
        Divide(dot, counting);
        for (int i = 0; i < Columns; i++)
        {
            Unsafe.Add(ref projections, i) = (float)sum[i];
            Unsafe.Add(ref projections, stride + i) = (float)dot[i];
        }
    }

    /// <summary>dx = (dy − mask·(p₀ + x̂·p₁))/√(variance + ε).</summary>
    /// <param name="dy">The gradient.</param>
    /// <param name="standardized">x̂.</param>
    /// <param name="projections">p, two rows.</param>
    /// <param name="moments">Three rows.</param>
    /// <param name="mask">For each step 1 or 0.</param>
    /// <param name="dx">Receives the gradient.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="steps">Steps of a sample.</param>
    /// <param name="vectors">Vectors of a step.</param>
    /// <param name="columns">Floats of a vector, padding included, and of a row of statistics.</param>
    /// <param name="dyStride">Floats from one vector of dy to the next.</param>
    /// <param name="standardizedStride">The same of x̂.</param>
    /// <param name="maskSample">Floats from one sample's mask to the next.</param>
    /// <param name="dxStride">Floats from one vector of dx to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient(
        ref float dy,
        ref float standardized,
        ref float projections,
        ref float moments,
        ref float mask,
        ref float dx,
        nuint samples,
        int steps,
        int vectors,
        int columns,
        int dyStride,
        int standardizedStride,
        int maskSample,
        int dxStride)
    {
        for (; samples != 0; samples--)
        {
            for (int vector = 0; vector < steps * vectors; vector++)
            {
                float counts = Unsafe.Add(ref mask, vector / vectors);
                for (int i = 0; i < columns; i++)
                {
                    float mean = Unsafe.Add(ref projections, i) + (Unsafe.Add(ref standardized, i) * Unsafe.Add(ref projections, columns + i));
                    Unsafe.Add(ref dx, i) = (Unsafe.Add(ref dy, i) - (counts * mean)) * Unsafe.Add(ref moments, (2 * columns) + i);
                }

                dy = ref Unsafe.Add(ref dy, dyStride);
                standardized = ref Unsafe.Add(ref standardized, standardizedStride);
                dx = ref Unsafe.Add(ref dx, dxStride);
            }

            mask = ref Unsafe.Add(ref mask, maskSample);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Divide(Span<double> sums, double count)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = count == 0 ? 0 : sums[i] / count;
        }
    }
}
