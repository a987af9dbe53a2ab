using System.Globalization;
using Unroll.Interop.Networks;

namespace Unroll.Interop.KerasFiles;

/// <summary>Puts the variables of a file into the parameters of a network that is there already.</summary>
internal sealed class ModelVariables(ModelBase model, Hdf5Source file, string path)
{
    private readonly List<(Parameter Parameter, float[] Values)> _found = [];
    private readonly HashSet<string> _eachStep = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The file has other layers or other shapes; the model is as it was.</exception>
    public void Load()
    {
        ModelLayers network = ModelLayers.Of(model);
        _eachStep.UnionWith(network.Layers.Where(static layer => layer.Kind == Wrappers.TimeDistributed).Select(static layer => layer.Name));
        ModelLayer[] layers = [.. network.Layers.Where(static layer => layer.Name == layer.Owner && layer.Kind is not ("Residual" or "EachStep" or Wrappers.TimeDistributed))];
        HashSet<ModelLayer> unwrapped = Unwrapped(layers);
        string? legacy = file.Has("/layers") ? null : file.Has("/model_weights") ? "/model_weights" : "";
        if (legacy is null)
        {
            LoadByGroup(layers, unwrapped);
        }
        else
        {
            LoadInOrder(layers, legacy);
        }

        foreach ((Parameter parameter, float[] values) in _found)
        {
            parameter.Assign(values);
        }
    }

    /// <summary>Dense layers of each step, which need no TimeDistributed around them and have it in the file.</summary>
    /// <exception cref="InvalidDataException">The file has it around some of them: its groups do not tell which.</exception>
    private HashSet<ModelLayer> Unwrapped(ModelLayer[] layers)
    {
        int inFile = _eachStep.Count > 0 || !file.Has("/layers") ? 0 : file.Children("/layers").Count(group => file.Has($"/layers/{group}/layer/vars/0"));
        ModelLayer[] ofSteps = [.. layers.Where(layer => layer.Kind == "Dense" && !layer.Name.Contains('/', StringComparison.Ordinal) && layer.Shape.Length > 1)];
        return inFile == 0 || inFile == ofSteps.Length
            ? [.. inFile == 0 ? [] : ofSteps]
            : throw new InvalidDataException(
                $"{path} has {inFile.ToString(CultureInfo.InvariantCulture)} layers in TimeDistributed, and {model.GetType().Name} {ofSteps.Length.ToString(CultureInfo.InvariantCulture)} Dense layers of each step: which are which is not in the file; import the whole model.");
    }

    /// <summary>Keras 3: groups are named by class and number, in each model anew.</summary>
    private void LoadByGroup(IEnumerable<ModelLayer> layers, HashSet<ModelLayer> unwrapped)
    {
        var weights = new KerasWeights(file);
        var containers = new Dictionary<string, GroupNames>(StringComparer.Ordinal) { [""] = new GroupNames("") };
        foreach (ModelLayer layer in layers)
        {
            string className = KerasRules.ClassOf(layer.Attribute.GetType()) ?? layer.Kind;
            bool isWrapped = layer.Attribute is RecurrentAttribute { Bidirectional: not BidirectionalMerge.None };
            GroupNames container = Container(containers, ParentOf(layer.Name));
            string group = unwrapped.Contains(layer) ? container.Next(Wrappers.TimeDistributed) + "/layer" : container.Next(isWrapped ? "Bidirectional" : className);
            IReadOnlyList<string> cells = isWrapped ? ["/forward_layer/cell", "/backward_layer/cell"]
                : className == "MultiHeadAttention" ? Wrappers.AttentionGroups : [Wrappers.IsRecurrent(className) ? "/cell" : ""];
            Take($"{layer.Name} ({layer.Kind})", [.. Parameters(layer)], [.. cells.SelectMany(cell => weights.Variables(group + cell))], $"{group}{cells[0]}/vars");
        }

        int inFile = Count("/layers");
        if (inFile != _found.Count)
        {
            throw new InvalidDataException(
                $"{path} has {inFile.ToString(CultureInfo.InvariantCulture)} variables of layers, and {model.GetType().Name} {_found.Count.ToString(CultureInfo.InvariantCulture)} parameters: it is the file of another model.");
        }
    }

    /// <summary>Keras 2: layers with weights, as the file lists them.</summary>
    private void LoadInOrder(IEnumerable<ModelLayer> layers, string root)
    {
        var groups = new Queue<(string Name, IReadOnlyList<string> Weights)>(file.Texts(root.Length == 0 ? "/" : root, "layer_names")
            .Select(name => (Name: $"{root}/{name}", Weights: file.Texts($"{root}/{name}", "weight_names")))
            .Where(static group => group.Weights.Count > 0));
        // A model within, and what is applied to each step, is one group: first all that is trained, then the rest.
        foreach (ModelLayer[] whole in layers.Where(layer => Parameters(layer).Any()).GroupBy(static layer => layer.Name.Split('/')[0], StringComparer.Ordinal).Select(static group => group.ToArray()))
        {
            string name = whole.Length == 1 ? $"{whole[0].Name} ({whole[0].Kind})" : whole[0].Name.Split('/')[0];
            if (!groups.TryDequeue(out (string Name, IReadOnlyList<string> Weights) group))
            {
                throw new InvalidDataException($"{path} has no weights for {name} and what follows it.");
            }

            Parameter[] parameters = [.. whole.SelectMany(Parameters).OrderByDescending(static parameter => parameter.IsTrained)];
            Take(name, parameters, [.. group.Weights.Select(weight => file.Floats($"{group.Name}/{weight}"))], group.Name);
        }

        if (groups.TryPeek(out (string Name, IReadOnlyList<string> Weights) left))
        {
            throw new InvalidDataException($"{path} has weights of '{left.Name}' and further layers, which {model.GetType().Name} has not.");
        }
    }

    private void Take(string name, Parameter[] parameters, IReadOnlyList<(IReadOnlyList<int> Shape, float[] Values)> variables, string place)
    {
        if (parameters.Length != variables.Count)
        {
            throw new InvalidDataException($"{path}: {name} has {parameters.Length} parameters, and '{place}' holds {variables.Count}.");
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (!parameters[i].Shape.SequenceEqual(variables[i].Shape))
            {
                throw new InvalidDataException(
                    $"{path}: {parameters[i].Name} is [{string.Join(", ", parameters[i].Shape)}], and variable {i} of '{place}' is [{string.Join(", ", variables[i].Shape)}].");
            }

            _found.Add((parameters[i], variables[i].Values));
        }
    }

    private IEnumerable<Parameter> Parameters(ModelLayer layer) => model.Parameters.Where(parameter => parameter.Name.StartsWith(layer.Owner + "/", StringComparison.Ordinal));

    /// <summary>The groups of a block, which is a model within.</summary>
    private GroupNames Container(Dictionary<string, GroupNames> containers, string name)
    {
        if (!containers.TryGetValue(name, out GroupNames? names))
        {
            GroupNames around = Container(containers, ParentOf(name));
            if (_eachStep.Contains(name))
            {
                string inside = around.Next(Wrappers.TimeDistributed) + "/layer";
                return containers[name] = file.Has($"/{inside}/layers") ? new GroupNames(inside + "/") : new GroupNames("") { Only = inside };
            }

            // A block that is no model within, as one that was written by Keras.Export, has its layers among those around it.
            containers[name] = names = new[] { "Sequential", "Functional" }.FirstOrDefault(kind => around.Only is null && file.Has($"/{around.Peek(kind)}")) is string kind
                ? new GroupNames(around.Next(kind) + "/")
                : around;
        }

        return names;
    }

    private int Count(string group)
    {
        int count = 0;
        foreach (string child in file.Children(group))
        {
            string within = $"{group}/{child}";
            count += child == "vars" ? file.Children(within).Count(name => name.All(char.IsAsciiDigit) && !file.IsCounter($"{within}/{name}")) : Count(within);
        }

        return count;
    }

    private static string ParentOf(string name) => name.LastIndexOf('/') is var slash and >= 0 ? name[..slash] : "";
}
