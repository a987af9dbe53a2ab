using Unroll.Interop.Networks;
using Unroll.Interop.OnnxExport;
using Unroll.Interop.OnnxFiles;
using Unroll.Interop.OnnxFiles.Protobuf;
using Unroll.Serialization;

namespace Unroll.Interop;

/// <summary>Models of ONNX.</summary>
public static class Onnx
{
    /// <summary>Reads an <c>.onnx</c> file of opset 7 to 25: a graph and its weights.</summary>
    /// <remarks>
    /// What exporters write for a layer becomes that layer. Images and signals, whose channels come first in ONNX, have them last in the class:
    /// <see cref="ImportedValue.Axes"/> tells where an input or output differs. Every size but the number of samples must be fixed.
    /// </remarks>
    /// <param name="path">The file; weights kept outside of it lie beside it.</param>
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
        OnnxFile file = OnnxFile.Read(path);
        var report = new ImportReport();
        OnnxTranslation translation = OnnxTranslation.Run(file, path, report);
        if (report.Problems.Count > 0)
        {
            throw new ImportException(path, report.Problems);
        }

        (string Name, OnnxValue Value)[] outputs = [.. file.Graph.Output.Select(output => (output.Name, Value: Output(translation, output, path)))];
        if (outputs.Length == 0 || translation.Inputs.Count == 0 || translation.Layers.Count == 0)
        {
            throw new InvalidDataException($"{path}: the graph has no input, no output or no layer.");
        }

        NoteOrders(translation, outputs, report);
        IReadOnlyList<NetworkNode> layers = StepBodies.Of(translation, [.. outputs.Select(static output => output.Value.Node)]);
        if (report.Problems.Count > 0)
        {
            throw new ImportException(path, report.Problems);
        }

        var text = new NetworkText(
            [.. translation.Inputs.Select(static input => (input.Value.Node, (IReadOnlyList<int>)input.Value.ClassShape))],
            layers,
            [.. outputs.Select(static output => (output.Value.Node, output.Name))],
            report.Notes);
        return new ImportedNetwork
        {
            ClassName = name,
            Namespace = nameSpace,
            Source = text.Write(name, nameSpace, $"The model {file.Graph.Name} of {Path.GetFileName(path)}."),
            Inputs = [.. translation.Inputs.Select(input => Described(input.Name, text.NameOf(input.Value.Node), input.Value))],
            Outputs = [.. outputs.Select(output => Described(output.Name, text.OutputName(output.Name), output.Value))],
            Tensors = text.Tensors,
            Notes = report.Notes,
            Files = translation.Tensors.Files,
        };
    }

    /// <summary>Writes a network as an <c>.onnx</c> file of opset 17, whose predictions are the network's.</summary>
    /// <remarks>
    /// Inputs and outputs have the names and shapes of the network, with the number of samples in front, channels last as here. Layers keep
    /// their names in nodes, parameters theirs in constants. What acts in training alone is left out.
    /// </remarks>
    /// <param name="model">A network.</param>
    /// <param name="path">The file; a crash leaves the old one or the new one.</param>
    /// <exception cref="ArgumentException">The class is none that the generator compiled.</exception>
    /// <exception cref="ExportException">A layer has no operator; all of them are named, and nothing is written.</exception>
    public static void Export(ModelBase model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        byte[] content = OnnxModelWriter.Write(model);
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    /// <summary>Writes one step of a stream as an <c>.onnx</c> file of opset 17: its states come in and go out.</summary>
    /// <remarks>
    /// Inputs are one step, [samples, 1, features], and the states, zeros at the beginning: <c>lstm1/h</c>, <c>lstm1/c</c> [samples, units],
    /// <c>conv1d1/past</c> [samples, steps, channels]. Outputs are those of the network at this step and, as <c>lstm1/h/next</c>, the states that
    /// come in with the next one.
    /// </remarks>
    /// <param name="model">A network with <c>Streaming = true</c>.</param>
    /// <param name="path">The file; a crash leaves the old one or the new one.</param>
    /// <exception cref="ArgumentException">The class is none that the generator compiled, or no stream.</exception>
    /// <exception cref="ExportException">
    /// A layer has no operator, or pools or has strides along the stream, so that its output is not new at every step; all of them are named,
    /// and nothing is written.
    /// </exception>
    public static void ExportStream(ModelBase model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(path);
        if (model.GetType().GetCustomAttributes(typeof(NetworkAttribute), inherit: false) is not [NetworkAttribute { Streaming: true }])
        {
            throw new ArgumentException($"{model.GetType().FullName} is no stream: [Network(..., Streaming = true)] is expected.", nameof(model));
        }

        byte[] content = OnnxModelWriter.Write(model, isStream: true);
        AtomicFile.Write(path, stream => stream.Write(content));
    }

    private static ImportedValue Described(string fileName, string name, OnnxValue value) =>
        new(fileName, name) { FileShape = value.Shape, Axes = value.Axes, BatchAxis = value.Batch };

    private static OnnxValue Output(OnnxTranslation translation, ValueInfoProto output, string path) =>
        translation.Find(output.Name) is { Node.Attribute: not null } value
            ? value
            : throw new InvalidDataException($"{path}: the output '{output.Name}' is the value of no layer.");

    private static void NoteOrders(OnnxTranslation translation, IEnumerable<(string Name, OnnxValue Value)> outputs, ImportReport report)
    {
        foreach ((string name, OnnxValue value) in translation.Inputs.Concat(outputs).Where(static end => end.Value.Batch > 0))
        {
            report.Notes.Add($"{name}: samples are axis {value.Batch} in the file, and the first here");
        }

        foreach ((string name, OnnxValue value) in translation.Inputs.Concat(outputs).Where(static end => !Layouts.IsInFileOrder(end.Value)))
        {
            report.Notes.Add(
                $"{name}: [{string.Join(", ", value.Shape)}] in the file, [{string.Join(", ", value.ClassShape)}] here, where channels come last");
        }
    }
}
