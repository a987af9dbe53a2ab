using Unroll.Arguments;

namespace Unroll;

/// <summary>What a callback remembers from epoch to epoch, by name: for a training that goes on after an interruption.</summary>
/// <remarks>Written by <see cref="Callback.CaptureState"/>, read by <see cref="Callback.RestoreState"/>, kept by <see cref="BackupAndRestore"/>.</remarks>
public sealed class CallbackState
{
    private readonly Dictionary<string, float[]> _parts = [];

    internal CallbackState()
    {
    }

    internal IReadOnlyDictionary<string, float[]> Parts => _parts;

    /// <summary>Adds a number; whole ones up to 2²⁴ come back exactly.</summary>
    /// <exception cref="ArgumentException">The name is empty, or was added before.</exception>
    public void Add(string name, float value) => Add(name, [value]);

    /// <summary>Adds a number, or nothing where there is none.</summary>
    /// <exception cref="ArgumentException">The name is empty, or was added before.</exception>
    public void Add(string name, float? value)
    {
        if (value is float present)
        {
            Add(name, present);
        }
    }

    /// <summary>Adds an array, or nothing where there is none.</summary>
    /// <exception cref="ArgumentException">The name is empty, or was added before.</exception>
    public void Add(string name, float[]? values)
    {
        Require.NotEmpty(name);
        if (values is not null)
        {
            if (!_parts.TryAdd(name, values))
            {
                throw new ArgumentException($"The state of a callback has '{name}' already: give each value a name of its own.", nameof(name));
            }
        }
    }

    /// <summary>The number of a name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public float Number(string name) => OptionalNumber(name) ?? throw new InvalidDataException($"The backup of a callback has no '{name}'.");

    /// <summary>The number of a name; null if there is none.</summary>
    /// <exception cref="InvalidDataException">It is not one number.</exception>
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
