using System.Globalization;
using System.Text;

namespace Unroll;

/// <summary>A path with placeholders such as <c>{epoch:02d}</c> and <c>{val_loss:.2f}</c>.</summary>
internal sealed class CheckpointPath
{
    private readonly List<(string Text, string Name, string Format)> _parts = [];
    private readonly string _rest;

    public CheckpointPath(string template)
    {
        string rest = template;
        for (int open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            int close = rest.IndexOf('}', open);
            if (close < 0)
            {
                throw new ArgumentException($"The path has a '{{' without a '}}': {template}", "path");
            }

            string[] placeholder = rest[(open + 1)..close].Split(':', 2);
            _parts.Add((rest[..open], placeholder[0], placeholder.Length == 2 ? placeholder[1] : ""));
            rest = rest[(close + 1)..];
        }

        _rest = rest;
    }

    /// <summary>The path at this moment of training.</summary>
    /// <exception cref="ArgumentException">A placeholder names nothing in the logs, or its format is not one.</exception>
    public string For(TrainingContext context)
    {
        var path = new StringBuilder();
        foreach ((string text, string name, string format) in _parts)
        {
            path.Append(text).Append(Value(name, format, context));
        }

        return path.Append(_rest).ToString();
    }

    private static string Value(string name, string format, TrainingContext context)
    {
        try
        {
            string dotNetFormat = Translated(format);
            return name switch
            {
                "epoch" => (context.Epoch + 1).ToString(dotNetFormat, CultureInfo.InvariantCulture),
                "batch" => (context.Batch + 1).ToString(dotNetFormat, CultureInfo.InvariantCulture),
                _ when context.Logs.TryGet(name, out float value) => value.ToString(dotNetFormat, CultureInfo.InvariantCulture),
                _ => throw new ArgumentException(
                    $"The path names '{{{name}}}', but there are only epoch, batch, {NameList.Of(context.Logs.Names)}.", "path"),
            };
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"'{format}' is not a format for '{{{name}}}' in the path.", "path", exception);
        }
    }

    // Python's 02d and .3f are D2 and F3.
    private static string Translated(string format)
    {
        if (format.EndsWith('d') && int.TryParse(format[..^1], CultureInfo.InvariantCulture, out int digits))
        {
            return string.Create(CultureInfo.InvariantCulture, $"D{digits}");
        }

        return format.StartsWith('.') && format.EndsWith('f') ? $"F{format[1..^1]}" : format;
    }
}
