using Unroll.Compiled;
using Unroll.Numerics;

namespace Unroll;

/// <summary>Measures one update: how large parameters, gradients and changes are, a parameter each.</summary>
/// <remarks>Each thread adds up the changes of its own runs; they are put together in the order of the runs, whoever had them.</remarks>
internal sealed class UpdateMeter
{
    private readonly (int First, int Length)[] _parameters;
    private readonly string[] _names;
    private readonly Segment[][] _segments;
    private readonly double[] _changes;
    private readonly double[] _weights;
    private readonly double[] _gradients;

    public UpdateMeter(NetworkDescription network)
    {
        _names = [.. network.Parameters.Where(static parameter => parameter.IsTrained).Select(static parameter => parameter.Name)];
        _parameters = ParameterRuns.OfTrained(network);
        _segments = new Segment[(network.TrainedFloats + GradientRuns.Longest - 1) / GradientRuns.Longest][];
        int count = 0;
        for (int run = 0; run < _segments.Length; run++)
        {
            _segments[run] = [.. SegmentsOf(run, count)];
            count += _segments[run].Length;
        }

        _changes = new double[count];
        _weights = new double[_names.Length];
        _gradients = new double[_names.Length];
    }

    /// <summary>Takes in what the update begins with; the gradients as they were computed, before any clipping.</summary>
    public void MeasureBefore(ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients)
    {
        for (int i = 0; i < _parameters.Length; i++)
        {
            (int first, int length) = _parameters[i];
            _weights[i] = Sums.OfSquares(parameters.Slice(first, length));
            _gradients[i] = Sums.OfSquares(gradients.Slice(first, length));
        }
    }

    /// <summary>Takes in what became of a run of parameters.</summary>
    public void MeasureChange(int run, ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        foreach (Segment segment in _segments[run])
        {
            _changes[segment.Index] =
                Sums.OfSquaredDifferences(after.Slice(segment.First, segment.Length), before.Slice(segment.First, segment.Length));
        }
    }

    public UpdateNorms[] Result()
    {
        double[] changes = new double[_names.Length];
        foreach (Segment segment in _segments.SelectMany(static run => run))
        {
            changes[segment.Parameter] += _changes[segment.Index];
        }

        return [.. _names.Select((name, i) => new UpdateNorms(name, Math.Sqrt(_weights[i]), Math.Sqrt(_gradients[i]), Math.Sqrt(changes[i])))];
    }

    private IEnumerable<Segment> SegmentsOf(int run, int index)
    {
        int begin = run * GradientRuns.Longest;
        for (int i = 0; i < _parameters.Length; i++)
        {
            int first = Math.Max(_parameters[i].First, begin);
            int end = Math.Min(_parameters[i].First + _parameters[i].Length, begin + GradientRuns.Longest);
            if (first < end)
            {
                yield return new Segment(index++, i, first - begin, end - first);
            }
        }
    }

    // The part of a parameter that lies in a run.
    private readonly record struct Segment(int Index, int Parameter, int First, int Length);
}
