namespace Unroll.Runtime.Tests.Callbacks;

internal sealed class FakeOptimizer(float learningRate) : Optimizer(learningRate)
{
    public override string Name => "fake";

    public override void Update(in OptimizerStep step)
    {
    }
}
