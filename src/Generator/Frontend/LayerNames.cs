using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>The names of the parts that stand beside each other in a network or in one use of a block.</summary>
internal sealed class LayerNames(string prefix, ICollection<Problem> problems)
{
    private readonly Dictionary<string, int> _countByKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ordinalByName = new(StringComparer.Ordinal);

    /// <summary>The attribute being read, counted from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>The default name of the next layer of a kind, without prefix.</summary>
    /// <remarks>Counting named layers too keeps the others' names, and with them saved weights, when one layer is given a name.</remarks>
    public string Next(string kind)
    {
        _countByKind.TryGetValue(kind, out int before);
        _countByKind[kind] = before + 1;
        return kind + (before + 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The name that a part is given, without prefix; null where there is none, or, reported, none that can be used.</summary>
    /// <param name="given">What its argument says.</param>
    /// <param name="position">Where to report.</param>
    /// <param name="argument">The argument.</param>
    /// <param name="defaultName">What messages call the part.</param>
    public string? Usable(string? given, int position, string argument, string defaultName)
    {
        if (given is null || (given.Length > 0 && given.All(static character => char.IsLetterOrDigit(character) || character == '_')))
        {
            return given;
        }

        string usable = string.Concat(given.Trim().Select(static character => char.IsLetterOrDigit(character) ? character : '_'));
        problems.Add(Problem.At(
            Place.Layer(position, argument),
            DiagnosticDescriptors.UnusableName,
            prefix + defaultName,
            SymbolDisplay.FormatLiteral(given, quote: true)) with
        {
            Replacement = usable.Any(char.IsLetterOrDigit) ? SymbolDisplay.FormatLiteral(usable, quote: true) : null,
        });
        return null;
    }

    /// <summary>Takes a name that no attribute gives.</summary>
    /// <param name="name">With prefix.</param>
    public void Reserve(string name) => _ordinalByName[name] = -1;

    /// <param name="name">With prefix.</param>
    /// <param name="position">Where to report a name that is taken.</param>
    /// <param name="argument">The argument that gives the name.</param>
    public void Claim(string name, int position, string argument = "Name")
    {
        if (!_ordinalByName.TryGetValue(name, out int first))
        {
            _ordinalByName.Add(name, Ordinal);
            return;
        }

        string other = first < 0 ? "the step that its block is applied to" : "layer " + (first + 1).ToString(CultureInfo.InvariantCulture) + (prefix.Length > 0 ? " of its block" : "");
        problems.Add(Problem.At(Place.Layer(position, argument), DiagnosticDescriptors.DuplicateName, name, other));
    }
}
