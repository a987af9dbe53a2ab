using System.IO.Compression;
using System.Text;
using PureHDF;

namespace Unroll.Interop.Tests;

/// <summary>Makes <c>.keras</c> files in a folder that goes with the test.</summary>
internal sealed class KerasFileBuilder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keras");
    private readonly List<(string Name, byte[] Content)> _members = [];

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.keras");

    public string Folder => _folder.FullName;

    /// <summary>A layer of keras.layers as a configuration holds it.</summary>
    /// <param name="rest">Further arguments as JSON members, each with a comma before it.</param>
    public static string Layer(string className, string name, string rest = "", string outside = "") =>
        $$"""{"module":"keras.layers","class_name":"{{className}}","config":{"name":"{{name}}"{{rest}}},"registered_name":null{{outside}}}""";

    public static string Input(string name, string shape) => Layer("InputLayer", name, $$""","batch_shape":[null,{{shape}}]""");

    public static string Sequential(params string[] layers) =>
        $$"""{"module":"keras","class_name":"Sequential","config":{"name":"sequential","layers":[{{string.Join(',', layers)}}]},"registered_name":null}""";

    /// <param name="reads">What the layer reads: layer and call.</param>
    public static string Node(params string[] reads)
    {
        string[] tensors = [.. reads.Select(static read => Tensor(read.Split(':')))];
        string argument = tensors.Length == 1 ? tensors[0] : $"[{string.Join(',', tensors)}]";
        return $$"""{"args":[{{argument}}],"kwargs":{} }""";
    }

    public static string Functional(string inputs, string outputs, params string[] layers) =>
        $$"""{"module":"keras.src.models.functional","class_name":"Functional","config":{"name":"functional","layers":[{{string.Join(',', layers)}}],"input_layers":{{inputs}},"output_layers":{{outputs}}},"registered_name":"Functional"}""";

    private static string Tensor(string[] read) =>
        $$"""{"class_name":"__keras_tensor__","config":{"keras_history":["{{read[0]}}",{{(read.Length > 1 ? read[1] : "0")}},0]} }""";

    public KerasFileBuilder With(string member, byte[] content)
    {
        _members.Add((member, content));
        return this;
    }

    public KerasFileBuilder Config(string json) => With("config.json", Encoding.UTF8.GetBytes(json));

    /// <param name="variables">As <c>layers/dense/vars/0</c>.</param>
    public KerasFileBuilder Weights(params (string Path, float[] Values, int[] Shape)[] variables)
    {
        var file = new H5File();
        foreach ((string path, float[] values, int[] shape) in variables)
        {
            string[] steps = path.Split('/');
            H5Group group = file;
            foreach (string step in steps[..^1])
            {
                if (!group.TryGetValue(step, out object? next))
                {
                    group[step] = next = new H5Group();
                }

                group = (H5Group)next;
            }

            group[steps[^1]] = new H5Dataset(values, fileDims: [.. shape.Select(static size => (ulong)size)]);
        }

        using var stream = new MemoryStream();
        file.Write(stream);
        return With("model.weights.h5", stream.ToArray());
    }

    public string Write(CompressionLevel level = CompressionLevel.NoCompression)
    {
        using ZipArchive zip = ZipFile.Open(Path, ZipArchiveMode.Create);
        foreach ((string name, byte[] content) in _members)
        {
            using Stream stream = zip.CreateEntry(name, level).Open();
            stream.Write(content);
        }

        return Path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
