using Google.Protobuf;
using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxExport;

/// <summary>Writes a network as an ONNX graph.</summary>
internal static class OnnxModelWriter
{
    private const int IrVersion = 8;
    private const int Opset = 17;

    /// <exception cref="ExportException">Layers have no operator; all of them are named.</exception>
    public static byte[] Write(Model model)
    {
        ModelLayers network = ModelLayers.Of(model);
        string[] unknown = [.. network.Layers.Where(static layer => OnnxLayers.Find(layer.Kind) is null || HasMask(layer))
            .Select(static layer => $"{layer.Name} ({layer.Kind}): {(HasMask(layer) ? "masks are not written yet" : "the layer has no operator yet")}")];
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
            writer.AddInput(name, shape);
            values.Add(new ExportValue(name, shape));
        }

        var problems = new List<string>();
        foreach (ModelLayer layer in network.Layers)
        {
            writer.Begin(layer);
            try
            {
                values.Add(OnnxLayers.Find(layer.Kind)!(new LayerCall(writer, layer, [.. layer.Inputs.Select(input => values[input])])));
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

        var file = new ModelProto { IrVersion = IrVersion, ProducerName = "Unroll", Graph = writer.Graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return file.ToByteArray();
    }

    private static bool HasMask(ModelLayer layer) => layer.Kind == "Masking" || (layer.Kind == "Embedding" && layer.Argument<bool>("MaskZero"));
}
