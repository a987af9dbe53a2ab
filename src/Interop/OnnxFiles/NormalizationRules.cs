using System.Globalization;
using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Normalizations that are operators of their own.</summary>
internal static class NormalizationRules
{
    // Of PyTorch's writing and of no prediction's concern: running statistics are never computed by an exported model.
    private const string TrainingMode = "training_mode";

    public static void Batch(OnnxCall call)
    {
        OnnxValue x = call.Each() is { Batch: 0 } each ? each : call.Value();
        if (call.Int(TrainingMode, 0) != 0 || call.Int("spatial", 1) != 1)
        {
            throw OnnxCall.Refusal(TrainingMode, "it computes with the statistics of a batch", "export the model in evaluation mode");
        }

        int axis = x.Steps;
        int channels = x.Shape[axis];
        NetworkNode node = call.Add(typeof(BatchNormalizationAttribute), x);
        node.Attribute!.Set("Axis", x.ClassAxis(axis) is > 0 or -1 ? x.ClassAxis(axis) : throw Missing());
        node.Attribute.Set("Epsilon", call.Float("epsilon", 1e-5f));
        node.Attribute.Set("Momentum", call.Float("momentum", 0.9f));
        string[] parts = ["gamma", "beta", "moving_mean", "moving_variance"];
        for (int part = 0; part < parts.Length; part++)
        {
            node.Parameters.Add(new ImportedTensor(parts[part], [channels], x.Along(axis, Numbers(call, part + 1, channels, parts[part]))));
        }

        call.Give(x with { Node = node, IsNonNegative = false });
    }

    public static void Layer(OnnxCall call)
    {
        OnnxValue x = call.Each();
        int axis = call.SampleAxis(call.Int("axis", -1), x);
        if (axis < x.Batch)
        {
            throw OnnxCall.Refusal("axis", "it goes over the samples", "export the model with the batch first");
        }

        call.Int("stash_type", 1);
        int count = x.Shape.Skip(axis).Aggregate(1, static (product, size) => product * size);
        call.Give(AddLayer(call, x, axis, call.Float("epsilon", 1e-5f), Scales(call, 1, count), call.Has(2) ? Scales(call, 2, count) : null));
    }

    /// <summary>Over the file's axes from one on.</summary>
    public static OnnxValue AddLayer(OnnxCall call, OnnxValue x, int axis, float epsilon, float[]? gamma, float[]? beta)
    {
        int rank = x.Shape.Length;
        int[] own = [.. Enumerable.Range(axis, rank - axis)];
        OnnxValue fit = own.All(x.Axes.Contains) ? x : call.Fit(x, Layouts.AsFile(rank));
        int[] places = [.. fit.Axes.Where(own.Contains)];
        NetworkNode node = call.Add(typeof(LayerNormalizationAttribute), fit);
        node.Attribute!.Set("Axis", places.Select(fit.ClassAxis).ToArray());
        node.Attribute.Set("Epsilon", epsilon);
        node.Attribute.Set("Scale", gamma is not null);
        node.Attribute.Set("Center", beta is not null);
        foreach ((string name, float[]? values) in new[] { ("gamma", gamma), ("beta", beta) })
        {
            if (values is not null)
            {
                float[] moved = own.Length == 1 ? fit.Along(axis, values) : AxisOrder.Move(values, x.Shape[axis..], [.. places.Select(place => place - axis)]);
                node.Parameters.Add(new ImportedTensor(name, [.. places.Select(place => x.Shape[place])], moved));
            }
        }

        return fit with { Node = node, IsNonNegative = false };
    }

    public static void RootMeanSquare(OnnxCall call)
    {
        OnnxValue x = call.Each();
        int axis = call.SampleAxis(call.Int("axis", -1), x);
        call.Int("stash_type", 1);
        int count = x.Shape.Skip(axis).Aggregate(1, static (product, size) => product * size);
        if (axis != x.Shape.Length - 1)
        {
            throw OnnxCall.Refusal("axis", "the last axis is expected", "normalize over the last axis");
        }

        call.Give(AddRootMeanSquare(call, x, call.Float("epsilon", 1e-5f), Scales(call, 1, count)));
    }

    /// <summary>Over the last axis of the file.</summary>
    public static OnnxValue AddRootMeanSquare(OnnxCall call, OnnxValue x, float epsilon, float[] scale)
    {
        int last = x.Shape.Length - 1;
        OnnxValue fit = x.Axes.Contains(last) ? x : call.Fit(x, Layouts.AsFile(x.Shape.Length));
        NetworkNode node = call.Add(typeof(RMSNormalizationAttribute), fit);
        node.Attribute!.Set("Axis", new[] { fit.ClassAxis(last) });
        node.Attribute.Set("Epsilon", epsilon);
        node.Parameters.Add(new ImportedTensor("scale", [scale.Length], fit.Along(last, scale)));
        return fit with { Node = node, IsNonNegative = false };
    }

    /// <summary>A value divided by its length along one axis, which is kept from 0.</summary>
    public static void Unit(OnnxCall call)
    {
        const float Least = 1e-6f;
        OnnxValue x = call.Batched();
        OnnxLinks links = call.Translation.Links;
        int[] axes = call.Axes(1) ?? [];
        bool keeps = call.Int("keepdims", 1) != 0;
        call.Int("noop_with_empty_axes", 0);
        string value = call.Node.Output[0];
        List<NodeProto> nodes = [];
        while (links.OnlyReader(value) is { } next && Keeps(new OnnxCall(next, call.Translation)))
        {
            nodes.Add(next);
            value = next.Output[0];
        }

        if (!keeps || axes.Length != 1 || links.OnlyReader(value) is not { OpType: "Div", Input: [string whole, string length] } division
            || whole != call.Node.Input[0] || length != value)
        {
            throw OnnxCall.Refusal(null, "a length along one axis is what its own value is divided by", "use F.normalize, or leave this part outside of the model");
        }

        int axis = call.SampleAxis(axes[0], x);
        OnnxValue fit = x.Axes.Contains(axis) ? x : call.Fit(x, Layouts.AsFile(x.Shape.Length));
        NetworkNode node = call.Add(typeof(UnitNormalizationAttribute), fit);
        node.Attribute!.Set("Axis", new[] { fit.ClassAxis(axis) });
        nodes.ForEach(call.Translation.Take);
        call.Translation.Take(division);
        call.Translation.Give(division.Output[0], fit with { Node = node, IsNonNegative = x.IsNonNegative });

        bool Keeps(OnnxCall next) => next.Operator switch
        {
            "Clip" => (next.Constant(1)?.AsFloats()[0] ?? next.Float("min", 0)) is >= 0 and <= Least && !next.Has(2) && next.Float("max", float.MaxValue) == float.MaxValue,
            "Max" => next.Node.Input.Count == 2 && (next.Constant(0) ?? next.Constant(1)) is { Count: 1 } least && least.AsFloats()[0] is >= 0 and <= Least,
            "Expand" => next.Node.Input[0] == value,
            _ => false,
        };
    }

    /// <summary>scikit-learn's: (x − offset)·scale for each feature.</summary>
    public static void Scaler(OnnxCall call)
    {
        OnnxValue x = call.Value();
        float[] offset = call.Floats("offset") ?? [];
        float[] scale = call.Floats("scale") ?? [];
        int features = x.Shape[^1];
        if (x.Shape.Length != 1 || offset.Length != features || scale.Length != features)
        {
            throw OnnxCall.Refusal("scale", $"an offset and a scale for each of {features.ToString(CultureInfo.InvariantCulture)} features are expected", "export the model again");
        }

        call.Give(AddAffine(call, x, 0, scale, [.. offset.Zip(scale, static (o, s) => -o * s)]));
    }

    public static void Instance(OnnxCall call) => Group(call, -1, x => x.Shape[0]);

    public static void Group(OnnxCall call)
    {
        call.Int("stash_type", 1);
        int groups = call.Int(call.Int("num_groups", 0), "num_groups");
        if (call.Opset < 21)
        {
            throw OnnxCall.Refusal(null, "its scale is one for a group before opset 21", "export the model with opset 21 or later");
        }

        Group(call, groups, static x => x.Shape[0]);
    }

    /// <summary>A number for each element of one axis, multiplied and added: a normalization whose statistics are 0 and 1.</summary>
    public static OnnxValue AddAffine(OnnxCall call, OnnxValue x, int axis, float[] scale, float[] offset)
    {
        const float Epsilon = 1e-3f;
        int length = x.Shape[axis];
        NetworkNode node = call.Add(typeof(BatchNormalizationAttribute), x);
        node.Attribute!.Set("Axis", x.ClassAxis(axis));
        node.Parameters.Add(new ImportedTensor("gamma", [length], x.Along(axis, scale)));
        node.Parameters.Add(new ImportedTensor("beta", [length], x.Along(axis, offset)));
        node.Parameters.Add(new ImportedTensor("moving_mean", [length], new float[length]));
        node.Parameters.Add(new ImportedTensor("moving_variance", [length], [.. Enumerable.Repeat(1f - Epsilon, length)]));
        return x with { Node = node, IsNonNegative = false };
    }

    private static void Group(OnnxCall call, int groups, Func<OnnxValue, int> channels)
    {
        OnnxValue x = call.Value();
        OnnxValue fit = call.Fit(x, Layouts.ChannelsLast(x.Shape.Length));
        NetworkNode node = call.Add(typeof(GroupNormalizationAttribute), fit);
        node.Attribute!.Set("groups", groups);
        node.Attribute.Set("Epsilon", call.Float("epsilon", 1e-5f));
        node.Parameters.Add(new ImportedTensor("gamma", [channels(x)], Numbers(call, 1, channels(x), "scale")));
        node.Parameters.Add(new ImportedTensor("beta", [channels(x)], Numbers(call, 2, channels(x), "bias")));
        call.Give(fit with { Node = node, IsNonNegative = false });
    }

    private static float[] Numbers(OnnxCall call, int input, int count, string what) =>
        call.Required(input, what) is { Floats: { } values, Dims.Count: 1 } && values.Length == count
            ? values
            : throw OnnxCall.Refusal(what, $"{count.ToString(CultureInfo.InvariantCulture)} floats are expected", "export the model again");

    private static float[] Scales(OnnxCall call, int input, int count) => call.Required(input, "Scale") is { Floats: { } values } && values.Length == count
        ? values
        : throw OnnxCall.Refusal("Scale", $"{count.ToString(CultureInfo.InvariantCulture)} floats are expected", "export the model again");

    private static RefusedNodeException Missing() => OnnxCall.Refusal(null, "its channels are an axis that was squeezed away", "normalize before squeezing");
}
