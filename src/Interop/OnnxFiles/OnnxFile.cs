using Google.Protobuf;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>A model's file, read but not yet understood.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Opset">The version of the standard operators.</param>
/// <param name="Notes">What was left out of the graph, as nothing that a network gives depends on it.</param>
internal sealed record OnnxFile(GraphProto Graph, int Opset, IReadOnlyList<string> Notes)
{
    // Beyond any model, and few enough for what looks at pairs of nodes.
    private const int MostNodes = 50_000;

    private const int OldestOpset = 7;
    private const int NewestOpset = 25;

    private static readonly MessageParser<ModelProto> s_parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <exception cref="InvalidDataException">The file is damaged, something else, or of a version that is not read.</exception>
    public static OnnxFile Read(string path)
    {
        ModelProto model;
        try
        {
            model = s_parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException($"{path} is not an ONNX file, or not all of it is there: {exception.Message}", exception);
        }

        long opset = model.OpsetImport.FirstOrDefault(static set => IsStandard(set.Domain))?.Version ?? 0;
        if (model.Graph is null || model.Graph.Node.Count == 0 || model.IrVersion <= 0 || opset == 0)
        {
            throw new InvalidDataException($"{path} is not an ONNX file, or not all of it is there: it has no graph, no nodes or no versions.");
        }

        FunctionInlining.Apply(model, path, MostNodes);

        LoopBody.NameCaptured(model.Graph);

        // So that no pattern takes another's operator for a standard one of that name.
        foreach (NodeProto node in model.Graph.Node.Where(static node => !IsStandard(node.Domain)))
        {
            node.OpType = $"{node.Domain}.{node.OpType}";
        }

        if (model.Graph.Node.Count > MostNodes)
        {
            throw new InvalidDataException($"{path}: {model.Graph.Node.Count} nodes; up to {MostNodes} are read.");
        }

        return opset is >= OldestOpset and <= NewestOpset
            ? new OnnxFile(model.Graph, (int)opset, GraphCleaning.Apply(model.Graph))
            : throw new InvalidDataException($"{path}: opset {opset}; {OldestOpset} to {NewestOpset} are read. Export the model again with one of these.");
    }

    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";
}
