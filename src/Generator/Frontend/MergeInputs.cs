using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>The values a layer reads: the one it names or the one above, or those a merge names, "" among them for that one.</summary>
internal static class MergeInputs
{
    private const string From = "From";

    public static EquatableArray<string> Of(
        LayerKind kind, AttributeArguments source, int position, string name, ValueScope scope, ICollection<Problem> problems)
    {
        string? above = scope.Resolve(source.Value(From) as string, name, Place.Layer(position, From), From);
        if (!kind.IsMerge)
        {
            return above is null ? default : EquatableArray.Of(above);
        }

        EquatableArray<string> given = source.Value(MergeLayer.InputsArgument) as EquatableArray<string>? ?? default;
        if (given.Count < 2)
        {
            problems.Add(Problem.At(
                Place.Layer(position),
                DiagnosticDescriptors.MergeInputs,
                name,
                "at least 2",
                given.Count.ToString(CultureInfo.InvariantCulture)));
        }

        return given
            .Select((input, index) => input.Length == 0
                ? above
                : scope.Resolve(input, name, Place.LayerElement(position, index), MergeLayer.InputsArgument))
            .OfType<string>()
            .ToEquatableArray();
    }
}
