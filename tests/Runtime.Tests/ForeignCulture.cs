using System.Globalization;

namespace Unroll.Runtime.Tests;

/// <summary>German numbers while it lives: 0,5 for a half.</summary>
internal sealed class ForeignCulture : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public ForeignCulture()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        Assert.Equal("0,5", 0.5f.ToString());
    }

    public void Dispose() => CultureInfo.CurrentCulture = _before;
}
