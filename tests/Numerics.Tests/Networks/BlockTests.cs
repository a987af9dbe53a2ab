using Unroll.Numerics.Tests.Harness;

namespace Unroll.Numerics.Tests;

/// <summary>Networks made of blocks compute what the same layers written out do.</summary>
public sealed class BlockTests
{
    private static readonly NetworkLibrary s_library = new("""
        [Block] [Dense(6, Activation.Tanh)] [Dense(5)] public partial class Body;
        [Block] [Use<Body>] [Residual<Body>] internal class Pair;
        [Network(5)] [Use<Body>(Repeat = 2)] public sealed partial class Composed;
        [Network(5)] [Dense(6, Activation.Tanh)] [Dense(5)] [Dense(6, Activation.Tanh)] [Dense(5)] public sealed partial class Written;
        [Network(5)] [Use<Pair>(Name = "trunk")] [Residual<Body>] public sealed partial class Residuals;
        [Network(5)] [Use<Body>] public sealed partial class Single;
        """);

    private static readonly float[] s_inputs = RandomValues.Uniform(7 * 5, seed: 3);

    [Fact]
    public void AUseComputesWhatItsLayersDo()
    {
        Model composed = s_library.Create("Composed", Machines.Widest, seed: 9);
        Model written = s_library.Create("Written", Machines.Widest, seed: 9);

        Assert.Equal(
            ["body1/dense1/kernel", "body1/dense1/bias", "body1/dense2/kernel", "body1/dense2/bias",
                "body2/dense1/kernel", "body2/dense1/bias", "body2/dense2/kernel", "body2/dense2/bias"],
            composed.Parameters.Select(static parameter => parameter.Name));
        Assert.Equal(written.Predict(s_inputs), composed.Predict(s_inputs));
    }

    [Fact]
    public void AResidualConnectionAddsItsInput()
    {
        Model model = s_library.Create("Residuals", Machines.Widest, seed: 9);
        Assert.Equal(
            ["trunk/body1", "trunk/body2", "body1"],
            model.Parameters.Select(static parameter => parameter.Name[..parameter.Name.IndexOf("/dense", StringComparison.Ordinal)]).Distinct());

        float[] x = Body(model, 0, s_inputs);
        x = Sum(x, Body(model, 4, x));
        x = Sum(x, Body(model, 8, x));
        Assert.All(x.Zip(model.Predict(s_inputs)), static pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    private static float[] Body(Model model, int firstParameter, float[] inputs)
    {
        Model single = s_library.Create("Single", Machines.Widest);
        for (int i = 0; i < 4; i++)
        {
            single.Parameters[i].Assign(model.Parameters[firstParameter + i].ToArray());
        }

        return single.Predict(inputs);
    }

    private static float[] Sum(float[] left, float[] right) => [.. left.Zip(right, static (x, y) => x + y)];
}
