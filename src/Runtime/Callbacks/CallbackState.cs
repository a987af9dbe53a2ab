namespace Unroll;

/// <summary>What a callback remembers from epoch to epoch, by name: for a training that goes on after an interruption.</summary>
internal sealed class CallbackState
{
    private readonly Dictionary<string, float[]> _parts = [];

    public IReadOnlyDictionary<string, float[]> Parts => _parts;

    public void Add(string name, float value) => _parts.Add(name, [value]);

    /// <summary>Leaves out what there is not.</summary>
    public void Add(string name, float? value)
    {
        if (value is float present)
        {
            Add(name, present);
        }
    }

    /// <inheritdoc cref="Add(string, float?)"/>
    public void Add(string name, float[]? values)
    {
        if (values is not null)
        {
            _parts.Add(name, values);
        }
    }

    public float Number(string name) => OptionalNumber(name) ?? throw new InvalidDataException($"The backup of a callback has no '{name}'.");

    public float? OptionalNumber(string name) => Values(name, count: 1)?[0];

    /// <summary>The values of a name; null if there are none.</summary>
    /// <exception cref="InvalidDataException">There are not <paramref name="count"/>.</exception>
    public float[]? Values(string name, int count)
    {
        float[]? values = _parts.GetValueOrDefault(name);
        return values is null || values.Length == count
            ? values
            : throw new InvalidDataException($"The backup of a callback has {values.Length} values of '{name}', not {count}.");
    }
}
