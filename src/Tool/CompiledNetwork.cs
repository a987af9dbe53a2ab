using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;
using Unroll.Compiled;
using Unroll.Interop;

namespace Unroll.Tool;

/// <summary>An imported network as the build of its user would compile it, in memory, with the weights of the import.</summary>
internal sealed partial class CompiledNetwork
{
    private readonly NetworkDescription _description;

    private CompiledNetwork(Model model, long multiplyAdds)
    {
        Model = model;
        MultiplyAdds = multiplyAdds;
        _description = (NetworkDescription)model.GetType().GetField("__network", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
    }

    /// <summary>Of a prediction, as the head of the generated file has them.</summary>
    public long MultiplyAdds { get; }

    public long ParameterBytes => (long)_description.ParameterFloats * sizeof(float);

    public long PredictionBytes => (long)_description.SampleFloats * sizeof(float);

    /// <summary>How many values a sample of each input has.</summary>
    public IReadOnlyList<int> InputSizes => [.. _description.Inputs.Select(static input => input.Shape.Aggregate(1, static (product, size) => product * size))];

    /// <summary>Whether an input is ids, which are whole numbers.</summary>
    public bool ReadsIds => _description.Layers.Any(static layer => layer.Kind == "Embedding");

    /// <summary>The network itself.</summary>
    public Model Model { get; }

    /// <exception cref="InvalidDataException">The class has errors, or the weights do not fit it.</exception>
    public static CompiledNetwork Compile(ImportedNetwork network)
    {
        CompiledNetwork compiled = Build(network);
        LoadWeights(compiled.Model, network);
        return compiled;
    }

    /// <summary>The network as it starts, without the weights.</summary>
    /// <exception cref="InvalidDataException">The class has errors.</exception>
    public static CompiledNetwork Build(ImportedNetwork network)
    {
        (Assembly assembly, long multiplyAdds) = Load(network);
        string name = network.Namespace is null ? network.ClassName : $"{network.Namespace}.{network.ClassName}";
        var model = (Model)Activator.CreateInstance(assembly.GetType(name)!, (int?)0)!;
        return new CompiledNetwork(model, multiplyAdds);
    }

    /// <summary>The outputs in the class's order.</summary>
    /// <param name="inputs">In the class's order.</param>
    public float[][] Predict(float[][] inputs)
    {
        IReadOnlyList<int> sizes = InputSizes;
        int samples = inputs[0].Length / sizes[0];
        float[] outputs = Model.Predict(inputs.Length == 1 ? inputs[0] : Joined(inputs, samples));
        return _description.Outputs.Count == 1 ? [outputs] : Parted(outputs, samples);
    }

    /// <summary>The outputs of a stream at every step of a signal.</summary>
    /// <exception cref="InvalidDataException">The signal is no whole number of steps.</exception>
    public float[] Step(float[] signal)
    {
        var stream = new ModelStream(Model);
        if (signal.Length % stream.FrameSize != 0)
        {
            throw new InvalidDataException($"A step has {stream.FrameSize} values, and {signal.Length} are no whole number of steps.");
        }

        int steps = signal.Length / stream.FrameSize;
        float[] outputs = new float[steps * stream.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            stream.Step(signal.AsSpan(step * stream.FrameSize, stream.FrameSize), outputs.AsSpan(step * stream.OutputSize, stream.OutputSize));
        }

        return outputs;
    }

    /// <summary>A sample's values of all inputs one after another.</summary>
    private static float[] Joined(float[][] inputs, int samples) => [.. Enumerable.Range(0, samples).SelectMany(sample =>
        inputs.SelectMany(input => input.AsSpan(sample * (input.Length / samples), input.Length / samples).ToArray()))];

    private float[][] Parted(float[] rows, int samples)
    {
        int[] sizes = [.. _description.Outputs.Select(output => output.Shape.Aggregate(1, static (product, size) => product * size))];
        int width = sizes.Sum();
        return [.. sizes.Select((size, output) =>
        {
            int start = sizes.Take(output).Sum();
            return Enumerable.Range(0, samples).SelectMany(sample => rows.AsSpan((sample * width) + start, size).ToArray()).ToArray();
        })];
    }

    private static void LoadWeights(Model model, ImportedNetwork network)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("unroll");
        try
        {
            string path = Path.Combine(folder.FullName, network.ClassName + ".safetensors");
            network.SaveWeights(path);
            model.LoadWeights(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (Assembly Assembly, long MultiplyAdds) Load(ImportedNetwork network)
    {
        Compilation generated = GeneratedClass.Compile(network);
        using var image = new MemoryStream();
        EmitResult result = generated.Emit(image);
        GeneratedClass.Refuse(network, result.Diagnostics);
        image.Position = 0;
        return (new AssemblyLoadContext(network.ClassName, isCollectible: false).LoadFromStream(image), MultiplyAddsOf(generated));
    }

    // The last line of the table on top of the class's generated file.
    private static long MultiplyAddsOf(Compilation generated)
    {
        foreach (SyntaxTree tree in generated.SyntaxTrees)
        {
            if (TotalPattern().Match(tree.ToString()) is { Success: true } match)
            {
                return long.Parse(match.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    [GeneratedRegex(@"^// total +[0-9,]+ +([0-9,]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex TotalPattern();
}
