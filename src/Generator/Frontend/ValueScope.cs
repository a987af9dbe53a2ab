using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>The values that layers beside each other can name, in a network or in one use of a block, and the one above.</summary>
/// <param name="problems">Receives what is wrong with a reference.</param>
internal sealed class ValueScope(ICollection<Problem> problems)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _twice = new(StringComparer.Ordinal);
    private readonly List<Unknown> _unknown = [];

    /// <summary>The value directly above, by its full name; null above the first.</summary>
    public string? Above { get; set; }

    /// <summary>The names of this scope and what they stand for.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Lets a name of this scope stand for a value, which is above from here on.</summary>
    public void Add(string name, string value)
    {
        // The one input has its name without being declared, so that a layer may have taken it.
        if (_values.ContainsKey(name))
        {
            _twice.Add(name);
        }

        _values[name] = value;
        Above = value;
    }

    /// <summary>Lets a name stand for a value inside a block.</summary>
    public void AddInner(string name, string value) => _values[name] = value;

    /// <summary>The value a layer names; the one above where it names none, or, reported later, none that exists.</summary>
    /// <param name="name">The name; null or empty for the value above.</param>
    /// <param name="layer">The layer, for messages.</param>
    /// <param name="place">Where to report.</param>
    /// <param name="argument">The argument that holds the name.</param>
    public string? Resolve(string? name, string layer, Place place, string argument)
    {
        if (!string.IsNullOrEmpty(name) && _values.TryGetValue(name!, out string? value))
        {
            if (_twice.Contains(name!))
            {
                problems.Add(Problem.At(
                    place, DiagnosticDescriptors.UnknownValue, layer, argument, $"{Quoted(name!)} is the input and a layer; give the layer another name"));
            }

            return value;
        }

        if (!string.IsNullOrEmpty(name) || Above is null)
        {
            _unknown.Add(new Unknown(name ?? "", layer, place, argument, [.. _values.Keys]));
        }

        return Above;
    }

    /// <summary>The value that one of several names stands for; reported later, none that exists. It is no name where it is null.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="above">The value that <c>""</c> stands for.</param>
    /// <param name="layer">The layer, for messages.</param>
    /// <param name="place">Where to report.</param>
    /// <param name="argument">The argument that holds the name.</param>
    public string? ResolveElement(string? name, string? above, string layer, Place place, string argument)
    {
        if (name is null)
        {
            _unknown.Add(new Unknown(null, layer, place, argument, [.. _values.Keys]));
            return null;
        }

        return name.Length == 0 ? above : Resolve(name, layer, place, argument);
    }

    /// <summary>Reports the names that stand for nothing, now that all are known.</summary>
    public void ReportUnknown()
    {
        foreach (Unknown unknown in _unknown)
        {
            problems.Add(unknown.Name is { } name && _values.ContainsKey(name)
                ? Problem.At(unknown.Place, DiagnosticDescriptors.ValueBelow, unknown.Layer, unknown.Argument, $"{Quoted(name)} {PlaceOf(name, unknown.Layer)}")
                : Problem.At(unknown.Place, DiagnosticDescriptors.UnknownValue, unknown.Layer, unknown.Argument, Describe(unknown)) with
                {
                    Replacement = unknown.Name is { } slip && NearestName.Of(slip, unknown.Above) is { } meant ? Quoted(meant) : null,
                });
        }
    }

    private static string Describe(Unknown unknown) => unknown.Name?.Length == 0 || unknown.Above.Length == 0
        ? "there is nothing above"
        : $"{(unknown.Name is { } name ? Quoted(name) : "null")} is none of {NameList.Of(unknown.Above)}";

    // A layer's own name, behind those of the blocks around it, has no slash.
    private static string PlaceOf(string name, string layer) =>
        layer.Substring(layer.LastIndexOf('/') + 1) == name ? "is the layer itself" : "stands below";

    private static string Quoted(string name) => SymbolDisplay.FormatLiteral(name, quote: true);

    /// <summary>A reference that has not been resolved.</summary>
    /// <param name="Name">What it names; empty for the value above, null where it is no name.</param>
    /// <param name="Layer">The layer, for messages.</param>
    /// <param name="Place">Where to report.</param>
    /// <param name="Argument">The argument that holds the name.</param>
    /// <param name="Above">The names there are.</param>
    private sealed record Unknown(string? Name, string Layer, Place Place, string Argument, string[] Above);
}
