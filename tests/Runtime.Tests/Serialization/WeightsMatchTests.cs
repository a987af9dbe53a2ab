using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class WeightsMatchTests
{
    private static readonly TensorSignature[] s_expected = [new("dense1/kernel", [2, 3]), new("dense1/bias", [3])];

    [Fact]
    public void TensorsComeInTheOrderExpected()
    {
        WeightsMatch match = WeightsMatch.Match("w", s_expected, [Entry("dense1/bias", [3]), Entry("dense1/kernel", [2, 3])]);

        Assert.Equal([(0, "dense1/kernel"), (1, "dense1/bias")], match.Matched.Select(static pair => (pair.Index, pair.Entry.Name)));
    }

    [Fact]
    public void OneMessageNamesEveryTensorThatDoesNotMatch()
    {
        SafetensorsEntry[] actual = [Entry("dense1/kernel", [3, 2]), Entry("dense2/bias", [1])];

        InvalidDataException exception =
            Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("digits.safetensors", s_expected, actual));

        Assert.Equal(
            "digits.safetensors does not hold this model's weights: 'dense1/kernel' must be [2, 3], but is [3, 2]; "
            + "'dense1/bias' [3] is missing; 'dense2/bias' [1] is not a parameter of this model.",
            exception.Message);
    }

    [Fact]
    public void AsManyElementsInAnotherShapeDoNotMatch() =>
        Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", [new TensorSignature("x", [6])], [Entry("x", [6, 1])]));

    [Fact]
    public void WhatAgreesIsMatchedOnRequestAndTheRestListed()
    {
        SafetensorsEntry[] actual = [Entry("dense1/kernel", [2, 3]), Entry("dense1/bias", [4]), Entry("dense2/bias", [1])];
        TensorSignature[] expected = [.. s_expected, new("head/kernel", [1])];

        WeightsMatch match = WeightsMatch.Match("w", expected, actual, WeightsMatching.NameAndShape);

        Assert.Equal(["dense1/kernel"], match.Matched.Select(static pair => pair.Entry.Name));
        Assert.Equal(["dense1/bias"], match.OtherShape);
        Assert.Equal(["head/kernel"], match.Missing);
        Assert.Equal(["dense2/bias"], match.Unused);
        Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", s_expected, [Entry("other", [3])], WeightsMatching.NameAndShape));
    }

    [Theory]
    [InlineData("F16", "'x' must be F32, but is F16, which is loaded by conversion where 'convert' is true")]
    [InlineData("BF16", "'x' must be F32, but is BF16, which")]
    [InlineData("F64", "'x' must be F32, but is F64, which")]
    [InlineData("I64", "'x' must be F32, but is I64.")]
    public void OtherTypesAreConvertedOnlyOnRequest(string type, string message)
    {
        SafetensorsEntry[] actual = [Entry("x", [3], type)];
        foreach (WeightsMatching matching in Enum.GetValues<WeightsMatching>())
        {
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", [new("x", [3])], actual, matching)).Message, StringComparison.Ordinal);
        }

        if (type != "I64")
        {
            Assert.Single(WeightsMatch.Match("w", [new("x", [3])], actual, convert: true).Matched);
        }
    }

    [Fact]
    public void OfMillionsTheFirstAreNamed()
    {
        SafetensorsEntry[] actual = [.. Enumerable.Range(0, 50_000).Select(static i => Entry($"{i}", [3]))];

        string message = Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", s_expected, actual)).Message;

        Assert.InRange(message.Length, 1, 1000);
        Assert.Contains("'7' [3] is not a parameter of this model; and 49992 more", message, StringComparison.Ordinal);
    }

    private static SafetensorsEntry Entry(string name, int[] shape, string type = "F32") => new(name, ElementTypes.Parse(type), type, shape, 0, 0);
}
