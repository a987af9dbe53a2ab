using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Unroll.Generator.Tests;
using Unroll.Tests;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>Annotated classes, compiled once as a consumer's release build would, and loaded once for every machine they run on.</summary>
internal sealed class NetworkLibrary
{
    /// <summary>The namespace the classes of <see cref="NetworkLibrary"/> stand in.</summary>
    public const string Namespace = "Nets";

    private readonly Lazy<Compiled> _compiled;
    private readonly ConcurrentDictionary<Machine, Lazy<Assembly>> _loaded = new();

    /// <param name="source">The classes, without namespace and usings.</param>
    /// <param name="level">Of the build.</param>
    /// <param name="checksOverflow">Whether the consumer's arithmetic of whole numbers is checked.</param>
    public NetworkLibrary(string source, OptimizationLevel level = OptimizationLevel.Release, bool checksOverflow = false)
    {
        _compiled = new Lazy<Compiled>(() => Compile($"using Unroll;\nnamespace {Namespace};\n{source}", level, checksOverflow, Machines));
    }

    public NetworkLibrary(params Blueprint[] blueprints)
        : this(string.Join("\n", blueprints.Select(static blueprint => blueprint.Source)))
    {
    }

    /// <summary>Whose kernels the networks have; unless stated, those of <see cref="Machines.Tested"/>.</summary>
    public Machine[] Machines { get; init; } = Harness.Machines.Tested;

    /// <summary>The generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => _compiled.Value.Files;

    public Model Create(string name, Machine machine, int seed = 1) => Create(TypeOf(name, machine), seed);

    /// <summary>A network whose own checks choose the machine.</summary>
    public Model CreateUnforced(string name, int seed = 1) => Create(Load(_compiled.Value.Plain, "unforced").GetType($"{Namespace}.{name}")!, seed);

    public Type TypeOf(string name, Machine machine)
    {
        Harness.Machines.Require(machine);
        if (!Machines.Contains(machine))
        {
            SlowTests.Require("The kernels of every machine are compiled");
        }

        Assembly assembly = _loaded.GetOrAdd(machine, key => new Lazy<Assembly>(() => LoadFor(key))).Value;
        return assembly.GetType($"{Namespace}.{name}") ?? throw new ArgumentException($"There is no class {name}.");
    }

    /// <summary>The methods of the emitted kernels and schedules.</summary>
    public IEnumerable<MethodInfo> GeneratedMethods() => LoadFor(Harness.Machines.Widest).GetTypes()
        .Where(static type => type.Namespace == "Unroll.Generated")
        .SelectMany(static type => type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(static method => !method.IsAbstract);

    private static Model Create(Type type, int seed) => (Model)Activator.CreateInstance(type, (int?)seed)!;

    private Assembly LoadFor(Machine machine)
    {
        Assembly assembly = Load(_compiled.Value.Forced, machine.ToString());
        assembly.GetType(ForcedMachines.TypeName)!.GetField("Choice")!.SetValue(null, Array.IndexOf(Machines, machine));
        return assembly;
    }

    private static Assembly Load(byte[] image, string name) => new AssemblyLoadContext(name).LoadFromStream(new MemoryStream(image));

    private static Compiled Compile(string source, OptimizationLevel level, bool checksOverflow, Machine[] machines)
    {
        CSharpCompilation consumer = GeneratorHarness.Compilation(source);
        consumer = consumer.WithOptions(consumer.Options.WithOptimizationLevel(level).WithOverflowChecks(checksOverflow));
        GeneratorOutcome outcome = GeneratorHarness.Run(
            consumer,
            GeneratorHarness.Driver(new BuildProperty("UnrollMachines", string.Join(',', machines))));
        Assert.Empty(outcome.Reported.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var compilation = (CSharpCompilation)outcome.Compilation;
        return new Compiled(
            outcome.Sources.ToDictionary(static file => file.HintName, static file => file.SourceText.ToString()),
            new Lazy<byte[]>(() => Emit(compilation)),
            Emit(ForcedMachines.In(compilation, machines)));
    }

    private static byte[] Emit(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return image.ToArray();
    }

    private sealed record Compiled(IReadOnlyDictionary<string, string> Files, Lazy<byte[]> PlainImage, byte[] Forced)
    {
        public byte[] Plain => PlainImage.Value;
    }
}
