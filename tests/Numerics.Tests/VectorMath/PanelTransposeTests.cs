namespace Unroll.Numerics.Tests;

public class PanelTransposeTests
{
    private const int Width = 16;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(15, 17)]
    [InlineData(17, 15)]
    [InlineData(33, 64)]
    [InlineData(64, 40)]
    [InlineData(128, 10)]
    public void EveryElementChangesPlacesAndNothingElseIsTouched(int inputs, int units)
    {
        float[] w = new float[inputs * Padded(units)];
        float[] transposed = new float[units * Padded(inputs)];
        Array.Fill(w, -1f);
        Array.Fill(transposed, -2f);
        for (int i = 0; i < inputs; i++)
        {
            for (int u = 0; u < units; u++)
            {
                w[Place(i, u, inputs)] = (i * 1000) + u;
            }
        }

        for (int part = 0; part < Padded(inputs) / Width; part++)
        {
            PanelTranspose.Run(ref w[0], ref transposed[0], inputs, units, part);
        }

        for (int u = 0; u < units; u++)
        {
            for (int i = 0; i < Padded(inputs); i++)
            {
                Assert.Equal(i < inputs ? (i * 1000) + u : -2f, transposed[Place(u, i, units)]);
            }
        }
    }

    private static int Padded(int columns) => (columns + Width - 1) / Width * Width;

    private static int Place(int row, int column, int rows) => (column / Width * rows * Width) + (row * Width) + (column % Width);
}
