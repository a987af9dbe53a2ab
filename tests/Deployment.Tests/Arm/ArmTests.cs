using Unroll.Numerics.Tests.Harness;
using Unroll.Parameters;

namespace Unroll.Deployment.Tests.Arm;

/// <summary>The code emitted for Arm, as Arm machine code under an emulator, against the same networks on this processor.</summary>
public sealed class ArmTests(ArmRun run) : IClassFixture<ArmRun>
{
    // Of the largest value: the two differ in the order of a few roundings only.
    private const float Tolerance = 1e-5f;

    public static TheoryData<string> Names => [.. ArmNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void OutputsAgree(string name)
    {
        ArmRun.Outcome outcome = run.Get().Outcomes[name];

        AssertClose(outcome.Network.Model.Predict(outcome.Network.Inputs), outcome.Outputs, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void GradientsAgree(string name)
    {
        ArmRun.Outcome outcome = run.Get().Outcomes[name];
        Model model = outcome.Network.Model;
        model.Compile(new NoOptimizer(), new MeanSquaredError());
        Gradients expected = model.ComputeGradients(new Dataset(outcome.Network.Inputs, outcome.Network.Targets, ArmNetwork.Samples));

        Assert.All(outcome.Network.Description.Parameters, parameter =>
        {
            float[] actual = new ParameterLayout(parameter).Unpack(outcome.Gradients);
            Assert.Contains(actual, static value => value != 0f);
            AssertClose(expected[parameter.Name], actual, $"{name}, {parameter.Name}");
        });
    }

    [Fact]
    public void SchedulesRunTheKernelsForNeon()
    {
        // One schedule stands there for each machine's kernels; those for other machines are compiled, and nobody calls them.
        string[] schedules = CallsOf(static name => name.Contains("Entry__", StringComparison.Ordinal), "Code_1");
        string[] kernels = CallsOf(static name => name.Contains("Code_1", StringComparison.Ordinal) && name.Contains("_NeonKernels", StringComparison.Ordinal), "Kernels__");

        Assert.NotEmpty(schedules);
        Assert.All(schedules, static call => Assert.Contains("_NeonKernels", call, StringComparison.Ordinal));
        // What has no instruction of its own for Neon is the code for 128 bits.
        Assert.Contains(kernels, static call => call.Contains("_NeonKernels__", StringComparison.Ordinal));
        Assert.All(kernels, static call => Assert.Matches("_(Neon|Vector128)Kernels__", call));
    }

    private string[] CallsOf(Func<string, bool> isCaller, string callee) =>
    [
        .. run.Get().Functions
            .Where(function => isCaller(function.Name))
            .SelectMany(static function => function.Instructions)
            .Select(static instruction => instruction.Text)
            .Where(text => text.Contains(callee, StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void InnerLoopsMultiplyAndAddFullVectorsWithoutTheStack(string name)
    {
        // Sums of products: loops that do nothing else with real numbers.
        MachineCode[] kernels =
        [
            .. run.Get().Functions.Where(function => function.Name.Contains($"_{name}Code_NeonKernels__", StringComparison.Ordinal)),
        ];
        (string Kernel, IReadOnlyList<Instruction> Instructions)[] loops =
        [
            .. kernels.SelectMany(static kernel => kernel.InnerLoops()
                .Where(static loop => loop.Any(static instruction => instruction.IsFusedMultiplyAdd))
                .Where(static loop => !loop.Any(static instruction => instruction.IsOtherArithmetic))
                .Select(loop => (kernel.Name, loop))),
        ];

        Assert.NotEmpty(loops);
        Assert.Empty(loops.SelectMany(static loop => loop.Instructions
            .Where(static instruction => instruction.IsFusedMultiplyAdd && !instruction.Text.Contains(".4s", StringComparison.Ordinal))
            .Select(instruction => $"{loop.Kernel}: {instruction.Text}")));
        string[] spilling =
        [
            .. loops.Where(static loop => loop.Instructions.Any(static instruction => instruction.TouchesStack)).Select(static loop =>
                $"{loop.Kernel} at {loop.Instructions[0].Address:x}: {loop.Instructions.Count(static instruction => instruction.TouchesStack)} of "
                + $"{loop.Instructions.Count} instructions, such as {loop.Instructions.First(static instruction => instruction.TouchesStack).Text}"),
        ];
        Assert.True(spilling.Length == 0, string.Join('\n', spilling));
    }

    [Theory]
    [InlineData("Dense1Forward")]
    [InlineData("Dense2Forward")]
    [InlineData("Dense2InputGradient")]
    [InlineData("Dense1KernelGradient")]
    [InlineData("Dense2KernelGradient")]
    public void EveryProductOfTheClassifierHasSuchALoop(string kernel)
    {
        MachineCode function = run.Get().Functions.Single(function => function.Name.EndsWith($"_ClassifierCode_NeonKernels__{kernel}", StringComparison.Ordinal));

        Assert.Contains(function.InnerLoops(), static loop => loop.Count(static instruction => instruction.IsFusedMultiplyAdd) >= 16);
    }

    private static void AssertClose(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        float allowed = Tolerance * Math.Max(1f, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{what}[{i}]: {expected[i]:G9} here, {actual[i]:G9} on Arm.");
        }
    }
}
