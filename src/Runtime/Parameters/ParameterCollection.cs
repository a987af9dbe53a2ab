using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Unroll.Arguments;

namespace Unroll;

/// <summary>The parameters of a model in layer order, by position or by name: <c>model.Parameters["dense1/kernel"]</c>.</summary>
public sealed class ParameterCollection : IReadOnlyList<Parameter>
{
    private readonly Parameter[] _parameters;
    private readonly Dictionary<string, Parameter> _byName;

    internal ParameterCollection(IEnumerable<Parameter> parameters)
    {
        _parameters = [.. parameters];
        _byName = _parameters.ToDictionary(static parameter => parameter.Name, StringComparer.Ordinal);
    }

    /// <summary>How many there are.</summary>
    public int Count => _parameters.Length;

    /// <summary>The parameter at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none; the message says how many there are.</exception>
    public Parameter this[int index] => (uint)index < (uint)_parameters.Length
        ? _parameters[index]
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, $"There is no parameter at this position: the model has {_parameters.Length}, counted from 0.");

    /// <summary>The parameter of a name: <c>dense1/kernel</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those there are.</exception>
    public Parameter this[string name] => TryGet(name, out Parameter? parameter)
        ? parameter
        : throw new KeyNotFoundException($"There is no parameter '{NameList.Shortened(name)}': {NameList.Of(_byName.Keys)}.");

    /// <summary>The parameter of a name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out Parameter? parameter) => _byName.TryGetValue(name, out parameter);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => _parameters.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line a parameter: name and shape.</summary>
    public override string ToString() => string.Join('\n', _parameters.AsEnumerable());
}
