using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>The names of the parts that stand beside each other in a network or in one use of a block.</summary>
internal sealed class LayerNames(string prefix, ICollection<Problem> problems)
{
    private readonly Dictionary<string, int> _countByKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ownerByName = new(StringComparer.Ordinal);

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
    /// <param name="kind">What messages call the part: Layer, Input or Output.</param>
    /// <param name="defaultName">The name that it has in messages.</param>
    public string? Usable(string? given, int position, string argument, string kind, string defaultName)
    {
        if (given is null || (given.Length > 0 && given.All(static character => char.IsLetterOrDigit(character) || character == '_')))
        {
            return given;
        }

        string usable = string.Concat(given.Trim().Select(static character => char.IsLetterOrDigit(character) ? character : '_'));
        problems.Add(Problem.At(
            Place.Layer(position, argument),
            DiagnosticDescriptors.UnusableName,
            $"{kind} {prefix}{defaultName}",
            argument,
            SymbolDisplay.FormatLiteral(given, quote: true)) with
        {
            Replacement = usable.Any(char.IsLetterOrDigit) ? SymbolDisplay.FormatLiteral(usable, quote: true) : null,
        });
        return null;
    }

    /// <summary>Takes a name that no attribute gives.</summary>
    /// <param name="name">With prefix.</param>
    public void Reserve(string name) => _ownerByName[name] = "the step that its block is applied to";

    /// <summary>Takes the name of a layer.</summary>
    /// <param name="name">With prefix.</param>
    /// <param name="position">Where to report a name that is taken.</param>
    public void Claim(string name, int position)
    {
        string ordinal = (Ordinal + 1).ToString(CultureInfo.InvariantCulture);
        Claim(name, position, "Name", "Layer", $"layer {ordinal}{(prefix.Length > 0 ? " of its block" : "")}");
    }

    /// <summary>Takes the name of an input.</summary>
    /// <param name="name">The name.</param>
    /// <param name="position">Where to report a name that is taken.</param>
    /// <returns>Whether it was free.</returns>
    public bool ClaimInput(string name, int position) => Claim(name, position, "name", "Input", "an input");

    private bool Claim(string name, int position, string argument, string kind, string owner)
    {
        if (_ownerByName.TryGetValue(name, out string? other))
        {
            problems.Add(Problem.At(Place.Layer(position, argument), DiagnosticDescriptors.DuplicateName, $"{kind} {name}", other));
            return false;
        }

        _ownerByName.Add(name, owner);
        return true;
    }
}
