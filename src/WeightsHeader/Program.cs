using System.Globalization;
using System.Text;
using Unroll.Serialization;

namespace Unroll.WeightsHeader;

/// <summary>Writes what the generator has to know of a weights file as text, which is all that a generator is given to read.</summary>
internal static class Program
{
    /// <param name="arguments">The weights file, the path by which a network names it, its name as a resource, and the file to write.</param>
    public static int Main(string[] arguments)
    {
        if (arguments is not [string file, string path, string resource, string output])
        {
            Console.Error.WriteLine("usage: Unroll.WeightsHeader FILE PATH RESOURCE OUTPUT");
            return 1;
        }

        string text = string.Join('\n', ["Unroll weights header 1", path, resource, .. Describe(file), ""]);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        File.WriteAllText(output, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return 0;
    }

    // A fault is text too: the generator knows which network it concerns, and where to report it.
    private static IEnumerable<string> Describe(string file)
    {
        try
        {
            using SafetensorsReader reader = SafetensorsReader.Open(file);
            return [.. reader.Entries.Select(Line)];
        }
        catch (InvalidDataException exception)
        {
            return [$"fault {OnOneLine(exception.Message.Replace($"{file}: ", "", StringComparison.Ordinal)).TrimEnd('.')}"];
        }
    }

    private static string Line(SafetensorsEntry tensor) =>
        $"{OnOneLine(tensor.DataTypeName).Replace(' ', '_')} {string.Join(',', tensor.Shape.Select(static size => size.ToString(CultureInfo.InvariantCulture)))} {OnOneLine(tensor.Name)}";

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");
}
