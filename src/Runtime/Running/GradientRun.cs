using Unroll.Checks;
using Unroll.Compiled;
using Unroll.Data;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>One call of <c>ComputeGradients</c>: a training step without its update.</summary>
internal static class GradientRun
{
    public static Gradients Run(NetworkInstance instance, Dataset batch, ulong noise)
    {
        using var loop = new TrainingLoop(instance, batch.Count, threads: 1);
        BatchRows rows = BatchRows.All(batch);
        if (!loop.ComputeGradients(rows, noise))
        {
            throw new ArgumentException($"{FiniteData.FindFault(instance.Network, instance.Goals, batch, rows.Order.Span)}.", nameof(batch));
        }

        var values = new Dictionary<string, float[]>();
        foreach (ParameterDescription parameter in instance.Network.Parameters.Where(static parameter => parameter.IsTrained))
        {
            values.Add(parameter.Name, new ParameterLayout(parameter).Unpack(loop.Step.GradientSpan));
        }

        return new Gradients(loop.LossOfBatch(), values);
    }
}
