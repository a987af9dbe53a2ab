using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Unroll.Generator.Tests.Hostile;

/// <summary>A source with one network, from which attributes can be taken to find the smallest that fails.</summary>
/// <param name="Opening">What stands before the attributes: containing types.</param>
/// <param name="Attributes">With brackets.</param>
/// <param name="Declaration">The class, and what closes the containing types.</param>
/// <param name="Block">The block that layers may use.</param>
/// <param name="Cut">The position, in thousandths of the text, where typing has stopped; 1000 for a finished text.</param>
internal sealed record RandomNetwork(string Opening, string[] Attributes, string Declaration, string Block, int Cut)
{
    private static readonly Gen<string> s_names = Gen.Elements(
        "Net", "net", "@class", "Layer", "_", "Größe", "网络", "Load", "Graph", "InputSize", "Model", "System", "Unroll", "Net_1", "A__B", "var", "record",
        "async", "@int", "Dense", "Activation", "Vector512", "MathF", "Parameters", "Generated", "nuint", "field", "value", "required");

    private static readonly Gen<string> s_classes = Gen.Frequency(
        (30, Gen.Constant("public sealed partial class {0};")),
        (2, Gen.Constant("partial class {0} {{ public {0}(string name) : this(3) {{ }} public int Other; }}")),
        (1, Gen.Constant("partial class {0} {{ int __network; void Prepare() {{ }} static void Infer(float x) {{ }} }}")),
        (1, Gen.Elements(
            "class {0};", "static partial class {0};", "abstract partial class {0};", "partial struct {0};", "partial record {0};", "partial class {0}<T>;",
            "file partial class {0};", "partial class {0}(int size);", "partial class {0} : System.Exception;", "partial interface {0};",
            "record {0}(int Size);", "readonly partial struct {0}(int size);", "partial interface {0}<in T>;", "partial class {0} : Body;",
            "partial class {0} : Model {{ public void Save(string path) {{ }} }}", "partial record struct {0}<Fit>(Fit Parameters);", "partial class {0} {{ int Load; }}",
            "partial class {0} {{ public static void Graph() {{ }} }}",
            "partial class {0} {{ public required int Size {{ get; set; }} }}", "partial class {0}; partial class {0};", "enum {0} {{ }}")));

    private static readonly Gen<(string Opening, string Closing)> s_surroundings = Gen.Frequency(
        (12, Gen.Constant(("", ""))),
        (2, Gen.Constant(("public static partial class Outer { ", " }"))),
        (1, Gen.Elements(
            ("class Outer { ", " }"), ("partial class Outer<T> { ", " }"), ("partial struct Outer { internal partial interface IInner { ", " } }"), ("namespace Sub { ", " }"))));

    private static readonly Gen<string> s_sizes = Gen.Frequency(
        (60, Gen.Elements("1", "2", "3", "4", "6", "8", "15", "16", "17")), (1, Gen.Elements("0", "-1", "65536", "2097152", "int.MaxValue", "int.MinValue", "4 / 2", "Missing", "'c'")));

    private static readonly Gen<string> s_network =
        from rank in Gen.Frequency((20, Gen.Choose(1, 3)), (1, Gen.Elements(0, 7, 40)))
        from sizes in s_sizes.ArrayOf(rank)
        from form in Gen.Frequency((12, Gen.Constant("[Network({0})]")), (1, Gen.Elements("[Network(new[] {{ {0} }})]", "[Network(null)]", "[Network]", "[Network({0}), System.Serializable]")))
        select string.Format(CultureInfo.InvariantCulture, form, string.Join(", ", sizes));

    private static readonly Gen<string> s_budget = Gen.Frequency(
        (20, Gen.Constant("")),
        (1, from limit in Gen.Elements("MaxParameters", "MaxMultiplyAdds", "MaxBytes")
            from value in Gen.Elements("1", "100", "1000000", "0", "-7", "long.MaxValue", "long.MinValue", "Missing")
            select $"[Budget({limit} = {value})]"));

    /// <summary>Networks of every kind of layer, most of them nearly sound.</summary>
    public static Gen<RandomNetwork> Any { get; } =
        from network in s_network
        from budget in s_budget
        from layers in Layers(Gen.Choose(0, 7))
        from body in Layers(Gen.Choose(0, 3))
        from marker in Gen.Frequency((15, Gen.Constant("[Block] ")), (1, Gen.Elements("", "[Block, Network(2)] ")))
        from name in Gen.Frequency((3, Gen.Constant("Net")), (2, s_names))
        from declaration in s_classes
        from around in s_surroundings
        from cut in Gen.Frequency((9, Gen.Constant(1000)), (1, Gen.Choose(0, 999)))
        select new RandomNetwork(
            around.Opening,
            [network, .. budget.Length > 0 ? [budget] : Array.Empty<string>(), .. layers],
            string.Format(CultureInfo.InvariantCulture, declaration, name) + around.Closing,
            $" {marker}{string.Concat(body)} class Body;",
            cut);

    /// <summary>Stacks of layers of images.</summary>
    public static Gen<RandomNetwork> OfImages { get; } =
        from sizes in Gen.Elements("1", "3", "5", "8", "15", "16", "17").ArrayOf(3)
        from layers in Gen.Choose(1, 6).SelectMany(static count => RandomLayer.OfImages.ArrayOf(count))
        select new RandomNetwork("", [$"[Network({string.Join(", ", sizes)})]", .. layers], "public sealed partial class Net;", " [Block] [Dense(3)] class Body;", 1000);

    /// <summary>Stacks of layers along streams.</summary>
    public static Gen<RandomNetwork> OfStreams { get; } =
        from features in Gen.Elements("1", "3", "8", "17")
        from layers in Gen.Choose(1, 6).SelectMany(static count => RandomLayer.OfStreams.ArrayOf(count))
        from body in Gen.Elements("[Dense(3)]", "[Conv1D(3, 2, Padding = Padding.Causal)]", "[Reshape(3, 1)] [MaxPooling1D] [Flatten]")
        select new RandomNetwork("", [$"[Network(40, {features}, Streaming = true)]", .. layers], "public sealed partial class Net;", $" [Block] {body} class Body;", 1000);

    public override string ToString()
    {
        string text = $"{Opening}{string.Join(" ", Attributes)} {Declaration}{Block}";
        return text[..(text.Length * Cut / 1000)];
    }

    /// <summary>The same with less.</summary>
    public IEnumerable<RandomNetwork> Simpler()
    {
        for (int i = 0; i < Attributes.Length; i++)
        {
            yield return this with { Attributes = [.. Attributes[..i], .. Attributes[(i + 1)..]] };
        }
    }

    private static Gen<string[]> Layers(Gen<int> counts) => counts.SelectMany(static count => RandomLayer.Any.ArrayOf(count));
}
