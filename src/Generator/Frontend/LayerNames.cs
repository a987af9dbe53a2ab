using System.Globalization;
using Unroll.Generator.Diagnostics;

namespace Unroll.Generator.Frontend;

/// <summary>The names of the layers that stand beside each other in a network or in one use of a block.</summary>
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

    /// <param name="name">With prefix.</param>
    /// <param name="position">Where to report a name that is taken.</param>
    public void Claim(string name, int position)
    {
        if (!_ordinalByName.TryGetValue(name, out int first))
        {
            _ordinalByName.Add(name, Ordinal);
            return;
        }

        string other = "layer " + (first + 1).ToString(CultureInfo.InvariantCulture) + (prefix.Length > 0 ? " of its block" : "");
        problems.Add(Problem.At(Place.Layer(position, "Name"), DiagnosticDescriptors.DuplicateName, name, other));
    }
}
