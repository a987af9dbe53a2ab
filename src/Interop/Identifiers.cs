using System.Text;

namespace Unroll.Interop;

/// <summary>Names of files, layers and models as C# takes them.</summary>
internal static class Identifiers
{
    /// <summary>Words in Pascal case: <c>my-model.v2</c> gives <c>MyModelV2</c>.</summary>
    public static string Pascal(string text)
    {
        var name = new StringBuilder();
        bool starts = true;
        foreach (char character in text)
        {
            if (!char.IsLetterOrDigit(character))
            {
                starts = true;
                continue;
            }

            name.Append(starts ? char.ToUpperInvariant(character) : character);
            starts = false;
        }

        return name.Length > 0 && char.IsLetter(name[0]) ? name.ToString() : "Model" + name;
    }

    /// <summary>The class of an imported file.</summary>
    /// <exception cref="ArgumentException">Its name or its namespace is none in C#.</exception>
    public static string Class(string path, string? className, string? nameSpace)
    {
        string name = className ?? Pascal(Path.GetFileNameWithoutExtension(path));
        Check(name, nameof(className));
        foreach (string part in nameSpace?.Split('.') ?? [])
        {
            Check(part, nameof(nameSpace));
        }

        return name;
    }

    /// <summary>A layer's name with letters, digits and underscores alone.</summary>
    public static string Layer(string text)
    {
        string name = string.Concat(text.Select(static character => char.IsLetterOrDigit(character) ? character : '_'));
        return name.Any(char.IsLetterOrDigit) ? name : "layer" + name;
    }

    /// <summary>The beginning that names of layers in one module have in common: <c>cnn</c> of <c>cnn.0</c> and <c>cnn.3</c>; null where there is none.</summary>
    public static string? Common(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return null;
        }

        string first = names[0];
        int end = names.Min(name => first.Zip(name).TakeWhile(static pair => pair.First == pair.Second).Count());
        bool isWhole = names.All(name => name.Length == end || !char.IsLetterOrDigit(name[end]));
        int cut = isWhole ? end : first[..end].LastIndexOfAny(['.', '_', '/']);
        return cut > 0 && first[..cut].Any(char.IsLetter) ? first[..cut].TrimEnd('.', '_', '/') : null;
    }

    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_') && text.All(static character => char.IsLetterOrDigit(character) || character == '_');

    /// <summary>The class as Keras writes it in paths: <c>PReLU</c> gives <c>p_re_lu</c>.</summary>
    public static string SnakeCase(string className)
    {
        var name = new StringBuilder();
        for (int i = 0; i < className.Length; i++)
        {
            char character = className[i];
            bool startsWord = char.IsUpper(character) && i > 0
                && (char.IsLower(className[i - 1]) || (i + 1 < className.Length && char.IsLower(className[i + 1])));
            if (startsWord)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(character));
        }

        return name.ToString();
    }

    private static void Check(string name, string argument)
    {
        if (!IsIdentifier(name))
        {
            throw new ArgumentException($"'{name}' is no name in C#: letters, digits and underscores, not beginning with a digit.", argument);
        }
    }
}
