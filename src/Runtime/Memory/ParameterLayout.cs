using Unroll.Compiled;

namespace Unroll;

/// <summary>Translates between a parameter's logical row-major values and its place in an arena.</summary>
internal sealed class ParameterLayout(ParameterDescription description)
{
    private const int Width = 16;

    private readonly int _offset = description.Offset;
    private readonly bool _isPanels = description.Arrangement == ParameterArrangement.Panels;
    private readonly int _rows = NetworkDescription.SizeOf(description.Shape) / description.Columns;
    private readonly int _columns = description.Columns;

    public int Count => _rows * _columns;

    public float[] Unpack(ReadOnlySpan<float> arena)
    {
        float[] values = new float[Count];
        for (int row = 0; row < _rows; row++)
        {
            for (int column = 0; column < _columns; column++)
            {
                values[(row * _columns) + column] = arena[Place(row, column)];
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
                arena[Place(row, column)] = values[(row * _columns) + column];
            }
        }
    }

    public void ClearPadding(Span<float> arena)
    {
        int padding = NetworkDescription.Padded(_columns) - _columns;
        for (int row = 0; padding > 0 && row < _rows; row++)
        {
            arena.Slice(Place(row, _columns), padding).Clear();
        }
    }

    private int Place(int row, int column) => _offset + (_isPanels
        ? (column / Width * _rows * Width) + (row * Width) + (column % Width)
        : (row * NetworkDescription.Padded(_columns)) + column);
}
