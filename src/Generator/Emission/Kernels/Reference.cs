using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>References to floats, as C#.</summary>
internal static class Reference
{
    /// <summary>The float <paramref name="offset"/> floats behind another.</summary>
    public static string At(string reference, Offset offset) => offset.IsZero ? reference : $"Add(ref {reference}, {offset})";

    /// <summary>A local reference to it.</summary>
    public static string Declare(string name, string reference, Offset offset = default) => $"ref float {name} = ref {At(reference, offset)};";

    /// <summary>Moves a local reference on.</summary>
    public static string Advance(string name, Offset offset) => $"{name} = ref {At(name, offset)};";
}
