using Unroll.Checks;
using Unroll.Data;
using Unroll.Numerics;
using Unroll.Optimizers;
using Unroll.Running;

namespace Unroll.Fitting;

/// <summary>One sweep of the learning rate, on weights that are restored by whoever began it.</summary>
internal sealed class RateSweep(NetworkInstance instance, TrainingLoop loop, DatasetBatches batches, ulong seed)
{
    // The exponential average forgets so much of the past a step: enough to see through the noise of batches.
    private const double Forgetting = 0.1;
    private const double Diverged = 4;

    // The first losses are the initial weights': no divergence yet.
    private const int Beginning = 5;

    private readonly List<float> _rates = [];
    private readonly List<float> _losses = [];
    private readonly List<float> _smoothed = [];

    public LearningRateSweep Run(float from, float to, int steps, CancellationToken cancellationToken)
    {
        var state = new OptimizerState(instance.Optimizer!, instance.Network.TrainedFloats);
        var update = new ParameterUpdate(instance, state);
        batches.BeginEpoch(0, seed);
        double average = 0, least = double.PositiveInfinity;
        for (int step = 0; batches.TryNext(out BatchRows rows); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            state.LearningRate = (float)(from * Math.Pow(to / (double)from, step / (steps - 1.0)));
            float rate = state.LearningRate;
            if (!loop.ComputeGradients(rows, RandomSource.Combine(seed, (ulong)step)))
            {
                throw batches.Refusal(FiniteData.FindFault(instance.Network, instance.Goals, rows.Data, rows.Order.Span)!);
            }

            float loss = loop.LossOfBatch();
            if (!float.IsFinite(loss))
            {
                RequireFiniteParameters(step);
                break;
            }

            average += Forgetting * (loss - average);
            double smoothed = average / (1 - Math.Pow(1 - Forgetting, step + 1));
            if (step > Beginning && smoothed > Diverged * least)
            {
                break;
            }

            least = Math.Min(least, smoothed);
            _rates.Add(rate);
            _losses.Add(loss);
            _smoothed.Add((float)smoothed);
            float largest = loop.LargestGradient();
            state.Iteration++;
            if (!float.IsFinite(largest) || !loop.Update(update, largest))
            {
                RequireFiniteParameters(step);
                break;
            }
        }

        return new LearningRateSweep([.. _rates], [.. _losses], [.. _smoothed]);
    }

    // At the first step they are still those the sweep began with, and no rate has done it.
    private void RequireFiniteParameters(int step)
    {
        if (step == 0 && ParameterFault.Find(instance.Parameters) is { } fault)
        {
            throw new InvalidOperationException(
                $"No learning rate can be found: '{fault.Parameter}' is {fault.Value} at {fault.Place}. Assign finite values, or load weights, before.");
        }
    }
}
