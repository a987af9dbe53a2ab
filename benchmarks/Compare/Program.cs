using System.Text.Json;
using Unroll.Benchmarks;

switch (args)
{
    case [ChildKind.Startup]:
        StartupTime.Run();
        return 0;
    case [ChildKind.Kernels, string settings]:
        WidthMeasurement.Run(JsonSerializer.Deserialize<Settings>(settings)!);
        return 0;
    case [ChildKind.Threads, string settings]:
        ThreadGain.Run(JsonSerializer.Deserialize<Settings>(settings)!);
        return 0;
    default:
        return CommandLine.Invoke(args, settings => Compare(settings, string.Join(' ', args)));
}

static void Compare(Settings settings, string arguments)
{
    ProcessorChoice.Pin(settings.Processors);
    var report = new Report();
    Machine.Describe(report, settings, arguments);
    foreach (string section in settings.Sections)
    {
        Action<Settings, Report> run = section switch
        {
            Section.Dense => static (settings, report) => PeerComparison.Run("Dense networks", PeerRow.Dense, settings, report),
            Section.Images => static (settings, report) => PeerComparison.Run("Images and signals", PeerRow.Images, settings, report),
            Section.Sequences => static (settings, report) => PeerComparison.Run("Sequences", PeerRow.Sequences, settings, report),
            Section.Epochs => EpochShare.Run,
            Section.Kernels => KernelEfficiency.Run,
            Section.Features => FeatureCost.Run,
            Section.Precision => RoundedGain.Run,
            Section.Streams => StreamSteps.Run,
            _ => SteadyState.Run,
        };
        run(settings, report);
    }

    if (settings.Markdown is string path)
    {
        report.Save(path);
    }
}
