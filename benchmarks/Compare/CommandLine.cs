using System.CommandLine;

namespace Unroll.Benchmarks;

/// <summary>The options of the program.</summary>
internal static class CommandLine
{
    private static readonly string[] s_sections =
        [Section.Dense, Section.Images, Section.Sequences, Section.Epochs, Section.Kernels, Section.Features, Section.Precision, Section.Steady, Section.Streams];

    private static readonly Option<int> s_threads = new("--threads")
    {
        Description = "Threads of every side.",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<int[]> s_processors = new("--cpu")
    {
        Description = "Processors to stay on, numbered from 0 (Linux, Windows); the measurement of two threads uses all.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    private static readonly Option<int> s_turns = new("--turns") { Description = "Turns of each comparison; 15, or 1 with --quick." };

    private static readonly Option<double> s_seconds = new("--seconds")
    {
        Description = "About how long one measurement of one side takes; 0.05, or 0.01 with --quick.",
    };

    private static readonly Option<string[]> s_only = new Option<string[]>("--only")
    {
        Description = "Sections to run.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => s_sections,
    }.AcceptOnlyFromAmong(s_sections);

    private static readonly Option<bool> s_quick = new("--quick") { Description = "A smoke run: everything once, nothing to rely on." };

    private static readonly Option<bool> s_noPeers = new("--no-peers") { Description = "Without PyTorch, libtorch, ONNX Runtime and RTNeural." };

    private static readonly Option<DirectoryInfo> s_peers = new("--peers")
    {
        Description = "Folder of the peers' harnesses; benchmarks/peers of the clone.",
    };

    private static readonly Option<DirectoryInfo> s_data = new("--data")
    {
        Description = "Folder of MNIST's four IDX files; when it is not there, and with --quick, images are random. ../shared/data/mnist beside the clone.",
    };

    private static readonly Option<FileInfo> s_markdown = new("--markdown")
    {
        Description = "A file whose run is replaced by this one, such as docs/performance.md.",
    };

    public static int Invoke(string[] arguments, Action<Settings> run)
    {
        var root = new RootCommand("Measures Unroll against PyTorch, libtorch, ONNX Runtime, RTNeural and the limits of the processor, side by side.")
        {
            s_threads, s_processors, s_turns, s_seconds, s_only, s_quick, s_noPeers, s_peers, s_data, s_markdown,
        };
        s_processors.Validators.Add(static result =>
        {
            foreach (int processor in result.GetValueOrDefault<int[]>() ?? [])
            {
                if (!ProcessorChoice.Has(processor))
                {
                    result.AddError($"--cpu: this process has no processor {processor}.");
                }
            }
        });
        root.SetAction(result => run(SettingsOf(result)));
        return root.Parse(arguments).Invoke();
    }

    private static Settings SettingsOf(ParseResult result)
    {
        bool quick = result.GetValue(s_quick);
        string data = result.GetValue(s_data)?.FullName ?? Path.Join(CloneFolder(), "..", "shared", "data", "mnist");
        return new Settings
        {
            Threads = result.GetValue(s_threads),
            Processors = result.GetValue(s_processors)!,
            Turns = result.GetValue(s_turns) is int turns and > 0 ? turns : quick ? 1 : 15,
            Seconds = result.GetValue(s_seconds) is double seconds and > 0 ? seconds : quick ? 0.01 : 0.05,
            Quick = quick,
            Peers = !result.GetValue(s_noPeers),
            PeersFolder = result.GetValue(s_peers)?.FullName ?? Path.Join(CloneFolder(), "benchmarks", "peers"),
            DataFolder = !quick && Directory.Exists(data) ? Path.GetFullPath(data) : null,
            Markdown = result.GetValue(s_markdown)?.FullName,
            Sections = result.GetValue(s_only)!,
        };
    }

    private static string CloneFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Join(folder.FullName, "Compiler.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? Environment.CurrentDirectory;
    }
}
