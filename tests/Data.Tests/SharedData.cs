namespace Unroll.Data.Tests;

/// <summary>Finds the public data sets kept in a <c>shared/data</c> directory beside the repository; tests skip without them.</summary>
internal static class SharedData
{
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
