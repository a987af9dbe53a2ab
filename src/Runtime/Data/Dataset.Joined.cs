using System.Runtime.CompilerServices;
using Unroll.Data;

namespace Unroll;

/// <content>Rows joined of several inputs and targets.</content>
public sealed partial class Dataset
{
    /// <summary>Joins the inputs and the targets of a network that has several of them, in the order of their declaration (a copy).</summary>
    /// <param name="inputs">For each input count × its size values, row-major.</param>
    /// <param name="targets">For each output the targets of its loss, row-major; class labels are targets of width 1. None, <c>[]</c>, for inputs
    /// to predict and to look into: <c>model.Predict(data.Features)</c>, <c>model.Activations(data.Features)</c>.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss, or each step of each sample where the array has so many values, row-major;
    /// finite and not negative; without them all count 1.</param>
    /// <remarks>
    /// A row of <see cref="Features"/> is then that sample's inputs one after another, a row of <see cref="Targets"/> its targets. How many values
    /// each array has a sample is remembered, also by what is made of this data set, and held against a network of several inputs or outputs.
    /// </remarks>
    /// <example><code>var data = new Dataset(inputs: [images, meta], targets: [digits, even], count: 60_000);</code></example>
    /// <exception cref="ArgumentNullException">A list or one of its arrays is null.</exception>
    /// <exception cref="ArgumentException">There are no inputs, a length is not a positive multiple of <paramref name="count"/>, the weights are
    /// not as they should be, or there are weights without targets.</exception>
    public Dataset(IReadOnlyList<float[]> inputs, IReadOnlyList<float[]> targets, int count, float[]? sampleWeights = null)
        : this(
            JoinedRows.Of(inputs, count, nameof(inputs)),
            targets is { Count: 0 } ? JoinedRows.None : JoinedRows.Of(targets, count, nameof(targets)),
            count,
            sampleWeights.AsMemory(),
            hasWeights: sampleWeights is not null)
    {
    }

    /// <summary>Joins inputs and targets that lie anywhere in memory, in the order of their declaration (a copy).</summary>
    /// <param name="inputs">For each input count × its size values, row-major.</param>
    /// <param name="targets">For each output the targets of its loss, row-major; class labels are targets of width 1. None, <c>[]</c>, for inputs
    /// to predict and to look into.</param>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="sampleWeights">What each sample counts in the loss, or each step of each sample where there are so many values, row-major;
    /// finite and not negative; without them all count 1.</param>
    /// <remarks>
    /// As of arrays, with which memory may stand together in <c>[…]</c>. Where a call fits both, the one of arrays is taken: in
    /// <c>new Dataset([images, meta], [digits], count)</c> the arrays are lists of arrays still.
    /// </remarks>
    /// <example><code>
    /// var data = new Dataset(inputs: [pixels.AsMemory(0, count * 784), meta], targets: [labels.AsMemory(0, count)], count);
    /// </code></example>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentException">There are no inputs, a length is not a positive multiple of <paramref name="count"/>, the weights are
    /// not as they should be, or there are weights without targets.</exception>
    [OverloadResolutionPriority(-1)]
    public Dataset(
        IReadOnlyList<ReadOnlyMemory<float>> inputs,
        IReadOnlyList<ReadOnlyMemory<float>> targets,
        int count,
        ReadOnlyMemory<float> sampleWeights = default)
        : this(
            JoinedRows.Of(inputs, count, nameof(inputs)),
            targets is { Count: 0 } ? JoinedRows.None : JoinedRows.Of(targets, count, nameof(targets)),
            count,
            sampleWeights,
            hasWeights: !sampleWeights.IsEmpty)
    {
    }

    private Dataset(JoinedRows inputs, JoinedRows targets, int count, ReadOnlyMemory<float> sampleWeights, bool hasWeights)
        : this(inputs.Values, targets.Values, count, sampleWeights, hasWeights, hasTargets: targets.Values.Length > 0)
    {
        Inputs = inputs.Parts;
        Outputs = targets.Parts;
    }
}
