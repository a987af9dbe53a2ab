using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Keras;

/// <summary>Blocks applied to every step against Keras 3.16 (tests/golden/keras_time_distributed.json): outputs and all gradients.</summary>
public sealed class GoldenTimeDistributedTests
{
    private static readonly GoldenCases s_cases = new("keras_time_distributed.json");

    public static TheoryData<Machine> TestedMachines => [.. Machines.Tested];

    [Theory]
    [MemberData(nameof(TestedMachines))]
    public void AgreesWithKeras(Machine machine) => s_cases.Check(machine);
}
