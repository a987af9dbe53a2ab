using Unroll.Deployment.Tests.Harness;

namespace Unroll.Deployment.Tests.Packages;

/// <summary>A project of a user: it has a network of two inputs and one output, trains it, saves it and loads it.</summary>
/// <param name="Name">Of the project and its folder.</param>
internal sealed record Consumer(string Name)
{
    /// <summary>Properties of the project besides the target framework and the output type.</summary>
    public string Properties { get; init; } = "";

    public string TargetFramework { get; init; } = "net10.0";

    /// <summary>The packages it references.</summary>
    public string[] Packages { get; init; } = ["Unroll"];

    /// <summary>Whether it is a program; a library is only built.</summary>
    public bool IsProgram { get; init; } = true;

    /// <summary>Other items of the project.</summary>
    public string Items { get; init; } = "";

    /// <summary>The file that declares the networks.</summary>
    public string Network { get; init; } = NetworkIn("namespace Shop;\n", "Gate");

    /// <summary>The networks that the program trains, as it names them.</summary>
    public string[] Classes { get; init; } = ["Shop.Gate"];

    public static string NetworkIn(string space, string name, string modifiers = "internal sealed") => $"""
        using Unroll;

        {space}
        /// <summary>Exclusive or.</summary>
        [Network(2)]
        [Dense(8, Activation.Tanh)]
        [Dense(1, Activation.Sigmoid)]
        {modifiers} partial class {name};

        """;

    /// <summary>Its folder, in the workspace.</summary>
    public void WriteTo(Workspace workspace, string version)
    {
        workspace.Write($"{Name}/{Name}.csproj", Project(version));
        workspace.Write($"{Name}/Networks.cs", Network);
        if (IsProgram)
        {
            workspace.Write($"{Name}/Program.cs", Program);
        }
    }

    public string Project(string version) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{TargetFramework}</TargetFramework>
            <OutputType>{(IsProgram ? "Exe" : "Library")}</OutputType>
            {Properties}
          </PropertyGroup>
          <ItemGroup>
            {string.Concat(Packages.Select(package => $"""<PackageReference Include="{package}" Version="{version}" />"""))}
            {Items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>Free of implicit usings, of annotations for null, and of what strict analyzers object to.</summary>
    public string Program => $$"""
        using System;
        using System.Globalization;
        using System.IO;
        using Unroll;

        namespace Consumer
        {
            internal static class Program
            {
                private static readonly float[] Features = [0f, 0f, 0f, 1f, 1f, 0f, 1f, 1f];
                private static readonly float[] Targets = [0f, 1f, 1f, 0f];

                private static void Main()
                {
                    {{string.Join("\n            ", Classes.Select(static name =>
                        $"Learn(new {name}(seed: 1), static path => {name}.Load(path), {name}.InputSize, {name}.OutputSize, {name}.ParameterCount);"))}}
                }

                private static void Learn(Model model, Func<string, Model> load, int inputs, int outputs, int parameters)
                {
                    Dataset data = new(Features, Targets, Targets.Length);
                    model.Compile(new Adam(learningRate: 0.05f), new BinaryCrossentropy(), new Accuracy());
                    _ = model.Fit(data, epochs: 150, seed: 1);
                    string path = Path.GetRandomFileName();
                    model.Save(path);
                    bool isSame = model.Predict(data.Features).AsSpan().SequenceEqual(load(path).Predict(data.Features));
                    File.Delete(path);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{inputs}-{outputs}, {parameters} parameters: accuracy {model.Evaluate(data)["accuracy"]}, reloaded {isSame}, culture '{CultureInfo.CurrentCulture.Name}'"));
                }
            }
        }

        """;
}
