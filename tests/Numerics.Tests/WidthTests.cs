using System.Globalization;
using System.Runtime.Intrinsics;

namespace Unroll.Numerics.Tests;

/// <summary>A run that is meant for one vector width must really have that width, or it would repeat another run unnoticed.</summary>
public sealed class WidthTests
{
    private const string Variable = "UNROLL_EXPECTED_WIDTH";

    [Fact]
    public void TheWidestVectorIsTheExpectedOne()
    {
        string? expected = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(expected), $"{Variable} is not set.");

        Assert.Equal(int.Parse(expected, CultureInfo.InvariantCulture), WidestAccelerated());
    }

    [Fact]
    public void ModelReportsIt() => Assert.Equal(WidestAccelerated(), Model.VectorBits);

    private static int WidestAccelerated() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;
}
