using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Networks;

/// <summary>
/// Products of embedded ids, which predictions take from a table of all ids' products, against <c>Activations</c>, which multiplies at each position:
/// the same sums, at every width, for one sample and for many, before and after the parameters change.
/// </summary>
public sealed class EmbeddingProductTests
{
    private const int Ids = 9;

    private static readonly string[] s_layers =
    [
        "[Dense(1)]",
        "[Dense(17, Activation.Tanh)]",
        "[Dense(40, UseBias = false)] [Dense(3)]",
        "[SimpleRNN(5)]",
        "[LSTM(20, ReturnSequences = true)] [Dense(2)]",
        "[GRU(7, Bidirectional = BidirectionalMerge.Concat)] [Dense(3, Activation.Softmax)]",
        "[Dense(5)] [LayerNormalization]",
    ];

    private static readonly NetworkLibrary s_library = new(string.Concat(s_layers.Select(static (layers, index) =>
        $"[Network(6)] [Embedding({Ids}, {(index % 3 * 15) + 3}, MaskZero = {(index % 2 == 0 ? "true" : "false")})] {layers} public sealed partial class Of{index};\n"
        + $"[Network(6, InferenceWeights = WeightPrecision.BFloat16)] [Embedding({Ids}, 4)] {layers} public sealed partial class Rounded{index};\n")));

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AreThoseOfEachPosition(Machine machine)
    {
        for (int index = 0; index < s_layers.Length; index++)
        {
            foreach (string name in new[] { $"Of{index}", $"Rounded{index}" })
            {
                Model model = s_library.Create(name, machine);
                foreach (int batch in new[] { 1, 7, 33 })
                {
                    foreach (Parameter parameter in model.Parameters)
                    {
                        // Of few enough digits for 16 bits: Activations does not round.
                        parameter.Assign([.. RandomValues.Uniform(parameter.ToArray().Length, seed: batch + index).Select(static value => MathF.Round(value * 64) / 64)]);
                    }

                    float[] ids = RandomValues.Labels(batch * 6, Ids, seed: batch);
                    Closeness.AssertClose(Last(model.Activations(ids)).Select(static value => (double)value).ToArray(), model.Predict(ids), depth: 64, $"{name}, batch {batch}");
                }
            }
        }
    }

    private static float[] Last(Activations activations) => activations[activations.Keys.Last()];
}
