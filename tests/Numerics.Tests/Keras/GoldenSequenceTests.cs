using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Recurrent layers, in both directions and with masks, against Keras 3.16 (tests/golden/keras_sequences.json): outputs and all gradients.</summary>
public sealed class GoldenSequenceTests
{
    private static readonly GoldenCases s_cases = new("keras_sequences.json");

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine) => s_cases.Check(machine);
}
