using System.Text.Json;

namespace Unroll.Data;

/// <summary>The JSON form of a <see cref="TableEncoder"/>.</summary>
internal sealed record TableEncoderFile
{
    private const string KnownFormat = "unroll-table-encoder";
    private const int KnownVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required string Missing { get; init; }

    public required EncodedColumn[] Features { get; init; }

    public required EncodedColumn[] Targets { get; init; }

    public static void Write(Stream stream, EncodedColumn[] features, EncodedColumn[] targets, MissingValues missing)
    {
        var file = new TableEncoderFile
        {
            Format = KnownFormat,
            Version = KnownVersion,
            Missing = missing.ToString(),
            Features = features,
            Targets = targets,
        };
        JsonSerializer.Serialize(stream, file, TableEncoderJson.Default.TableEncoderFile);
    }

    /// <exception cref="InvalidDataException">The content is not what <see cref="Write"/> writes.</exception>
    public static TableEncoder Read(Stream stream, string name)
    {
        TableEncoderFile? file;
        try
        {
            file = JsonSerializer.Deserialize(stream, TableEncoderJson.Default.TableEncoderFile);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"{name}: expected a table encoder as {nameof(TableEncoder)}.{nameof(TableEncoder.Save)} "
                + $"writes it, but found other content at line {damage.LineNumber + 1}. {ReasonOf(damage)}", damage);
        }

        return file?.FindFault() is string fault || file is null
            ? throw new InvalidDataException($"{name}: expected a table encoder, but {file?.FindFault() ?? "found null"}.")
            : new TableEncoder(file.Features, file.Targets, Enum.Parse<MissingValues>(file.Missing));
    }

    // Behind the reason stands the path of property names, as long as the file has them.
    private static string ReasonOf(JsonException damage) => damage.Message.Split(" Path: ")[0];

    private string? FindFault()
    {
        if (Format != KnownFormat || Version != KnownVersion)
        {
            return $"found format {CellText.Show(Format)}, version {Version}, instead of {KnownFormat}, version {KnownVersion}";
        }

        if (!Enum.GetNames<MissingValues>().Contains(Missing))
        {
            return $"found {CellText.Show(Missing)} for missing values";
        }

        if (Features is not { Length: > 0 } || Targets is null || Features.Concat(Targets).Any(static column => column is null))
        {
            return "it has no features, or a column is null";
        }

        IEnumerable<string?> faults = Features.Concat(Targets).Select(static column => column.FindFault());
        return FindTwice(Features) ?? FindTwice(Targets) ?? faults.FirstOrDefault(static fault => fault is not null);
    }

    private static string? FindTwice(EncodedColumn[] columns)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return columns.FirstOrDefault(column => column.Name is not null && !names.Add(column.Name)) is EncodedColumn twice
            ? $"column {CellText.Show(twice.Name)} is there twice"
            : null;
    }
}
