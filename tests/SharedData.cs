namespace Unroll.Tests;

/// <summary>The public data sets in a directory <c>shared/data</c> beside the repository.</summary>
internal static class SharedData
{
    /// <summary>Where a file or a directory of them is; skips the test where it is not there.</summary>
    public static string PathOf(string name)
    {
        for (DirectoryInfo? place = new(AppContext.BaseDirectory); place is not null; place = place.Parent)
        {
            string path = Path.Combine(place.FullName, "shared", "data", name);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"'{name}' was not found: put the data sets in a directory 'shared/data' beside the repository.");
        return "";
    }
}
