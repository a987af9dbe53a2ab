namespace Unroll.Generator.Tests.Architecture;

/// <summary>The folders of the runtime by floor, lowest first: code uses its own folder and lower floors, so that there is no circle.</summary>
internal static class RuntimeFloors
{
    private static readonly string[][] s_floors =
    [
        ["Arguments", "Constraints", "Initializers", "Memory"],
        ["Attributes", "Schedules"],
        ["Numerics"],
        ["Measures", "Optimizers"],
        ["Data", "Losses"],
        ["Compiled", "Metrics"],
        ["Clusters", "Graphs", "Parameters"],
        ["Serialization"],
        ["Checks", "Reports"],
        ["Running"],
        ["Fitting"],
        ["Api"],
        ["Callbacks", "GeneratedMembers"],
    ];

    public static IEnumerable<string> Folders => s_floors.SelectMany(static floor => floor);

    /// <summary>Whether code in <paramref name="from"/> may use what is declared in <paramref name="to"/>.</summary>
    public static bool Allows(string from, string to) => from == to || FloorOf(to) < FloorOf(from);

    private static int FloorOf(string folder) => Array.FindIndex(s_floors, floor => floor.Contains(folder));
}
