namespace Unroll.Interop.KerasFiles;

/// <summary>From a model's configuration and its variables to a network.</summary>
/// <param name="Path">The file.</param>
/// <param name="ClassName">The network's class.</param>
/// <param name="NameSpace">Its namespace; null for the global one.</param>
internal sealed record KerasImport(string Path, string ClassName, string? NameSpace)
{
    public ImportedNetwork Run(System.Text.Json.JsonElement config, KerasDialect dialect, IKerasVariables variables)
    {
        var report = new ImportReport();
        KerasModel? model = new KerasModelReader(dialect, report.Problems).Read(config);
        var file = new ClassFile(ClassName, report, dialect);
        var network = new ClassBuilder(model ?? throw new ImportException(Path, report.Problems), ClassName, file);
        network.BuildNetwork();
        if (report.Problems.Count > 0)
        {
            throw new ImportException(Path, report.Problems);
        }

        return new ImportedNetwork
        {
            ClassName = ClassName,
            Namespace = NameSpace,
            Source = file.Text(network, model.Name, System.IO.Path.GetFileName(Path), NameSpace),
            Inputs = network.Inputs,
            Outputs = network.Outputs,
            Tensors = ReadTensors(network.Parameters, dialect, variables),
            Notes = report.Notes,
            Files = variables.Files,
        };
    }

    private List<ImportedTensor> ReadTensors(IReadOnlyList<ClassParameter> parameters, KerasDialect dialect, IKerasVariables weights)
    {
        var tensors = new List<ImportedTensor>();
        foreach (IGrouping<string, ClassParameter> layer in parameters.GroupBy(static parameter => parameter.Layer.Path, StringComparer.Ordinal))
        {
            KerasLayer first = layer.First().Layer;
            IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> variables = weights.Variables(first);
            if (variables.Count != layer.Count())
            {
                throw new InvalidDataException(
                    $"{Path}: {first.Path} ({first.ClassName}) has {layer.Count()} parameters, and '{weights.Place(first)}' of the weights holds {variables.Count}.");
            }

            OldMeanings.ScaleGates(first, dialect, variables.Select(static variable => variable.Values));
            tensors.AddRange(layer.Select(parameter => new ImportedTensor(parameter.Name, variables[parameter.Index].Shape, variables[parameter.Index].Values)));
        }

        return tensors;
    }
}
