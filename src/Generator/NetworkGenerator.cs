using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Emission;
using Unroll.Generator.Frontend;
using Unroll.Generator.Incremental;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator;

/// <summary>Wires the compiler into Roslyn: a cached branch for source, an uncached one for diagnostics.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class NetworkGenerator : IIncrementalGenerator
{
    private readonly NetworkCompilation _compile;

    /// <summary>Creates the generator.</summary>
    public NetworkGenerator()
        : this(NetworkCompiler.Compile)
    {
    }

    internal NetworkGenerator(NetworkCompilation compile)
    {
        _compile = compile;
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // One item per class with [Network]. It knows symbols, so nothing below may keep it.
        IncrementalValuesProvider<ParsedNetwork> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(MetadataNames.Network, NetworkParser.IsCandidate, NetworkParser.Parse)
            .Where(static network => network is not null)!;

        // What the build says about the project's weights files. A network keeps of it what concerns it, so the others stay as they are.
        IncrementalValueProvider<EquatableArray<WeightsFile>> weights = context.AdditionalTextsProvider
            .Where(WeightsFileReader.IsCandidate)
            .Select(WeightsFileReader.Read)
            .Where(static file => file is not null)
            .Collect()
            .Select(static (files, _) => files.OfType<WeightsFile>().ToEquatableArray());

        // The source branch: plain values from here on, so an edit elsewhere ends at its first step.
        IncrementalValueProvider<EquatableArray<string>> collisions = parsed
            .Where(static network => network.Header is not null)
            .Select(static (network, _) => network.Header!)
            .Collect()
            .Select(static (headers, _) => HintNames.Collisions(headers))
            .WithTrackingName(StepNames.HintCollisions);
        IncrementalValuesProvider<NetworkModel> models = parsed
            .Where(static network => network.Model is not null)
            .Select(static (network, _) => network.Model!)
            .WithTrackingName(StepNames.Model)
            .Combine(weights)
            .Select(static (pair, _) => pair.Left.With(pair.Right))
            .WithTrackingName(StepNames.Pretrained)
            .Combine(collisions)
            .Select(static (pair, _) => HintNames.Resolve(pair.Left, pair.Right));
        IncrementalValueProvider<EquatableArray<SimdMachine>> machines = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => BuildProperties.MachinesOf(options.GlobalOptions));
        IncrementalValuesProvider<CompiledNetwork> compiled = models
            .Combine(machines)
            .Select((pair, cancellationToken) => CompiledNetwork.From(pair.Left, pair.Right, _compile, cancellationToken))
            .WithTrackingName(StepNames.Compiled);
        IncrementalValueProvider<SharedKernels> shared = compiled
            .Select(static (network, _) => network.Code.Kernels)
            .Where(static kernels => kernels is not null)
            .Collect()
            .Select(static (kernels, _) => new SharedKernels(kernels.OfType<KernelSet>()));
        IncrementalValuesProvider<LinkedNetwork> linked = compiled
            .Combine(shared)
            .Select(static (pair, _) => pair.Left.Link(pair.Right))
            .WithTrackingName(StepNames.Linked);
        IncrementalValuesProvider<RejectedNetwork> rejected = parsed
            .Where(static network => network.Rejected is not null)
            .Select(static (network, _) => network.Rejected!)
            .WithTrackingName(StepNames.Rejected)
            .Combine(collisions)
            .Select(static (pair, _) => HintNames.Resolve(pair.Left, pair.Right));

        context.RegisterSourceOutput(linked, static (output, network) => AddFiles(output, network.Files));
        context.RegisterSourceOutput(rejected, static (output, network) => AddFiles(output, RejectedNetworkEmitter.Emit(network)));

        // On request, the graphs beside the source: -p:UnrollDump=true.
        IncrementalValueProvider<bool> isDumping = context.AnalyzerConfigOptionsProvider.Select(static (options, _) => BuildProperties.IsDumping(options.GlobalOptions));
        context.RegisterSourceOutput(models.Combine(isDumping), static (output, pair) =>
        {
            if (pair.Right)
            {
                AddFiles(output, NetworkCompiler.Dump(pair.Left, output.CancellationToken));
            }
        });

        // The diagnostics branch: real locations, so that #pragma and .editorconfig apply; runs at every edit.
        IncrementalValueProvider<ImmutableArray<InternalFailure>> failures = compiled
            .Where(static network => network.Failure is not null)
            .Select(static (network, _) => network.Failure!)
            .Collect();
        context.RegisterSourceOutput(
            parsed.Combine(weights).Select(static (pair, _) => pair.Left with { Model = pair.Left.Model?.With(pair.Right) }).Combine(failures),
            static (output, pair) => Report(output, pair.Left, pair.Right));
    }

    private static void AddFiles(SourceProductionContext output, IEnumerable<GeneratedFile> files)
    {
        foreach (GeneratedFile file in files)
        {
            output.AddSource(file.HintName, SourceText.From(file.Source, Encoding.UTF8));
        }
    }

    private static void Report(SourceProductionContext output, ParsedNetwork network, ImmutableArray<InternalFailure> failures)
    {
        // A block used twice has each of its problems twice.
        var reported = new HashSet<(string Id, Location Location)>();
        foreach (Problem problem in ProblemCollector.Collect(network, failures))
        {
            Location location = network.Locator.Locate(problem.Place);
            if (reported.Add((problem.Id, location)))
            {
                output.ReportDiagnostic(problem.ToDiagnostic(location));
            }
        }
    }
}
