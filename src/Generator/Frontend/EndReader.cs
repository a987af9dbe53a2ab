using System.Globalization;
using Microsoft.CodeAnalysis;
using Unroll.Generator.Diagnostics;
using Unroll.Generator.Layers;
using Unroll.Generator.Model;

namespace Unroll.Generator.Frontend;

/// <summary>Reads where a network begins and ends: its inputs and outputs.</summary>
/// <param name="displayName">The network, for messages.</param>
/// <param name="parts">Receives them.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class EndReader(string displayName, NetworkParts parts, List<Problem> problems)
{
    /// <summary>What the input is called that nobody declares: otherwise than usual where a layer has that name.</summary>
    public static string NameOfTheOneInput(LayerStack stack)
    {
        string name = NetworkInput.DefaultName;
        while (stack.OnDeclaration.Any(attribute => attribute.NamedArguments.Any(argument => argument.Key == "Name" && name.Equals(argument.Value.Value))))
        {
            name = $"network_{name}";
        }

        return name;
    }

    /// <summary>Reads an <c>[Input]</c>.</summary>
    public void ReadInput(AttributeData attribute, AttributeArguments source, int position, PartLevel level, LayerNames names)
    {
        string defaultName = names.Next("input");
        string name = ReadName(source, position, names, "Input", defaultName);
        bool isFree = names.ClaimInput(name, position);
        EquatableArray<int> shape = source.Value("shape") as EquatableArray<int>? ?? default;
        if (level.Prefix.Length > 0)
        {
            problems.Add(Problem.At(Place.Layer(position), DiagnosticDescriptors.InputInBlock, level.Owner, AttributeSource.Text(attribute)));
            return;
        }

        if (shape.Count == 0)
        {
            problems.Add(Problem.At(Place.Layer(position), DiagnosticDescriptors.MissingInputShape, $"{displayName}, input {name}", "[Input]", $"[Input(\"{name}\", 28, 28)]", "none"));
        }

        for (int axis = 0; axis < shape.Count; axis++)
        {
            if (shape[axis] < 1)
            {
                problems.Add(Problem.At(
                    Place.LayerElement(position, axis),
                    DiagnosticDescriptors.InputSizeOutOfRange,
                    $"{displayName}, input {name}",
                    axis.ToString(CultureInfo.InvariantCulture),
                    shape[axis].ToString(CultureInfo.InvariantCulture)));
            }
        }

        if (isFree)
        {
            parts.Inputs.Add(new NetworkInput(name, shape, position));
            level.Scope.Add(name, name);
        }
    }

    /// <summary>Reads an <c>[Output]</c>: it marks the layer above.</summary>
    public void ReadOutput(AttributeData attribute, AttributeArguments source, int position, PartLevel level, LayerNames names)
    {
        string defaultName = names.Next("output");
        string name = ReadName(source, position, names, "Output", defaultName);
        string? layer = level.Scope.Above;
        if (level.Prefix.Length > 0)
        {
            problems.Add(Problem.At(Place.Layer(position), DiagnosticDescriptors.InputInBlock, level.Owner, AttributeSource.Text(attribute)));
        }
        else if (layer is null || parts.Nodes.All(node => node.Layer.Name != layer))
        {
            problems.Add(Problem.At(Place.Layer(position), DiagnosticDescriptors.OutputWithoutLayer, name));
        }
        else if (parts.Outputs.FirstOrDefault(output => output.Name == name || output.Layer == layer) is { } other)
        {
            problems.Add(Problem.At(
                Place.Layer(position, "name"), DiagnosticDescriptors.OutputTwice, name, $"output {other.Name} is layer {other.Layer}"));
        }
        else
        {
            parts.Outputs.Add(new NetworkOutput(name, layer, position));
        }
    }

    // Every input and output has a name: that of a layer may be left out, so that null is none.
    private string ReadName(AttributeArguments source, int position, LayerNames names, string kind, string defaultName)
    {
        source.ReportUnreadable(position, defaultName, problems);
        if (source.IsNull("name"))
        {
            problems.Add(Problem.At(Place.Layer(position, "name"), DiagnosticDescriptors.UnusableName, $"{kind} {defaultName}", "name", "null"));
        }

        return names.Usable(source.Value("name") as string, position, "name", kind, defaultName) ?? defaultName;
    }
}
