namespace Unroll.Generator.Tests.Architecture;

/// <summary>The stages of the compiler, one folder each, in the order in which data flows through them, and what surrounds them in a build.</summary>
internal static class StageOrder
{
    public const string Diagnostics = "Diagnostics";

    public static readonly string[] Flow = ["Model", "Graph", "Layers", "Frontend", "Shapes", "Checks", "Lowering", "Planning", "Emission", "Incremental"];

    public static bool IsStage(string folder) => folder == Diagnostics || Flow.Contains(folder);

    /// <summary>Whether code in <paramref name="from"/> may use what is declared in <paramref name="to"/>.</summary>
    public static bool Allows(string from, string to)
    {
        if (from == to || to == Diagnostics)
        {
            return from != "Model" || to == "Model";
        }

        return from == Diagnostics ? to == "Model" : Array.IndexOf(Flow, to) < Array.IndexOf(Flow, from);
    }

    /// <summary>Past these, the compiler knows the user's code only as the model.</summary>
    public static bool MaySeeRoslyn(string folder) => folder is "" or "Frontend" or Diagnostics;
}
