using System.Globalization;
using System.Numerics;
using Unroll.Serialization;

namespace Unroll.Fitting;

/// <summary>The entries of a backup's metadata.</summary>
internal sealed class BackupNumbers(string file, IReadOnlyDictionary<string, string> metadata)
{
    /// <exception cref="InvalidDataException">The entry is missing, or not a finite number that is not negative.</exception>
    public T Read<T>(string name)
        where T : struct, INumber<T> =>
        T.TryParse(Text(name), CultureInfo.InvariantCulture, out T value) && value >= T.Zero && T.IsFinite(value)
            ? value
            : throw new InvalidDataException($"{file} is no backup of a training: its '{name}' is {MessageText.Quote(Text(name))}.");

    /// <exception cref="InvalidDataException">The entry is missing or says something else.</exception>
    public void Require(string name, string expected)
    {
        if (Text(name) != expected)
        {
            throw new InvalidDataException(
                $"{file} is a backup of another training: its {name.Replace('_', ' ')} is '{MessageText.Cut(Text(name), 300)}', "
                + $"not '{expected}'. Delete the backup to begin anew.");
        }
    }

    /// <exception cref="InvalidDataException">The entry is missing.</exception>
    public string Text(string name) => metadata.TryGetValue(name, out string? text)
        ? text
        : throw new InvalidDataException($"{file} is no backup of a training: it has no '{name}'.");
}
