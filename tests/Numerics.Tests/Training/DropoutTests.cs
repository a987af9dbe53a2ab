using Unroll.Numerics.Tests.Harness;
using Unroll.Numerics.Tests.Oracle;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The masks as outputs show them: their share, their definition, and what they do and do not depend on.</summary>
public sealed class DropoutTests
{
    private const int Columns = 100;
    private const int Rows = 300;
    private const int Seed = 9;

    private static readonly NetworkLibrary s_library = new(
        new Blueprint("Low", [Columns], new DropoutSketch(0.1f)),
        new Blueprint("Half", [Columns], new DropoutSketch(0.5f)),
        new Blueprint("High", [Columns], new ActivateSketch(Activation.Linear), new DropoutSketch(0.9f)),
        new Blueprint("Second", [Columns], new FlattenSketch(), new DropoutSketch(0.5f)),
        new Blueprint("None", [Columns], new DropoutSketch(0f)))
    { Machines = Machines.Compared };

    [Theory]
    [InlineData("None", 0f)]
    [InlineData("Low", 0.1f)]
    [InlineData("Half", 0.5f)]
    [InlineData("High", 0.9f)]
    public void KeepsTheShareAndScalesIt(string network, float rate)
    {
        float[] outputs = Outputs(network, Machines.Widest);
        int kept = outputs.Count(static value => value != 0f);

        // Four standard deviations of a binomial count.
        double deviation = Math.Sqrt(outputs.Length * rate * (1 - (double)rate));
        Assert.InRange(kept, (outputs.Length * (1 - (double)rate)) - (4 * deviation), (outputs.Length * (1 - (double)rate)) + (4 * deviation));
        Assert.All(outputs, value => Assert.True(value == 0f || Math.Abs(value - (1 / (1 - rate))) < 1e-5));
    }

    [Theory]
    [InlineData(Machine.Vector512)]
    [InlineData(Machine.Vector256)]
    [InlineData(Machine.Neon)]
    [InlineData(Machine.Vector128)]
    public void IsTheDefinitionAtEveryMachine(Machine machine)
    {
        float[] outputs = Outputs("High", machine);
        ulong noise = RandomSource.Combine(RandomSource.Combine(Seed, 0), 0);
        for (int i = 0; i < outputs.Length; i++)
        {
            uint position = (uint)((i / Columns * 112) + (i % Columns));
            Assert.Equal(DropoutMask.Keeps(noise, layer: 1, position, rate: 0.9f), outputs[i] != 0f);
        }
    }

    [Fact]
    public void EveryStepAndEveryLayerHasItsOwn()
    {
        float[] first = Outputs("Half", Machines.Widest);

        Assert.Equal(first, Outputs("Half", Machines.Widest));
        AssertIndependent(first, Outputs("Half", Machines.Widest, steps: 1));
        AssertIndependent(first, Outputs("Second", Machines.Widest));
        AssertIndependent(first, Outputs("Half", Machines.Widest, seed: Seed + 1));
    }

    /// <summary>Neighbours in a row and in a column agree as often as they differ.</summary>
    [Fact]
    public void NeighboursAreIndependent()
    {
        float[] outputs = Outputs("Half", Machines.Widest);

        AssertIndependent(outputs[1..], outputs[..^1]);
        AssertIndependent(outputs[Columns..], outputs[..^Columns]);
    }

    [Fact]
    public void PredictionsAndEvaluationHaveNone()
    {
        Model model = s_library.Create("Half", Machines.Widest);
        float[] inputs = RandomValues.Uniform(Columns * 3, seed: 1);
        var loss = new CapturingLoss();
        model.Compile(new NoOptimizer(), loss);
        model.Evaluate(new Dataset(inputs, inputs, 3));

        Assert.Equal(inputs, model.Predict(inputs));
        Assert.Equal(inputs, loss.Outputs);
    }

    // The outputs of a training step for inputs of 1, after some steps.
    private static float[] Outputs(string network, Machine machine, int steps = 0, int seed = Seed)
    {
        Model model = s_library.Create(network, machine, seed);
        float[] ones = [.. Enumerable.Repeat(1f, Columns * Rows)];
        var data = new Dataset(ones, ones, Rows);
        var loss = new CapturingLoss();
        model.Compile(new NoOptimizer(), loss);
        if (steps > 0)
        {
            model.Fit(data.Take(1), epochs: steps, threads: 1);
            loss.Clear();
        }

        model.ComputeGradients(data);
        return loss.Outputs;
    }

    private static void AssertIndependent(float[] first, float[] second)
    {
        int equal = first.Zip(second).Count(static pair => pair.First == pair.Second);
        double deviation = Math.Sqrt(first.Length) / 2;
        Assert.InRange(equal, (first.Length / 2) - (4 * deviation), (first.Length / 2) + (4 * deviation));
    }
}
