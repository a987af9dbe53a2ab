using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
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
        bool readsFrom = ReadsFrom(kind, source, position, name, problems);
        string? above = scope.Resolve(readsFrom ? source.Value(From) as string : null, name, Place.Layer(position, From), From);
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

    /// <returns>Whether anything that the layer reads is what <c>From</c> names; where all of it has names of its own, that is reported.</returns>
    private static bool ReadsFrom(LayerKind kind, AttributeArguments source, int position, string name, ICollection<Problem> problems)
    {
        // Of arguments, the first stands for the value above where it is left out, the others for the one before them.
        string?[] given = !source.IsGiven(From) ? []
            : kind.IsMerge ? [.. source.Names(MergeLayer.InputsArgument)]
            : kind.InputArguments.Count > 0 && source.Value(kind.InputArguments[0]) is string ? [.. kind.InputArguments.Select(source.Value).OfType<string>()]
            : [];
        if (given.Length < (kind.IsMerge ? 2 : 1) || given.Any(string.IsNullOrEmpty))
        {
            return true;
        }

        problems.Add(Problem.At(
            Place.Layer(position, From),
            DiagnosticDescriptors.ArgumentWithoutEffect,
            name,
            From,
            "\"\"",
            $"one of {(kind.IsMerge ? MergeLayer.InputsArgument : string.Join(", ", kind.InputArguments))}",
            $"none of {string.Join(", ", given.Select(static input => SymbolDisplay.FormatLiteral(input!, quote: true)))}"));
        return false;
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
