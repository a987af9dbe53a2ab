using System.CommandLine;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>The command line of <c>dotnet unroll</c>.</summary>
internal static class Program
{
    public static int Main(string[] arguments) => Invoke(arguments, Console.Out, Console.Error);

    /// <returns>0; 1 where something is wrong with a file or its predictions; what the parser says about the command line.</returns>
    public static int Invoke(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Networks of Unroll and models of other tools.") { Import(output, errors), Build(output), Inspect(output, errors), Bench(output, errors), Report(output, errors) };
        return root.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
    }

    private static Command Import(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = $"A model: {ModelFile.Endings}; or weights for a class that is there: .safetensors of PyTorch, .weights.h5 of Keras." };
        var folder = new Option<string>("--output", "-o") { Description = "The folder for NAME.cs and NAME.safetensors.", DefaultValueFactory = static _ => "." };
        var className = new Option<string?>("--class") { Description = "The class's name; the file's in Pascal case." };
        var nameSpace = new Option<string?>("--namespace") { Description = "Its namespace; the global one." };
        var check = new Option<string[]>("--check")
        {
            Description = "Inputs and the outputs they should give, as .npy files: one for each input, then one for each output.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = static _ => [],
        };
        var embed = new Option<bool>("--embed") { Description = "The class names its weights, which are built into the assembly: list NAME.safetensors as AdditionalFiles." };
        var map = new Option<string[]>("--map")
        {
            Description = "Modules of PyTorch's weights and the layers they are: MODULE=LAYER.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = static _ => [],
        };
        var command = new Command("import", "Turns a model into an annotated class and its weights.") { file, folder, className, nameSpace, check, embed, map };
        command.SetAction(result => Guard(errors, () => ModelFile.IsWeights(result.GetRequiredValue(file))
            ? new WeightsCommand(result.GetRequiredValue(file), result.GetValue(folder)!, result.GetValue(className), result.GetValue(map)!, result.GetValue(check)!).Run(output)
            : new ImportCommand(result.GetRequiredValue(file), result.GetValue(folder)!, result.GetValue(className), result.GetValue(nameSpace), result.GetValue(check)!, result.GetValue(embed)).Run(output)));
        return command;
    }

    private static Command Build(TextWriter output)
    {
        var file = new Argument<string>("FILE");
        var folder = new Option<string>("--output") { Required = true };
        var className = new Option<string?>("--class");
        var nameSpace = new Option<string?>("--namespace");
        var check = new Option<string[]>("--check") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = static _ => [] };
        var command = new Command("build", "What the package Unroll.Build runs.") { file, folder, className, nameSpace, check };
        command.Hidden = true;
        command.SetAction(result => new BuildCommand(
            result.GetRequiredValue(file), result.GetRequiredValue(folder), result.GetValue(className), result.GetValue(nameSpace), result.GetValue(check)!).Run(output));
        return command;
    }

    private static Command Inspect(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = $"A model, {ModelFile.Endings}, a file of weights, .safetensors or .weights.h5, or a built assembly." };
        var command = new Command("inspect", "Shows the layers of a model, the tensors of a weights file, or the networks of an assembly.") { file };
        command.SetAction(result => Guard(errors, () => new InspectCommand(result.GetRequiredValue(file)).Run(output)));
        return command;
    }

    private static Command Bench(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("FILE") { Description = $"A model: {ModelFile.Endings}." };
        var python = new Option<string>("--python") { Description = "The Python whose package onnxruntime is measured beside.", DefaultValueFactory = static _ => "python3" };
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = static _ => 2 };
        var command = new Command("bench", "Tells the time of one prediction on one thread, beside ONNX Runtime's where it is installed.") { file, python, seconds };
        command.SetAction(result => Guard(errors, () => new BenchCommand(result.GetRequiredValue(file), result.GetValue(python)!, result.GetValue(seconds)).Run(output)));
        return command;
    }

    private static Command Report(TextWriter output, TextWriter errors)
    {
        var path = new Argument<string>("HISTORY|DIR") { Description = "A history, .json or .csv, or a folder of some." };
        var page = new Option<string?>("--output", "-o") { Description = "The page to write; beside the history, with its name." };
        var command = new Command("report", "Writes a page for the browser from the history of a training, and tells what went wrong in it.") { path, page };
        command.SetAction(result => Guard(errors, () => new ReportCommand(result.GetRequiredValue(path), result.GetValue(page)).Run(output)));
        return command;
    }

    private static int Guard(TextWriter errors, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception) when (exception is ImportException or IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            errors.WriteLine(exception.Message);
            return 1;
        }
    }
}
