using Unroll.Serialization;

namespace Unroll.Runtime.Tests.Serialization;

public sealed class WeightsMatchTests
{
    private static readonly TensorSignature[] s_expected = [new("dense1/kernel", [2, 3]), new("dense1/bias", [3])];

    [Fact]
    public void TensorsComeInTheOrderExpected()
    {
        IReadOnlyList<NamedTensor> matched =
            WeightsMatch.Match("w", s_expected, [Tensor("dense1/bias", 3), Tensor("dense1/kernel", 2, 3)]);

        Assert.Equal(["dense1/kernel", "dense1/bias"], matched.Select(static tensor => tensor.Name));
    }

    [Fact]
    public void OneMessageNamesEveryTensorThatDoesNotMatch()
    {
        NamedTensor[] actual = [Tensor("dense1/kernel", 3, 2), Tensor("dense2/bias", 1)];

        InvalidDataException exception =
            Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("digits.safetensors", s_expected, actual));

        Assert.Equal(
            "digits.safetensors does not hold this model's weights: 'dense1/kernel' must be [2, 3], but is [3, 2]; "
            + "'dense1/bias' [3] is missing; 'dense2/bias' [1] is not a parameter of this model.",
            exception.Message);
    }

    [Fact]
    public void AsManyElementsInAnotherShapeDoNotMatch() =>
        Assert.Throws<InvalidDataException>(
            () => WeightsMatch.Match("w", [new TensorSignature("x", [6])], [Tensor("x", 6, 1)]));

    /// <summary>A file may hold a million tensors, names of any length and shapes of any rank.</summary>
    [Fact]
    public void TheMessageFitsAScreenWhateverAFileHolds()
    {
        NamedTensor[] many = [.. Enumerable.Range(0, 100_000).Select(static i => Tensor(new string('x', 1000) + i, 0))];
        string message = Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", s_expected, many)).Message;
        Assert.InRange(message.Length, 500, 4000);
        Assert.EndsWith("; and 99982 more.", message, StringComparison.Ordinal);

        int[] deep = [.. Enumerable.Repeat(1, 1_000_000)];
        message = Assert.Throws<InvalidDataException>(() => WeightsMatch.Match("w", [new TensorSignature("a", [1])], [Tensor("a", deep)])).Message;
        Assert.Contains("must be [1], but is [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, … 1000000 axes]", message, StringComparison.Ordinal);
    }

    private static NamedTensor Tensor(string name, params int[] shape) =>
        new(name, shape, new float[TensorShape.ElementCount(shape)!.Value]);
}
