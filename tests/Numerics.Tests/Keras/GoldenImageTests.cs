using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Every layer of images and signals against Keras 3.16 (tests/golden/keras_images.json): outputs and all gradients.</summary>
public sealed class GoldenImageTests
{
    private static readonly GoldenCases s_cases = new("keras_images.json");

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine) => s_cases.Check(machine);
}
