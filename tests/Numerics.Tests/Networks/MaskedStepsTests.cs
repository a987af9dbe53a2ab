using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>
/// Steps that are masked in all samples of a block are left out of the loops of recurrent layers, wherever they are. With a sample beside them that has every
/// step nothing is left out: all bits are the same.
/// </summary>
public sealed class MaskedStepsTests
{
    private const int Steps = 27;
    private const int Features = 3;

    // Behind Flatten there is no mask: the loss has slopes at masked steps too, whatever the other sample has.
    private static readonly string[] s_layers =
    [
        "[LSTM(17)]",
        "[GRU(5)]",
        "[GRU(16, ResetAfter = false)]",
        "[SimpleRNN(20)]",
        "[LSTM(6, ReturnSequences = true)] [Flatten]",
        "[GRU(18, ReturnSequences = true, GoBackwards = true)] [Flatten]",
        "[LSTM(4, Bidirectional = BidirectionalMerge.Concat)]",
        "[SimpleRNN(7, Bidirectional = BidirectionalMerge.Sum, ReturnSequences = true)] [Flatten]",
        "[GRU(6, ReturnSequences = true)] [LSTM(5)]",
        "[GRU(6, ResetAfter = false, ReturnSequences = true)] [Dense(4, Activation.Tanh)] [SimpleRNN(5, ReturnSequences = true)] [Flatten]",
    ];

    // Which steps count: gaps are long and short.
    private static readonly string[] s_masks =
    [
        "111110000000000000000000000", "000011111111111111111111111", "001101100000000000000011111", "110010011000000000111111111", "100000000000000000000000001",
        "000000000000000000000000001", "100000000000000000000000000", "000000000000000000000000000",
    ];

    private static readonly NetworkLibrary s_library = new(string.Concat(s_layers.Select(static (layers, index) =>
        $"[Network({Steps}, {Features})] [Masking(0f)] {layers} {WithoutMask(layers)} public sealed partial class Net{index};\n")));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void WhatIsLeftOutChangesNothing(Machine machine)
    {
        for (int index = 0; index < s_layers.Length; index++)
        {
            Model model = s_library.Create($"Net{index}", machine);
            RandomValues.AssignTo(model, seed: index);
            foreach (string mask in s_masks)
            {
                AssertSame(model, Sample(mask), $"{s_layers[index]}, {mask}");
            }
        }
    }

    [Fact]
    public void SamplesOfABlockMayHaveStepsInDifferentPlaces()
    {
        for (int index = 0; index < s_layers.Length; index++)
        {
            Model model = s_library.Create($"Net{index}", Machines.Widest);
            RandomValues.AssignTo(model, seed: index);
            float[] outputs = model.Predict([.. s_masks.SelectMany(Sample)]);

            Assert.Equal([.. s_masks.SelectMany(mask => Twice(model, Sample(mask)))], outputs);
        }
    }

    private static void AssertSame(Model model, float[] sample, string name)
    {
        float[] whole = Sample(new string('1', Steps));
        float[] alone = Twice(model, sample);

        Assert.True(alone.SequenceEqual(model.Predict([.. sample, .. whole])[..alone.Length]), name);

        // The other one has no slope.
        float[] slopes = RandomValues.Uniform(alone.Length, seed: 8);
        float[] none = new float[alone.Length];
        model.Compile(new SGD(), new LinearLoss(2));
        Gradients expected = model.ComputeGradients(new Dataset([.. sample, .. whole], [.. slopes, .. none], 2));
        Gradients actual = model.ComputeGradients(new Dataset([.. sample, .. sample], [.. slopes, .. none], 2));
        foreach (string parameter in expected.Keys)
        {
            Assert.True(expected[parameter].SequenceEqual(actual[parameter]), $"{name}, {parameter}");
        }
    }

    // What a step weighs in the loss depends on the masks of the whole batch, which a flat output has none of.
    private static string WithoutMask(string layers) =>
        layers[layers.LastIndexOf('[')..].Contains("ReturnSequences", StringComparison.Ordinal) ? "[Flatten]" : "";

    // A sample alone has kernels of its own, which add in another order.
    private static float[] Twice(Model model, float[] sample) => model.Predict([.. sample, .. sample])[..model.Network.OutputSize];

    private static float[] Sample(string mask)
    {
        float[] values = RandomValues.Uniform(Steps * Features, seed: 4);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = mask[i / Features] == '1' ? values[i] : 0f;
        }

        return values;
    }
}
