using Google.Protobuf;
using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxExport;

/// <summary>Writes a network as an ONNX graph.</summary>
internal static class OnnxModelWriter
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    /// <param name="model">The network.</param>
    /// <param name="isStream">Whether one step of it is written, with its states.</param>
    /// <exception cref="ExportException">Layers have no operator; all of them are named.</exception>
    public static byte[] Write(ModelBase model, bool isStream = false)
    {
        ModelLayers network = ModelLayers.Of(model);
        string[] unknown = [.. network.Layers.Where(static layer => OnnxLayers.Find(layer.Kind) is null)
            .Select(static layer => $"{layer.Name} ({layer.Kind}): the layer has no operator yet")];
        if (unknown.Length > 0)
        {
            throw new ExportException("ONNX", unknown);
        }

        var writer = new GraphWriter(model);
        var values = new List<ExportValue>();
        foreach ((string name, _) in network.Outputs)
        {
            writer.Reserve(name);
        }

        foreach ((string name, int[] shape) in network.Inputs)
        {
            int[] own = isStream && IsSequence(shape) ? [1, .. shape[1..]] : shape;
            writer.AddInput(name, own);
            values.Add(new ExportValue(name, own));
        }

        var problems = new List<string>();
        int[] inputs = [.. Enumerable.Range(0, network.Inputs.Count)];
        var steps = new HashSet<int>(inputs.Where(input => isStream && IsSequence(network.Inputs[input].Shape)));
        int sequence = steps.Count > 0 ? network.Inputs[steps.First()].Shape[0] : 0;
        var constants = new HashSet<int>(inputs.Where(input => isStream && !steps.Contains(input)));
        foreach (ModelLayer whole in network.Layers)
        {
            // Of a stream the first axis is a step, up to where a recurrence gives its last state alone, and so is what repeats a constant
            // at all steps. Within what is applied to each step there is but that.
            bool readsStep = whole.Inputs.Any(steps.Contains);
            bool isConstant = whole.Inputs.All(constants.Contains);
            bool isStep = readsStep
                ? whole.Kind != "EachStep" && !(whole.Attribute is RecurrentAttribute { ReturnSequences: false })
                : isConstant && whole.Attribute is RepeatVectorAttribute && whole.Shape[0] == sequence;
            ModelLayer layer = isStep ? whole with { Shape = [1, .. whole.Shape[1..]] } : whole;
            if (isStep)
            {
                steps.Add(values.Count);
            }
            else if (isConstant)
            {
                constants.Add(values.Count);
            }

            writer.Begin(layer, readsStep);
            try
            {
                var call = new LayerCall(writer, layer, [.. layer.Inputs.Select(input => values[input])]);
                values.Add(MaskExport.Kept(call, OnnxLayers.Find(layer.Kind)!(call)));
            }
            catch (NotSupportedException exception)
            {
                problems.Add($"{layer.Name} ({layer.Kind}): {exception.Message}");
                values.Add(new ExportValue(layer.Name, layer.Shape));
            }
        }

        if (problems.Count > 0)
        {
            throw new ExportException("ONNX", problems);
        }

        foreach ((string name, int position) in network.Outputs)
        {
            writer.AddOutput(name, values[position]);
        }

        writer.AddStateOutputs();
        var file = new ModelProto { IrVersion = IrVersion, ProducerName = "Unroll", Graph = writer.Graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return file.ToByteArray();
    }

    private static bool IsSequence(int[] shape) => shape.Length == 2;
}
