using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Unroll.Reports.Record;

/// <summary>Where, when and how a training ran.</summary>
internal sealed class RunFacts
{
    private readonly List<(string Name, string Value)> _rows = [];

    public IReadOnlyList<(string Name, string Value)> Rows => _rows;

    public static RunFacts Of(TrainingContext context, DateTimeOffset started)
    {
        var facts = new RunFacts();
        facts.Add("Started", started.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        facts.Add("Optimizer", context.Optimizer.ToString() ?? context.Optimizer.GetType().Name);
        facts.Add("Loss", string.Join(", ", context.Outputs.Select(output => context.Outputs.Count == 1 ? NameOf(output.Loss) : $"{output.Name}: {Weighted(output)}")));
        facts.Add("Metrics", string.Join(", ", context.Metrics.Select(static metric => metric.Name)));
        facts.Add("Epochs", Invariant(context.Epochs));
        facts.Add("Batch size", context.BatchSize == 0 ? "a sequence of batches" : Invariant(context.BatchSize));
        facts.Add("Seed", Invariant(context.Seed));
        facts.Add("Vectors", $"{Invariant(Model.VectorBits)} bits");
        facts.Add("Processor", ProcessorName());
        facts.Add("Cores", Invariant(Environment.ProcessorCount));
        facts.Add("Operating system", $"{RuntimeInformation.OSDescription} ({RuntimeInformation.OSArchitecture})");
        facts.Add("Runtime", RuntimeInformation.FrameworkDescription);
        facts.Add("Unroll", VersionOf(typeof(Model)));
        facts.Add("Unroll.Reports", VersionOf(typeof(RunFacts)));
        facts.Add("Command", Environment.CommandLine);
        return facts;
    }

    private static string Weighted(TrainingOutput output) =>
        output.Weight == 1f ? NameOf(output.Loss) : string.Create(CultureInfo.InvariantCulture, $"{output.Weight} · {NameOf(output.Loss)}");

    private static string NameOf(Loss loss) => loss.ToString() ?? loss.GetType().Name;

    private void Add(string name, string value) => _rows.Add((name, value));

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string ProcessorName()
    {
        const string Key = "model name";
        const string File = "/proc/cpuinfo";
        if (OperatingSystem.IsLinux() && System.IO.File.Exists(File))
        {
            string? line = System.IO.File.ReadLines(File).FirstOrDefault(static line => line.StartsWith(Key, StringComparison.Ordinal));
            if (line is not null)
            {
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
