using Unroll.Compiled;
using Unroll.Numerics;

namespace Unroll.Parameters;

/// <summary>Translates between a parameter's logical row-major values and its place in an arena.</summary>
internal sealed class ParameterLayout(ParameterDescription description)
{
    private const int Width = Panels.Width;

    private readonly int _offset = description.Offset;
    private readonly bool _isPanels = description.Arrangement != ParameterArrangement.Vectors;
    private readonly bool _isTransposed = description.Arrangement == ParameterArrangement.TransposedPanels;
    private readonly int _rows = LogicalShape.SizeOf(description.Shape) / description.Columns;
    private readonly int _columns = description.Columns;
    private readonly int _parts = description.Parts;
    private readonly int _partColumns = description.Columns / description.Parts;

    public int Count => _rows * _columns;

    public float[] Unpack(ReadOnlySpan<float> arena)
    {
        float[] values = new float[Count];
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                values[Logical(row, column)] = arena[Place(row, column)];
            }
        }

        return values;
    }

    public void Pack(ReadOnlySpan<float> values, Span<float> arena)
    {
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                arena[Place(row, column)] = values[Logical(row, column)];
            }
        }
    }

    public void ClearPadding(Span<float> arena)
    {
        int padding = Panels.Padded(_partColumns) - _partColumns;
        for (int row = 0; padding > 0 && row < _rows; row++)
        {
            for (int part = 1; part <= _parts; part++)
            {
                arena.Slice(Place(row, (part * _partColumns) - 1) + 1, padding).Clear();
            }
        }
    }

    private int Logical(int row, int column) => _isTransposed ? (column * _rows) + row : (row * _columns) + column;

    // Each part of a row begins at a multiple of the width.
    private int Place(int row, int column)
    {
        int padded = Panels.Padded(_partColumns);
        int stored = (column / _partColumns * padded) + (column % _partColumns);
        return _offset + (_isPanels
            ? (stored / Width * _rows * Width) + (row * Width) + (stored % Width)
            : (row * _parts * padded) + stored);
    }
}
