using Unroll.Data;
using Unroll.Numerics.Tests.Harness;
using Unroll.Running;

namespace Unroll.Numerics.Tests.Training;

/// <summary>The largest gradient, which threads seek together among as many gradients as are worth it.</summary>
public sealed class LargestGradientTests
{
    private const int Rows = 3;

    private static readonly NetworkLibrary s_library = new("""
        [Network(1030)] [Dense(1020)] public sealed partial class Large;
        [Network(10)] [Dense(20)] public sealed partial class Small;
        """)
    { Machines = [Machines.Widest] };

    [Theory]
    [InlineData("Large", 1)]
    [InlineData("Large", 2)]
    [InlineData("Large", 3)]
    [InlineData("Small", 2)]
    public void IsThatOfAll(string network, int threads)
    {
        Model model = s_library.Create(network, Machines.Widest);
        RandomValues.AssignTo(model, seed: 5);
        model.Compile(new SGD(), new MeanSquaredError());
        using var loop = new TrainingLoop(model.Instance, Rows, threads);
        var data = new Dataset(RandomValues.Uniform(Rows * model.Network.InputSize, seed: 6), RandomValues.Uniform(Rows * model.Network.OutputSize, seed: 7), Rows);
        Assert.True(loop.ComputeGradients(BatchRows.All(data), noise: 1));

        Span<float> gradients = loop.Step.GradientSpan;
        float expected = 0f;
        foreach (float gradient in gradients)
        {
            expected = MathF.Max(expected, MathF.Abs(gradient));
        }

        Assert.True(expected > 0f);
        Assert.Equal(expected, loop.LargestGradient());
        for (int place = 0; place < gradients.Length; place += gradients.Length / 7)
        {
            float own = gradients[place];
            gradients[place] = float.NegativeInfinity;
            Assert.Equal(float.PositiveInfinity, loop.LargestGradient());
            gradients[place] = float.NaN;
            Assert.Equal(float.NaN, loop.LargestGradient());
            gradients[place] = own;
        }

        Assert.Equal(expected, loop.LargestGradient());
    }
}
