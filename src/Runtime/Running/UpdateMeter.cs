using Unroll.Compiled;
using Unroll.Numerics;
using Unroll.Parameters;

namespace Unroll.Running;

/// <summary>Measures one update: how large parameters, gradients and changes are, a parameter each.</summary>
/// <remarks>
/// Each thread measures pieces of its own runs, as long as they lie in the nearest cache; they are put together in the order of the pieces,
/// whoever had them.
/// </remarks>
internal sealed class UpdateMeter
{
    /// <summary>Parameters measured at once: they, what they were, their gradients and two slots fit the nearest cache.</summary>
    public const int PieceLength = GradientRuns.Longest / 4;

    private readonly (int First, int Length)[] _parameters;
    private readonly string[] _names;
    private readonly Segment[][] _segments;
    private readonly UpdateSquares[] _squares;
    private double[]? _unclipped;

    public UpdateMeter(NetworkDescription network)
    {
        _names = [.. network.Parameters.Where(static parameter => parameter.IsTrained).Select(static parameter => parameter.Name)];
        _parameters = ParameterRuns.OfTrained(network);
        _segments = new Segment[(network.TrainedFloats + PieceLength - 1) / PieceLength][];
        int count = 0;
        for (int piece = 0; piece < _segments.Length; piece++)
        {
            _segments[piece] = [.. SegmentsOf(piece, count)];
            count += _segments[piece].Length;
        }

        _squares = new UpdateSquares[count];
    }

    /// <summary>Takes in gradients that will be clipped in place: later they are no longer what was computed.</summary>
    public void MeasureUnclipped(ReadOnlySpan<float> gradients)
    {
        _unclipped = new double[_parameters.Length];
        for (int i = 0; i < _parameters.Length; i++)
        {
            _unclipped[i] = Sums.OfSquares(gradients.Slice(_parameters[i].First, _parameters[i].Length));
        }
    }

    /// <summary>Takes in what became of a piece of the parameters.</summary>
    /// <param name="first">Where it begins, a multiple of <see cref="PieceLength"/>.</param>
    /// <param name="before">Its values before the update.</param>
    /// <param name="after">Those after it.</param>
    /// <param name="gradients">Its gradients.</param>
    public void Measure(int first, ReadOnlySpan<float> before, ReadOnlySpan<float> after, ReadOnlySpan<float> gradients)
    {
        foreach (Segment segment in _segments[first / PieceLength])
        {
            _squares[segment.Index] = UpdateSquares.Of(
                before.Slice(segment.First, segment.Length),
                after.Slice(segment.First, segment.Length),
                gradients.Slice(segment.First, segment.Length));
        }
    }

    /// <summary>The norms of the update whose pieces have been measured.</summary>
    public UpdateNorms[] Result()
    {
        var sums = new UpdateSquares[_names.Length];
        foreach (Segment[] piece in _segments)
        {
            foreach (Segment segment in piece)
            {
                sums[segment.Parameter] += _squares[segment.Index];
            }
        }

        double[]? unclipped = _unclipped;
        _unclipped = null;
        return
        [
            .. _names.Select((name, i) => new UpdateNorms(
                name, Math.Sqrt(sums[i].Weights), Math.Sqrt(unclipped?[i] ?? sums[i].Gradients), Math.Sqrt(sums[i].Changes))),
        ];
    }

    private IEnumerable<Segment> SegmentsOf(int piece, int index)
    {
        int begin = piece * PieceLength;
        for (int i = 0; i < _parameters.Length; i++)
        {
            int first = Math.Max(_parameters[i].First, begin);
            int end = Math.Min(_parameters[i].First + _parameters[i].Length, begin + PieceLength);
            if (first < end)
            {
                yield return new Segment(index++, i, first - begin, end - first);
            }
        }
    }

    // The part of a parameter that lies in a piece.
    private readonly record struct Segment(int Index, int Parameter, int First, int Length);
}
