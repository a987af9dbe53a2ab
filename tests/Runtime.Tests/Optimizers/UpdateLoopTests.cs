namespace Unroll.Runtime.Tests.Optimizers;

public class UpdateLoopTests
{
    public static TheoryData<int> Optimizers() => [.. Enumerable.Range(0, OptimizerCatalogue.All.Count)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void BitsDoNotDependOnLengthOrPlace(int index)
    {
        float[] start = Numbers(100, seed: 1);
        float[] gradients = Numbers(100, seed: 2);
        var whole = new TrainedArray(OptimizerCatalogue.All[index](), start);
        whole.Step(gradients);
        whole.Step(gradients);
        foreach (int length in (int[])[0, 1, 3, 4, 7, 15, 16, 17, 31, 33, 64, 99])
        {
            var part = new TrainedArray(OptimizerCatalogue.All[index](), start[..length]);
            part.Step(gradients[..length]);
            part.Step(gradients[..length]);
            Assert.Equal(whole.Parameters[..length], part.Parameters);
        }

        var cut = new TrainedArray(OptimizerCatalogue.All[index](), start);
        cut.StepInTwoRuns(gradients, 37);
        cut.StepInTwoRuns(gradients, 5);
        Assert.Equal(whole.Parameters, cut.Parameters);
        Assert.Equal(whole.State, cut.State);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void DeadGradientsLeaveNoDenormalMoments(int index)
    {
        var trained = new TrainedArray(OptimizerCatalogue.All[index](), Numbers(19, seed: 3));
        trained.Step(Numbers(19, seed: 4));
        trained.Step([.. Numbers(19, seed: 5).Select(x => x * 1e-20f)]);
        float[] dead = new float[19];
        for (int i = 0; i < 100_000; i++)
        {
            trained.Step(dead);
            if (i % 1000 == 0)
            {
                Assert.DoesNotContain(trained.State, float.IsSubnormal);
            }
        }

        Assert.All(trained.Parameters, x => Assert.True(float.IsFinite(x)));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void PaddingStaysZeroAndNaNShows(int index)
    {
        var trained = new TrainedArray(OptimizerCatalogue.All[index](), new float[18]);
        float[] gradients = new float[18];
        gradients[17] = float.NaN;
        trained.Step(gradients);
        Assert.All(trained.Parameters[..17], x => Assert.Equal(0f, x));
        Assert.Equal(float.NaN, trained.Parameters[17]);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void ALearningRateOfZeroChangesNoParameter(int index)
    {
        Optimizer optimizer = OptimizerCatalogue.All[index]();
        optimizer.LearningRate = 0f;
        float[] start = Numbers(18, seed: 8);
        var trained = new TrainedArray(optimizer, start);
        trained.Step(Numbers(18, seed: 9));
        Assert.Equal(start, trained.Parameters);
    }

    [Fact]
    public void GradientsOfAnotherLengthAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new OptimizerStep(new float[3], new float[2], [], 0, 0.1f, 1));
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
        Assert.Contains("2", error.Message, StringComparison.Ordinal);
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
