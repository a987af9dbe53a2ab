namespace Unroll.Numerics.Tests.Harness;

/// <summary>Leaves the parameters as they are.</summary>
internal sealed class NoOptimizer() : Optimizer(learningRate: 0f)
{
    public override string Name => "none";

    public override void Update(in OptimizerStep step)
    {
    }
}
