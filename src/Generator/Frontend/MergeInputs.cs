using System.Globalization;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>
/// The values a layer reads: the one it names or the one above; or those a merge names, or that a layer's own arguments do, "" among them for
/// that one.
/// </summary>
internal static class MergeInputs
{
    private const string From = "From";

    public static EquatableArray<string> Of(
        LayerKind kind, AttributeArguments source, int position, string name, ValueScope scope, ICollection<Problem> problems)
    {
        string? above = scope.Resolve(source.Value(From) as string, name, Place.Layer(position, From), From);
        if (kind.InputArguments.Count > 0)
        {
            return OfArguments(kind, source, position, name, above, scope);
        }

        if (!kind.IsMerge)
        {
            return above is null ? default : EquatableArray.Of([above, .. Listed(kind, source, position, name, above, scope)]);
        }

        IReadOnlyList<string?> given = source.Names(MergeLayer.InputsArgument);
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
            .Select((input, index) => scope.ResolveElement(input, above, name, Place.LayerElement(position, index), MergeLayer.InputsArgument))
            .OfType<string>()
            .ToEquatableArray();
    }

    private static IEnumerable<string> Listed(
        LayerKind kind, AttributeArguments source, int position, string name, string above, ValueScope scope) => kind.ListArgument is string argument
            ? source.Names(argument).Select(input => scope.ResolveElement(input, above, name, Place.Layer(position, argument), argument)).OfType<string>()
            : [];

    // As many as it takes to tell them: those at the end that are the one before them are left out.
    private static EquatableArray<string> OfArguments(
        LayerKind kind, AttributeArguments source, int position, string name, string? above, ValueScope scope)
    {
        var inputs = new List<string>();
        string? before = above;
        foreach (string argument in kind.InputArguments)
        {
            before = source.Value(argument) is string given ? scope.ResolveElement(given, above, name, Place.Layer(position, argument), argument) : before;
            if (before is null)
            {
                return default;
            }

            inputs.Add(before);
        }

        while (inputs.Count > 1 && inputs[inputs.Count - 1] == inputs[inputs.Count - 2])
        {
            inputs.RemoveAt(inputs.Count - 1);
        }

        return inputs.ToEquatableArray();
    }
}
