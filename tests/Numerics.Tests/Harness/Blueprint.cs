using System.Globalization;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>A network as a test states it: the source of the annotated class and the reference are both made from it.</summary>
internal sealed record Blueprint(string Name, int[] Input, params LayerSketch[] Layers)
{
    /// <summary>Named arguments of <c>[Network]</c>, each with a comma before it.</summary>
    public string Settings { get; init; } = "";

    public string Source => string.Concat(Layers.Select(static layer => layer.Declarations))
        + $"[Network({string.Join(", ", Input)}{Settings})]\n{string.Concat(Layers.Select(static layer => $"[{layer.Attribute}]\n"))}public sealed partial class {Name};\n";

    public int InputSize => Size(Input);

    public int[] Output => Layers.Aggregate(Input, static (shape, layer) => layer.OutputOf(shape));

    public static int Size(int[] shape) => shape.Aggregate(1, static (product, axis) => product * axis);
}

/// <summary>One layer of a <see cref="Blueprint"/>.</summary>
internal abstract record LayerSketch
{
    public abstract string Attribute { get; }

    /// <summary>What unnamed layers with parameters are called, before their number.</summary>
    public virtual string Kind => "";

    /// <summary>The classes the attribute refers to.</summary>
    public virtual string Declarations => "";

    public virtual int[] OutputOf(int[] input) => input;

    /// <summary>The terms of the longest sum that one value of the output is.</summary>
    public virtual int TermsOf(int[] input) => input[^1];

    protected static string List(int[] values) => $"[{string.Join(", ", values)}]";

    protected static string Number(float value) => string.Create(CultureInfo.InvariantCulture, $"{value}f");

    protected static string Flag(bool value) => value ? "true" : "false";

    /// <summary>The arguments that are not 0: others may belong to what the layer does not have.</summary>
    protected static string Given(params IEnumerable<(string Name, float Value)> arguments) =>
        string.Concat(arguments.Where(static argument => argument.Value != 0f).Select(static argument => $", {argument.Name} = {Number(argument.Value)}"));
}

internal sealed record DenseSketch(
    int Units,
    Activation Activation = Activation.Linear,
    bool UseBias = true,
    float KernelL1 = 0f,
    float KernelL2 = 0f,
    float BiasL1 = 0f,
    float BiasL2 = 0f) : LayerSketch
{
    public override string Kind => "dense";

    public override string Attribute => $"Dense({Units}, Activation.{Activation}{(UseBias ? "" : ", UseBias = false")}"
        + Given((nameof(KernelL1), KernelL1), (nameof(KernelL2), KernelL2), (nameof(BiasL1), BiasL1), (nameof(BiasL2), BiasL2)) + ")";

    public override int[] OutputOf(int[] input) => [.. input[..^1], Units];
}

internal sealed record ActivateSketch(Activation Activation) : LayerSketch
{
    public override string Attribute => $"Activate(Activation.{Activation})";
}

internal sealed record FlattenSketch : LayerSketch
{
    public override string Attribute => "Flatten";

    public override int[] OutputOf(int[] input) => [Blueprint.Size(input)];
}

internal sealed record DropoutSketch(float Rate) : LayerSketch
{
    public override string Attribute => $"Dropout({Number(Rate)})";
}
