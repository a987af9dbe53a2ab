using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests.Kernels;

/// <summary>
/// The products and their gradients at sizes around the vectors and tiles of every machine: from inputs to units and back, so that each
/// pair of sizes is met both ways and the gradient of the first layer's output matters.
/// </summary>
public sealed class DenseTests
{
    private static readonly (int Inputs, int Units)[] s_sizes =
    [
        (1, 1), (1, 100), (3, 15), (15, 16), (16, 3), (16, 16), (17, 16), (17, 31), (31, 33), (33, 100), (100, 15), (100, 100),
    ];

    private static readonly Blueprint[] s_blueprints = [.. s_sizes.Select(static size => BlueprintOf(size.Inputs, size.Units)), WideBlueprint];

    private static readonly NetworkLibrary s_library = new(s_blueprints);

    // More parameters than the second-level cache holds: larger blocks of samples, and kernels fetched ahead, a depth that no step divides.
    private static Blueprint WideBlueprint => new("Wide", [519], new DenseSketch(512, Activation.Relu), new DenseSketch(3));

    public static TheoryData<Machine, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<Machine, int, int>();
            foreach (Machine machine in Machines.Tested)
            {
                foreach ((int inputs, int units) in s_sizes)
                {
                    data.Add(machine, inputs, units);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void AgreesWithTheReference(Machine machine, int inputs, int units)
    {
        Blueprint blueprint = s_blueprints[Array.IndexOf(s_sizes, (inputs, units))];
        Agreement.AtEveryBatch(blueprint, s_library.Create(blueprint.Name, machine));
    }

    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void AgreesWithTheReferenceInLargeBlocks(Machine machine)
    {
        Model model = s_library.Create("Wide", machine);
        RandomValues.AssignTo(model, seed: 5);
        const int Batch = 131;
        float[] inputs = RandomValues.Uniform(Batch * 519, seed: 1);
        Agreement.OfOutputs(WideBlueprint, model, inputs);
        Agreement.OfGradients(
            WideBlueprint,
            model,
            new Dataset(inputs, RandomValues.Uniform(Batch * 3, seed: 2), Batch),
            new Oracle.ReferenceMeanSquaredError());
    }

    /// <summary>Which machine runs is decided by the emitted checks; the kernels of the widest one give the same bits when forced.</summary>
    [Fact]
    public void TheWidestMachineRunsByItself()
    {
        var library = new NetworkLibrary(BlueprintOf(33, 100)) { Machines = Machines.All };
        Model forced = library.Create("Dense33To100", Machines.Widest);
        Model unforced = library.CreateUnforced("Dense33To100");
        float[] inputs = RandomValues.Uniform(50 * 33, seed: 1);

        Assert.Equal(forced.Predict(inputs), unforced.Predict(inputs));
    }

    private static Blueprint BlueprintOf(int inputs, int units) => new(
        $"Dense{inputs}To{units}", [inputs], new DenseSketch(units, Activation.Tanh), new DenseSketch(inputs, UseBias: false));
}
