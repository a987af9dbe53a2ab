namespace Unroll.Runtime.Tests.Data;

/// <summary>Several inputs and targets that lie anywhere in memory, beside those that are arrays.</summary>
public class JoinedMemoryTests
{
    private static readonly float[] s_left = [1f, 2f, 3f, 4f];
    private static readonly float[] s_right = [5f, 6f];
    private static readonly float[] s_labels = [7f, 8f];
    private static readonly float[] s_places = [9f, 10f, 11f, 12f];
    private static readonly float[] s_weights = [0.5f, 2f];

    // What is needed lies within a longer buffer, as that of a reader.
    private static readonly ReadOnlyMemory<float> s_leftOfBuffer = new([0f, 1f, 2f, 3f, 4f, 0f], 1, 4);

    [Fact]
    public void MemoryIsJoinedAsArraysAre()
    {
        AssertSame(new Dataset([s_leftOfBuffer, s_right.AsMemory()], [s_labels.AsMemory(), s_places.AsMemory()], 2, s_weights.AsMemory()));
        AssertSame(new Batch([s_leftOfBuffer, s_right.AsMemory()], [s_labels.AsMemory(), s_places.AsMemory()], 2, s_weights.AsMemory()).Rows);

        ReadOnlyMemory<float>[] inputs = [s_leftOfBuffer, s_right];
        var targets = new List<ReadOnlyMemory<float>> { s_labels, s_places };
        AssertSame(new Dataset(inputs, targets, 2, s_weights));
        AssertSame(new Batch(inputs, targets, 2, s_weights).Rows);
    }

    [Fact]
    public void ArraysMayStandBesideMemory()
    {
        AssertSame(new Dataset([s_leftOfBuffer, s_right], [s_labels, s_places], 2, s_weights));
        AssertSame(new Dataset(inputs: [s_left, s_right], targets: [s_labels, s_places.AsMemory()], count: 2, sampleWeights: s_weights));
        AssertSame(new Dataset([s_left, s_right], [s_labels, s_places], 2, s_weights.AsMemory()));
        AssertSame(new Batch(inputs: [s_leftOfBuffer, s_right], targets: [s_labels, s_places], count: 2, sampleWeights: s_weights).Rows);
    }

    /// <summary>Where arrays stand in a collection expression, both would do. A null among them, and weights that are an empty array, tell which was called.</summary>
    [Fact]
    public void CallsWithArraysAloneMeanWhatTheyMeantBefore()
    {
        AssertSame(new Dataset([s_left, s_right], [s_labels, s_places], 2, s_weights));
        AssertSame(new Dataset(inputs: [s_left, s_right], targets: [s_labels, s_places], count: 2, s_weights));
        AssertSame(new Dataset([[1f, 2f, 3f, 4f], s_right], [[7f, 8f], s_places], 2, [0.5f, 2f]));
        AssertSame(new Batch([s_left, s_right], [s_labels, s_places], 2, s_weights).Rows);

        float[] missing = null!;
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => new Dataset([s_left, missing], [s_labels], 2)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new Dataset([s_left], [missing], 2)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => new Batch([s_left, missing], [s_labels], 2)).ParamName);
        Assert.Equal("sampleWeights", Assert.Throws<ArgumentException>(() => new Dataset([s_left], [s_labels], 2, Array.Empty<float>())).ParamName);
        Assert.Equal("sampleWeights", Assert.Throws<ArgumentException>(() => new Batch([s_left], [s_labels], 2, Array.Empty<float>())).ParamName);

        Assert.Equal((4, 1), Sizes(new Dataset([1f, 2f, 3f, 4f], [5f], 1)));
        Assert.Equal((2, 0), Sizes(new Dataset([s_left], [], 2)));
        Assert.Equal((2, 0), Sizes(new Dataset([s_leftOfBuffer], [], 2)));
    }

    [Fact]
    public void WhatIsRefusedIsNamed()
    {
        ReadOnlyMemory<float> left = s_leftOfBuffer;
        Assert.Equal("inputs", Assert.Throws<ArgumentNullException>(() => new Dataset(null!, [left], 2)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new Dataset([left], null!, 2)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentNullException>(() => new Batch([left], null!, 2)).ParamName);
        Assert.Equal("targets", Assert.Throws<ArgumentException>(() => new Batch([left], [], 2)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => new Dataset([left, ReadOnlyMemory<float>.Empty], [left], 2)).ParamName);
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => new Dataset([left], [left], 0)).ParamName);
        Assert.Equal("sampleWeights", Assert.Throws<ArgumentException>(() => new Dataset([left], [], 2, left)).ParamName);
        ArgumentException length = Assert.Throws<ArgumentException>(() => new Dataset([left, left[..3]], [left], 2));
        Assert.StartsWith("Expected a positive multiple of 2 values in array 1, one group for each row, but got 3.", length.Message, StringComparison.Ordinal);
    }

    private static (int Features, int Targets) Sizes(Dataset data) => (data.FeatureSize, data.TargetSize);

    private static void AssertSame(Dataset data)
    {
        Assert.Equal([1f, 2f, 5f, 3f, 4f, 6f], data.Features);
        Assert.Equal([7f, 9f, 10f, 8f, 11f, 12f], data.Targets);
        Assert.Equal(s_weights, data.SampleWeights);
        Assert.Equal("2 and 1", data.Inputs.ToString());
        Assert.Equal("1 and 2", data.Outputs.ToString());
    }
}
