using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Unroll.Generator.Tests;

/// <summary>What the build gives the compiler in place of a weights file.</summary>
internal sealed partial class WeightsText : AdditionalText
{
    private readonly SourceText _text;

    /// <param name="path">Of the weights file in the project.</param>
    /// <param name="tensors">As <c>dotnet unroll inspect</c> lists them, <c>dense1/kernel  F32  [4, 3]</c>; anything else is what is wrong with the file.</param>
    public WeightsText(string path, params string[] tensors)
    {
        Path = $"/project/obj/unroll/{path}.header";
        _text = SourceText.From(string.Concat(new[] { "Unroll weights header 1", path, $"Unroll.Weights/{path}" }.Concat(tensors.Select(Line)).Select(static line => line + "\n")));
    }

    public override string Path { get; }

    /// <summary>The files that a help page shows, each in a block <c>```text PATH</c>.</summary>
    public static AdditionalText[] In(string page) =>
    [
        .. Block().Matches(page).Select(static block => new WeightsText(
            block.Groups[1].Value, block.Groups[2].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))),
    ];

    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;

    private static string Line(string listed) => Tensor().Match(listed) is { Success: true, Groups: var parts }
        ? $"{parts[2].Value} {parts[3].Value.Replace(" ", "", StringComparison.Ordinal)} {parts[1].Value}"
        : $"fault {listed}";

    [GeneratedRegex(@"^(\S+) +([A-Z0-9]+) +\[([0-9, ]*)\]$")]
    private static partial Regex Tensor();

    [GeneratedRegex(@"```text (\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
