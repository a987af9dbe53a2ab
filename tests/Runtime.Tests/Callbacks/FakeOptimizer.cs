namespace Unroll.Runtime.Tests.Callbacks;

internal sealed class FakeOptimizer(LearningRate learningRate) : Optimizer(learningRate)
{
    public override string Name => "fake";

    public override void Update(in OptimizerStep step)
    {
    }
}
