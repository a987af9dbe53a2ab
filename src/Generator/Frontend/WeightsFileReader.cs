using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>
/// Reads what the build writes about each weights file. A generator sees additional files as text and may read no others, and a weights file
/// is none: the build replaces it by its header in this form.
/// </summary>
internal static class WeightsFileReader
{
    /// <summary>How the names of such files end.</summary>
    public const string Ending = ".safetensors.header";

    // One line each: this, the path, the resource, then the tensors, or a fault.
    private const string Mark = "Unroll weights header 1";
    private const string FaultMark = "fault ";

    public static bool IsCandidate(AdditionalText file) => file.Path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase);

    /// <returns>Null where it is another file.</returns>
    public static WeightsFile? Read(AdditionalText file, CancellationToken cancellationToken) =>
        file.GetText(cancellationToken) is { } text ? Read(text) : null;

    private static WeightsFile? Read(SourceText text)
    {
        string[] lines = text.ToString().Split('\n');
        if (lines.Length < 3 || lines[0] != Mark)
        {
            return null;
        }

        string[] rest = [.. lines.Skip(3).Where(static line => line.Length > 0)];
        string? fault = rest.Length > 0 && rest[0].StartsWith(FaultMark, StringComparison.Ordinal) ? rest[0].Substring(FaultMark.Length) : null;
        return new WeightsFile(lines[1], lines[2], fault, (fault is null ? rest : []).Select(Tensor).ToEquatableArray());
    }

    // Type, sizes and, last, the name, which may hold spaces: F32 784,128 dense1/kernel.
    private static WeightsTensor Tensor(string line)
    {
        string[] parts = line.Split([' '], 3);
        return new WeightsTensor(
            parts[2],
            parts[0],
            parts[1].Split([','], StringSplitOptions.RemoveEmptyEntries).Select(static size => int.Parse(size, CultureInfo.InvariantCulture)).ToEquatableArray());
    }
}
