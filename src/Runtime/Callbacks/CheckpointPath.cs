using System.Text;
using Unroll.Arguments;

namespace Unroll.Callbacks;

/// <summary>A path with placeholders such as <c>{epoch:02d}</c> and <c>{val_loss:.2f}</c>.</summary>
internal sealed class CheckpointPath
{
    private readonly List<(string Text, string Name, NumberFormat Format)> _parts = [];
    private readonly string _rest;

    /// <exception cref="ArgumentException">A brace is left open, or a format is not one for what it formats.</exception>
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
            string format = placeholder.Length == 2 ? placeholder[1] : "";
            NumberFormat parsed = NumberFormat.TryParse(format, isWhole: placeholder[0] is "epoch" or "batch")
                ?? throw new ArgumentException(
                    $"'{format}' is not a format for '{{{placeholder[0]}}}' in the path. Formats are those of Keras, as 02d and .3f, and of .NET, "
                    + $"as 000, 0.00 and F3, at most {NumberFormat.MostDigits} characters wide; epoch and batch are whole numbers, all else is not.",
                    "path");
            _parts.Add((rest[..open], placeholder[0], parsed));
            rest = rest[(close + 1)..];
        }

        _rest = rest;
    }

    /// <summary>The path at this moment of training.</summary>
    /// <exception cref="ArgumentException">A placeholder names nothing in the logs.</exception>
    public string For(TrainingContext context)
    {
        var path = new StringBuilder();
        foreach ((string text, string name, NumberFormat format) in _parts)
        {
            path.Append(text).Append(name switch
            {
                "epoch" => format.Format(context.Epoch + 1),
                "batch" => format.Format(context.Batch + 1),
                _ when context.Logs.TryGet(name, out float value) => format.Format(value),
                _ => throw new ArgumentException(
                    $"The path names '{{{name}}}', but there are only epoch, batch, {NameList.Of(context.Logs.Names)}.", "path"),
            });
        }

        return path.Append(_rest).ToString();
    }
}
