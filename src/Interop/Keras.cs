using Unroll.Interop.KerasFiles;

namespace Unroll.Interop;

/// <summary>Models of Keras 3.</summary>
public static class Keras
{
    /// <summary>Reads a <c>.keras</c> file: a sequential or functional model and its weights.</summary>
    /// <remarks>
    /// Layers keep their names. Nested models and layers that are called several times become blocks. Memory is bounded by some twenty times
    /// the file's length, whatever the file says about itself.
    /// </remarks>
    /// <param name="path">The file, as <c>model.save</c> of Keras 3 writes it.</param>
    /// <param name="className">The network's class. Default: the file's name in Pascal case.</param>
    /// <param name="nameSpace">Its namespace. Default: the global one.</param>
    /// <exception cref="ArgumentException">The name of the class or namespace is none in C#.</exception>
    /// <exception cref="ImportException">The model holds what a network cannot represent; all of it is named.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or is something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedNetwork Import(string path, string? className = null, string? nameSpace = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = Identifiers.Class(path, className, nameSpace);
        using KerasArchive archive = KerasArchive.Read(path);
        var report = new ImportReport();
        KerasModel? model = new KerasModelReader(report.Problems).Read(archive.Config.RootElement);
        var file = new ClassFile(name, report);
        var network = new ClassBuilder(model ?? throw new ImportException(path, report.Problems), name, file);
        network.BuildNetwork();
        if (report.Problems.Count > 0)
        {
            throw new ImportException(path, report.Problems);
        }

        return new ImportedNetwork
        {
            ClassName = name,
            Namespace = nameSpace,
            Source = file.Text(network, model.Name, Path.GetFileName(path), nameSpace),
            Inputs = network.Inputs,
            Outputs = network.Outputs,
            Tensors = ReadTensors(network.Parameters, archive.Weights, path),
            Notes = report.Notes,
        };
    }

    private static List<ImportedTensor> ReadTensors(IReadOnlyList<ClassParameter> parameters, byte[] content, string path)
    {
        using var weights = new KerasWeights(content, path);
        var tensors = new List<ImportedTensor>();
        foreach (IGrouping<string, ClassParameter> layer in parameters.GroupBy(static parameter => parameter.Layer.Weights, StringComparer.Ordinal))
        {
            IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> variables = weights.Variables(layer.Key);
            if (variables.Count != layer.Count())
            {
                KerasLayer first = layer.First().Layer;
                throw new InvalidDataException(
                    $"{path}: {first.Path} ({first.ClassName}) has {layer.Count()} parameters, and '{layer.Key}/vars' of the weights holds {variables.Count}.");
            }

            tensors.AddRange(layer.Select(parameter => new ImportedTensor(parameter.Name, variables[parameter.Index].Shape, variables[parameter.Index].Values)));
        }

        return tensors;
    }
}
