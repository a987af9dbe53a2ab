using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>Arrays as NumPy saves them.</summary>
public sealed class NpyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tool");

    /// <summary>As NumPy saves what was transposed.</summary>
    [Fact]
    public void AnArrayWhoseFirstAxisRunsFastestIsTurned()
    {
        string path = Path.Combine(_folder.FullName, "a.npy");
        File.WriteAllBytes(path, NpyWriter.Bytes("'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), ", [1, 4, 2, 5, 3, 6]));

        Assert.Equal([1, 2, 3, 4, 5, 6], NpyFile.Read(path).Values);
    }

    [Theory]
    [InlineData("'descr': '<f4', 'fortran_order': 1, 'shape': (2, 3), ")]
    [InlineData("'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), ")]
    [InlineData("'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), ")]
    public void AnArrayOfAnotherKindIsRefused(string header)
    {
        string path = Path.Combine(_folder.FullName, "a.npy");
        File.WriteAllBytes(path, NpyWriter.Bytes(header, [1, 2, 3, 4, 5, 6]));

        Assert.Throws<InvalidDataException>(() => NpyFile.Read(path));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
