using System.Globalization;
using Unroll.Memory;

namespace Unroll.Serialization;

/// <summary>A model's parameters to a weights file and back, each under its name in its logical shape.</summary>
internal static class ModelWeights
{
    /// <exception cref="InvalidOperationException">A parameter holds NaN.</exception>
    /// <exception cref="ArgumentException">A parameter holds what the type cannot.</exception>
    public static void Save(IReadOnlyList<Parameter> parameters, string path, WeightsDataType dataType)
    {
        ElementType type = ElementTypes.Of(dataType);
        SafetensorsFile.Write(path, TensorsOf(parameters, type), type: type);
    }

    /// <inheritdoc cref="Save(IReadOnlyList{Parameter}, string, WeightsDataType)"/>
    public static void Save(IReadOnlyList<Parameter> parameters, Stream stream, WeightsDataType dataType)
    {
        ElementType type = ElementTypes.Of(dataType);
        SafetensorsFile.Write(stream, TensorsOf(parameters, type), type: type);
    }

    /// <summary>Checks the header, reads what matches and checks it, and only then changes the first parameter.</summary>
    public static LoadedWeights Load(
        IReadOnlyList<Parameter> parameters,
        ParameterAccess access,
        SafetensorsReader reader,
        string file,
        WeightsMatching matching,
        bool convert)
    {
        WeightsMatch match = WeightsMatch.Match(
            file,
            [.. parameters.Select(static parameter => new TensorSignature(parameter.Name, parameter.Shape))],
            reader.Entries,
            matching,
            convert);
        IReadOnlyList<NamedTensor> tensors = reader.Read([.. match.Matched.Select(static pair => pair.Entry)]);
        foreach (NamedTensor tensor in tensors)
        {
            RequireNoNaN(tensor, file);
        }

        using ParameterAccess.Writing writing = access.Write("LoadWeights");
        for (int i = 0; i < tensors.Count; i++)
        {
            parameters[match.Matched[i].Index].Assign(tensors[i].Values.Span);
        }

        return new LoadedWeights([.. tensors.Select(static tensor => tensor.Name)], match.Missing, match.OtherShape, match.Unused);
    }

    /// <exception cref="InvalidDataException">A value is NaN.</exception>
    public static void RequireNoNaN(NamedTensor tensor, string file)
    {
        int index = tensor.Values.Span.IndexOf(float.NaN);
        if (index >= 0)
        {
            throw new InvalidDataException($"{file}: '{tensor.Name}' is NaN at {TensorShape.DescribeIndex(tensor.Shape, index)}.");
        }
    }

    // What could not be loaded is not saved, least of all over what can.
    private static List<NamedTensor> TensorsOf(IReadOnlyList<Parameter> parameters, ElementType type)
    {
        var tensors = new List<NamedTensor>(parameters.Count);
        foreach (Parameter parameter in parameters)
        {
            float[] values = parameter.ToArray();
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsNaN(values[i]))
                {
                    throw new InvalidOperationException(
                        $"'{parameter.Name}' is NaN at {TensorShape.DescribeIndex(parameter.Shape, i)}; weights with NaN are not saved.");
                }

                if (!ElementTypes.CanHold(type, values[i]))
                {
                    string value = values[i].ToString(CultureInfo.InvariantCulture);
                    throw new ArgumentException(
                        $"'{parameter.Name}' is {value} at {TensorShape.DescribeIndex(parameter.Shape, i)}, which {type} cannot hold.", "dataType");
                }
            }

            tensors.Add(new NamedTensor(parameter.Name, parameter.Shape, values));
        }

        return tensors;
    }
}
