using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>A value whose axes the file has cut, moved and joined, samples with them, as it does around recurrences and attention.</summary>
/// <remarks>Every axis is a row of factors, none where its length is 1; what moves them is no layer until something has to have the value.</remarks>
/// <param name="Node">What gives it.</param>
/// <param name="Class">For each axis of the class, without the samples, its factors.</param>
/// <param name="File">For each axis of the file its factors, the samples among them.</param>
internal sealed record LooseValue(NetworkNode Node, Factor[][] Class, Factor[][] File)
{
    /// <summary>Where only a part of the class's last axis is meant: the first element, how many, and out of how many.</summary>
    public (int Start, int Length, int Total)? Part { get; init; }

    /// <summary>What its numbers are multiplied with.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>The factor of steps of which the class has the last alone.</summary>
    public Factor? LastOf { get; init; }

    /// <summary>The factor whose elements the class has from the last to the first.</summary>
    public Factor? Reversed { get; init; }

    /// <summary>Whether no element is below 0.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>The length of a file's axis, that of the samples' left out.</summary>
    public int Length(int axis) => Factor.Product(File[axis]);

    /// <summary>Whether the file has joined the samples with other axes.</summary>
    public bool JoinsSamples => Array.Exists(File, static axis => axis.Length > 1 && axis.Contains(Factor.Samples));

    public static LooseValue Of(OnnxValue value)
    {
        if (value.Order is not null)
        {
            throw OnnxCall.Refusal(null, "it reads a flattened image whose channels are elsewhere in a network", "let a dense layer follow the flattening");
        }

        if (value.Joined is Factor[] joined)
        {
            LooseValue apart = Of(value with { Joined = null });
            Factor[] steps = [.. joined.Where(static factor => factor != Factor.Samples)];
            for (int step = 0; step < steps.Length; step++)
            {
                apart = apart.Replace(apart.File[1 + step][0], steps[step]);
            }

            return apart with { File = [joined, .. apart.File[joined.Length..]] };
        }

        Factor[][] axes = [.. value.Shape.Select(static size => size == 1 ? Array.Empty<Factor>() : [new Factor(size)])];
        return new LooseValue(value.Node, [.. value.Axes.Select(axis => axes[axis])], [.. axes[..value.Batch], [Factor.Samples], .. axes[value.Batch..]]) { IsNonNegative = value.IsNonNegative };
    }

    /// <summary>The value with one factor in place of another's.</summary>
    public LooseValue Replace(Factor factor, params Factor[] by)
    {
        Factor[][] In(Factor[][] axes) => [.. axes.Select(axis => axis.SelectMany(other => other == factor ? by : [other]).ToArray())];
        return this with { Class = In(Class), File = In(File) };
    }
}
