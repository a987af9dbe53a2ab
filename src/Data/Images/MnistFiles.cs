using System.Text.RegularExpressions;

namespace Unroll.Data;

/// <summary>Finds the four files of MNIST and its relatives in a directory, under the names they are published and unpacked with.</summary>
internal sealed partial class MnistFiles
{
    public const string Expected =
        "Expected the four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte there, "
        + "each with or without .gz; dots in place of dashes, test in place of t10k and a common prefix, such as emnist-letters-, will do.";

    // Where torchvision puts the files under the folder it is given.
    private static readonly string[] s_places = ["", "raw", Path.Combine("MNIST", "raw")];

    private readonly string _directory;
    private readonly List<(string Prefix, string Kind, string Path)> _found = [];

    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
    /// <exception cref="InvalidDataException">There are files of several data sets.</exception>
    public MnistFiles(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"The directory '{directory}' does not exist. {Expected}");
        }

        _directory = s_places.Select(place => Path.Combine(directory, place)).FirstOrDefault(HasAny) ?? directory;
        foreach (string path in Candidates(_directory))
        {
            if (NamePattern().Match(Path.GetFileName(path)) is { Success: true } name)
            {
                string part = name.Groups["part"].ValueSpan is "train" ? "train" : "t10k";
                _found.Add((name.Groups["prefix"].Value, part + (name.Groups["labels"].Success ? "-labels-idx1-ubyte" : "-images-idx3-ubyte"), path));
            }
        }

        string[] prefixes = [.. _found.Select(static file => file.Prefix).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (prefixes.Length > 1)
        {
            throw new InvalidDataException(
                $"The directory '{_directory}' has the files of {prefixes.Length} data sets, with the prefixes {CellText.ShowAll(prefixes)}; "
                + "put those of one into a directory of its own.");
        }
    }

    /// <summary>The path of one of the four, which is named as MNIST's.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public string Find(string kind)
    {
        // The plain file before the gzipped one beside it.
        return _found.Where(file => file.Kind == kind).Select(static file => file.Path).OrderBy(static path => path.Length).FirstOrDefault()
            ?? throw new FileNotFoundException(
                $"The directory '{_directory}' has no file '{kind}' or '{kind}.gz'. {Expected}", Path.Combine(_directory, kind));
    }

    private static bool HasAny(string directory) =>
        Directory.Exists(directory) && Candidates(directory).Any(static path => NamePattern().IsMatch(Path.GetFileName(path)));

    // Some unpackers put each file into a folder of its name.
    private static IEnumerable<string> Candidates(string directory) => Directory.GetFiles(directory).Concat(
        Directory.GetDirectories(directory).Where(static folder => NamePattern().IsMatch(Path.GetFileName(folder))).SelectMany(Directory.GetFiles));

    [GeneratedRegex(
        @"^(?<prefix>.*?)(?<part>train|t10k|test)[-._]((?<images>images[-._]idx3)|(?<labels>labels[-._]idx1))[-._]ubyte(\.gz)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex NamePattern();
}
