namespace Unroll.Runtime.Tests.Optimizers;

public class GradientPreparationTests
{
    private static readonly float[] s_start = [.. Enumerable.Range(0, 1100).Select(i => (i % 7) - 3f)];
    private static readonly float[] s_gradients = [.. Enumerable.Range(0, 1100).Select(i => ((i % 11) - 5f) / 2f)];

    [Fact]
    public void ValuesAreClippedAfterScaling()
    {
        var trained = new TrainedArray(new SGD(0.5f) { ClipValue = 0.75f }, s_start);
        trained.Step(s_gradients, scale: 0.5f);
        AssertMoved(trained.Parameters, (w, g) => w - (0.5f * Math.Clamp(0.5f * g, -0.75f, 0.75f)));
    }

    [Fact]
    public void DecayComesBeforeTheUpdateAndIsNotPartOfTheGradient()
    {
        var trained = new TrainedArray(new SGD(0.5f) { WeightDecay = 0.25f }, s_start);
        trained.Step(s_gradients);
        AssertMoved(trained.Parameters, (w, g) => (w * (1 - 0.125f)) - (0.5f * g));
    }

    [Fact]
    public void ARuleOfTheUsersOwnGetsClippedGradientsAndDecayedParameters()
    {
        var own = new TrainedArray(new PlainDescent(0.5f) { WeightDecay = 0.25f, ClipValue = 1f }, s_start);
        own.Step(s_gradients, scale: 0.5f);
        AssertMoved(own.Parameters, (w, g) => (w * (1 - 0.125f)) - (0.5f * Math.Clamp(0.5f * g, -1f, 1f)));
    }

    [Fact]
    public void NormsAreBroughtDownToTheLimitAndNotUp()
    {
        Assert.Equal(0.2f, new SGD { ClipNorm = 1f }.ScaleForNorm(25));
        Assert.Equal(0.2f, new SGD { GlobalClipNorm = 1f }.ScaleForNorm(25));
        Assert.Equal(1f, new SGD { ClipNorm = 6f }.ScaleForNorm(25));
        Assert.Equal(1f, new SGD { ClipNorm = 6f }.ScaleForNorm(0));
        Assert.Equal(1f, new SGD().ScaleForNorm(25));
    }

    private static void AssertMoved(float[] parameters, Func<float, float, float> expected)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(expected(s_start[i], s_gradients[i]), parameters[i], 1e-6f);
        }
    }

    private sealed class PlainDescent(float learningRate) : Optimizer(learningRate)
    {
        public override string Name => "plain_descent";

        public override void Update(in OptimizerStep step)
        {
            for (int i = 0; i < step.Parameters.Length; i++)
            {
                step.Parameters[i] -= step.LearningRate * step.Gradients[i];
            }
        }
    }
}
