using Unroll.Deployment.Tests.Harness;
using Unroll.Serialization;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A model's file becomes a class with its weights in the assembly while a consumer is built.</summary>
public sealed class ModelInBuildTests(PackageFeed feed)
{
    private const string Program = """
        using Unroll;
        Console.WriteLine(string.Join(' ', Gate.Pretrained.Predict([0, 0, 0, 1, 1, 0, 1, 1])));
        Console.WriteLine($"{Gate.LoadPretrained().SelfTest()} {Shop.Two.Pretrained.SelfTest() < 1e-5f} {Flat.Pretrained.Predict(new float[Flat.InputSize]).Length}");

        [Network(2, Weights = "gate.safetensors")]
        [Dense(2, Activation.Relu)]
        [Dense(1)]
        internal sealed partial class Gate;
        """;

    private static readonly string[] s_output = ["0 1 1 0", "0 True 5"];

    [Fact]
    public void WeightsAndModelsAreInTheAssembly()
    {
        using Workspace workspace = Consumer();
        Build(workspace).RequireSuccess();
        string assembly = workspace["App/bin/Release/net10.0/App.dll"];
        string imported = workspace["App/obj/Release/net10.0/unroll-models/models/several.onnx/Two.cs"];
        (DateTime Assembly, DateTime Imported) written = (File.GetLastWriteTimeUtc(assembly), File.GetLastWriteTimeUtc(imported));

        Assert.Equal(s_output, Run(workspace, "dotnet", [assembly]));
        Assert.DoesNotContain(Directory.GetFiles(Path.GetDirectoryName(assembly)!), static file => Path.GetFileName(file) is not ("App" or "App.dll" or "App.pdb" or "App.deps.json" or "App.runtimeconfig.json" or "Unroll.dll"));

        // Nothing has changed, then a class's name.
        Build(workspace).RequireSuccess();
        Assert.Equal(written, (File.GetLastWriteTimeUtc(assembly), File.GetLastWriteTimeUtc(imported)));

        workspace.Write("App/App.csproj", Project("Pair"));
        workspace.Write("App/Program.cs", Program.Replace("Shop.Two", "Shop.Pair", StringComparison.Ordinal));
        Build(workspace).RequireSuccess();
        Assert.False(File.Exists(imported));
        Assert.Equal(s_output, Run(workspace, "dotnet", [assembly]));
    }

    [Fact]
    public void WhatIsWrongIsAnErrorAtTheFileOrTheAttribute()
    {
        using Workspace workspace = Consumer();
        File.WriteAllBytes(workspace["App/models/flat.onnx"], [8, 7, 0, 1]);
        CommandResult damaged = Build(workspace);
        Assert.NotEqual(0, damaged.ExitCode);
        Assert.Contains(damaged.Lines, line => line.StartsWith($"{workspace["App/models/flat.onnx"]} : error UNR0089: flat.onnx ", StringComparison.Ordinal));

        // An editor gets all the rest.
        CommandResult design = workspace.Dotnet(
            "msbuild", "App", "-t:Compile", "-p:Configuration=Release", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-getItem:CscCommandLineArgs").RequireSuccess();
        Assert.Contains("unroll-models/models/several.onnx/Two.cs", design.Output, StringComparison.Ordinal);
        Assert.Contains("unroll/weights/gate.safetensors.header", design.Output, StringComparison.Ordinal);

        File.Copy(Golden("flat.onnx"), workspace["App/models/flat.onnx"], overwrite: true);
        workspace.Write("App/Program.cs", Program.Replace("Dense(2, ", "Dense(3, ", StringComparison.Ordinal));
        CommandResult other = Build(workspace);
        Assert.Contains(other.Lines, static line => line.Contains("Program.cs(5,13): error UNR0086: Network Gate: weights/gate.safetensors must hold", StringComparison.Ordinal));
    }

    [Fact]
    public void ANativeProgramHasThemToo()
    {
        NativeCompiler.Require();
        using Workspace workspace = Consumer();
        CommandResult publication = workspace.Dotnet(
            "publish", "App", "-r", "linux-x64", "-p:PublishAot=true", "-p:UnrollInstructionSet=x86-64-v3", "-o", workspace["native"]).RequireSuccess();

        Assert.Empty(publication.Warnings);
        Assert.Equal(s_output, Run(workspace, workspace["native/App"], []));
    }

    private static string Golden(string file) => Path.Combine(Repository.Root, "tests", "golden", "onnx", file);

    private static IEnumerable<string> Run(Workspace workspace, string program, string[] arguments) =>
        CommandLine.Run(program, arguments, workspace.Path).RequireSuccess().Lines.Where(static line => line.Length > 0);

    private static CommandResult Build(Workspace workspace) => workspace.Dotnet("build", "App", "-c", "Release");

    private Workspace Consumer()
    {
        Workspace workspace = feed.NewWorkspace();
        workspace.Write("App/App.csproj", Project("Two"));
        workspace.Write("App/Program.cs", Program);
        Directory.CreateDirectory(workspace["App/models"]);
        Directory.CreateDirectory(workspace["App/weights"]);
        foreach (string file in new[] { "flat.onnx", "several.onnx", "several.x0.npy", "several.x1.npy", "several.y0.npy", "several.y1.npy" })
        {
            File.Copy(Golden(file), workspace[$"App/models/{file}"]);
        }

        // Exclusive or: the sum, less twice what of it is above 1.
        SafetensorsFile.Write(
            workspace["App/weights/gate.safetensors"],
            [
                new NamedTensor("dense1/kernel", [2, 2], new float[] { 1, 1, 1, 1 }),
                new NamedTensor("dense1/bias", [2], new float[] { 0, -1 }),
                new NamedTensor("dense2/kernel", [2, 1], new float[] { 1, -2 }),
                new NamedTensor("dense2/bias", [1], new float[] { 0 }),
            ],
            type: ElementType.F16);
        SafetensorsFile.Write(
            workspace["App/weights/gate.vectors.safetensors"],
            [new NamedTensor("inputs/input", [2, 2], new float[] { 1, 0, 1, 1 }), new NamedTensor("outputs/output", [2, 1], new float[] { 1, 0 })]);
        return workspace;
    }

    private string Project(string className) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType>Exe</OutputType>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Unroll" Version="{feed.Version}" />
            <PackageReference Include="Unroll.Build" Version="{feed.Version}" PrivateAssets="all" />
            <AdditionalFiles Include="weights/*.safetensors" />
            <UnrollModel Include="models/flat.onnx" />
            <UnrollModel
              Include="models/several.onnx" ClassName="{className}" Namespace="Shop"
              Check="models/several.x0.npy;models/several.x1.npy;models/several.y0.npy;models/several.y1.npy" />
          </ItemGroup>
        </Project>
        """;
}
