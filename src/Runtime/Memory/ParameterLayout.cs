using Unroll.Compiled;

namespace Unroll;

/// <summary>
/// Translates between a parameter's logical row-major values and its place in an arena: a matrix [inputs, units] lies there as panels
/// [units/16][inputs][16], anything else as it is.
/// </summary>
internal sealed class ParameterLayout(ParameterDescription description)
{
    private const int Width = 16;

    private readonly int _offset = description.Offset;
    private readonly int _rows = description.Shape.Count == 2 ? description.Shape[0] : 1;
    private readonly int _columns = description.Shape.Count == 2 ? description.Shape[1] : NetworkDescription.SizeOf(description.Shape);

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

    private int Place(int row, int column) => _offset + (column / Width * _rows * Width) + (row * Width) + (column % Width);
}
