using Unroll.Interop.Networks;

namespace Unroll.Interop.RTNeuralFiles;

/// <summary>Turns the layers of a file into those of a stream.</summary>
internal sealed class RTNeuralTranslation(RTNeuralFile file, string path)
{
    // A stream has no number of steps; windows to train on do, and the file may leave theirs open.
    private const int DefaultSteps = 64;

    private static readonly Dictionary<string, Activation> s_activations = new(StringComparer.Ordinal)
    {
        ["tanh"] = Activation.Tanh,
        ["relu"] = Activation.Relu,
        ["sigmoid"] = Activation.Sigmoid,
        ["softmax"] = Activation.Softmax,
        ["elu"] = Activation.Elu,
    };

    private readonly ImportReport _report = new();
    private readonly List<NetworkNode> _layers = [];

    public ImportedNetwork Run(string className, string? nameSpace)
    {
        if (file.InputShape.Count is not (2 or 3) || file.InputShape[^1] <= 0 || file.Layers.Count == 0)
        {
            throw new InvalidDataException(
                $"{path}: in_shape should be [batch, steps, values] or [batch, values] with a number of values, and layers follow; it is [{string.Join(", ", file.InputShape)}] with {file.Layers.Count} layers.");
        }

        var input = new NetworkNode(null, "input", []);
        int size = file.InputShape[^1];
        NetworkNode above = input;
        for (int i = 0; i < file.Layers.Count; i++)
        {
            var layer = new RTNeuralLayer(file.Layers[i], i + 1, path);
            above = Translate(layer, size, above);
            size = layer.Size;
        }

        if (_report.Problems.Count > 0)
        {
            throw new ImportException(path, _report.Problems);
        }

        int steps = file.InputShape.Count == 3 && file.InputShape[1] > 0 ? file.InputShape[1] : DefaultSteps;
        if (steps == DefaultSteps)
        {
            _report.Notes.Add($"the file leaves the number of steps open: windows of {DefaultSteps} are for training, and the stream has no end");
        }

        var text = new NetworkText([(input, [steps, file.InputShape[^1]])], _layers, [(above, "output")], _report.Notes) { IsStreaming = true };
        return new ImportedNetwork
        {
            ClassName = className,
            Namespace = nameSpace,
            Source = text.Write(className, nameSpace, $"The model of RTNeural in {Path.GetFileName(path)}."),
            Inputs = [new ImportedValue("input", "input")],
            Outputs = [new ImportedValue("output", "output")],
            Tensors = text.Tensors,
            Notes = _report.Notes,
            IsStreaming = true,
        };
    }

    private NetworkNode Translate(RTNeuralLayer layer, int inputs, NetworkNode above)
    {
        switch (layer.Type)
        {
            case "dense" or "time-distributed-dense":
                return Activated(layer, Dense(layer, inputs, above));
            case "conv1d":
                return Activated(layer, Convolution(layer, inputs, above));
            case "lstm" or "gru":
                return Recurrent(layer, inputs, above);
            case "batchnorm":
                return Activated(layer, Normalization(layer, above));
            case "prelu":
                return Slopes(layer, above);
            case "activation":
                return Activated(layer, above);
            default:
                Refuse(layer, null, "a stream has no such layer", "use dense, conv1d, lstm, gru, batchnorm, prelu and activation");
                return above;
        }
    }

    private NetworkNode Dense(RTNeuralLayer layer, int inputs, NetworkNode above)
    {
        NetworkNode dense = Add(typeof(DenseAttribute), above, layer.Tensor(0, "kernel", inputs, layer.Size));
        dense.Attribute!.Set("units", layer.Size);
        AddBias(layer, 1, dense);
        return dense;
    }

    private NetworkNode Convolution(RTNeuralLayer layer, int inputs, NetworkNode above)
    {
        int groups = layer.Whole("groups", 1);
        int kernel = layer.Whole("kernel_size", 1);
        if (inputs % groups != 0 || layer.Size % groups != 0)
        {
            throw layer.Wrong($"{inputs} values in and {layer.Size} out are expected to be whole numbers of {groups} groups");
        }

        if (layer.Whole("strides", 1) != 1)
        {
            Refuse(layer, "strides", "a stream gives a value for every step", "use strides of 1");
        }

        NetworkNode node = Add(typeof(Conv1DAttribute), above, layer.Tensor(0, "kernel", kernel, inputs / groups, layer.Size));
        node.Attribute!.Set("filters", layer.Size);
        node.Attribute.Set("kernelSize", kernel);
        node.Attribute.Set("Padding", Padding.Causal);
        node.Attribute.Set("Dilation", new[] { layer.Whole("dilation", 1) });
        node.Attribute.Set("Groups", groups);
        AddBias(layer, 1, node);
        return node;
    }

    /// <summary>Keras's cells with tanh and sigmoid; GRUs with two rows of biases.</summary>
    private NetworkNode Recurrent(RTNeuralLayer layer, int inputs, NetworkNode above)
    {
        bool isLstm = layer.Type == "lstm";
        int gates = (isLstm ? 4 : 3) * layer.Size;
        if (layer.Activation is not ("" or "tanh"))
        {
            Refuse(layer, "activation", $"RTNeural computes tanh, and the file says {layer.Activation}", "train the model with tanh");
        }

        NetworkNode node = Add(
            isLstm ? typeof(LSTMAttribute) : typeof(GRUAttribute),
            above,
            layer.Tensor(0, "kernel", inputs, gates),
            layer.Tensor(1, "recurrent_kernel", layer.Size, gates),
            isLstm ? layer.Tensor(2, "bias", gates) : layer.Tensor(2, "bias", 2, gates));
        node.Attribute!.Set("units", layer.Size);
        node.Attribute.Set("ReturnSequences", true);
        return node;
    }

    private NetworkNode Normalization(RTNeuralLayer layer, NetworkNode above)
    {
        bool isAffine = layer.Weights.Count > 2;
        string[] names = isAffine ? ["gamma", "beta", "moving_mean", "moving_variance"] : ["moving_mean", "moving_variance"];
        NetworkNode node = Add(typeof(BatchNormalizationAttribute), above, [.. names.Select((name, index) => layer.Tensor(index, name, layer.Size))]);
        node.Attribute!.Set("Scale", isAffine);
        node.Attribute.Set("Center", isAffine);
        node.Attribute.Set("Epsilon", (float)layer.Number("epsilon", 1e-3));
        return node;
    }

    private NetworkNode Slopes(RTNeuralLayer layer, NetworkNode above)
    {
        bool isOne = layer.Weights is [{ ValueKind: System.Text.Json.JsonValueKind.Array } slopes]
            && slopes.EnumerateArray().FirstOrDefault() is { ValueKind: System.Text.Json.JsonValueKind.Array } row && row.GetArrayLength() == 1;
        NetworkNode node = Add(typeof(PReluAttribute), above, layer.Tensor(0, "alpha", 1, isOne ? 1 : layer.Size));
        node.Attribute!.Set("SharedAxes", isOne && layer.Size > 1 ? [1, 2] : new[] { 1 });
        return node;
    }

    /// <summary>With the function that the file names, as an argument where the layer takes one.</summary>
    private NetworkNode Activated(RTNeuralLayer layer, NetworkNode node)
    {
        if (layer.Activation.Length == 0)
        {
            return node;
        }

        if (!s_activations.TryGetValue(layer.Activation, out Activation activation))
        {
            Refuse(layer, "activation", $"RTNeural has {string.Join(", ", s_activations.Keys)}, and the file says {layer.Activation}", "use one of these");
            return node;
        }

        bool takesOne = layer.Type != "activation" && node.Attribute!.TypesOf("activation").Any();
        NetworkNode activated = takesOne ? node : Add(typeof(ActivateAttribute), node);
        activated.Attribute!.Set("activation", activation);
        return activated;
    }

    private void AddBias(RTNeuralLayer layer, int index, NetworkNode node)
    {
        bool hasBias = layer.Weights.Count > index;
        node.Attribute!.Set("UseBias", hasBias);
        if (hasBias)
        {
            node.Parameters.Add(layer.Tensor(index, "bias", layer.Size));
        }
    }

    private NetworkNode Add(Type attribute, NetworkNode above, params ImportedTensor[] parameters)
    {
        var node = new NetworkNode(new AttributeText(attribute), null, [above]);
        node.Parameters.AddRange(parameters);
        _layers.Add(node);
        return node;
    }

    private void Refuse(RTNeuralLayer layer, string? argument, string why, string instead) =>
        _report.Problems.Add(new ImportProblem(layer.Name, layer.Type, argument, why, instead));
}
