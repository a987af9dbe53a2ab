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
