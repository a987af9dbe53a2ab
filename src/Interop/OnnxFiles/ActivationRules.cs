using Unroll.Interop.Networks;
using Unroll.Interop.OnnxFiles.Protobuf;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Functions of single numbers, and softmax.</summary>
internal static class ActivationRules
{
    /// <summary>An operator with a coefficient of its own, or the beginning of a function that several nodes compute.</summary>
    public static void Function(OnnxCall call)
    {
        string input = call.Node.Input.First(name => name.Length > 0 && call.Translation.Constant(name) is null);
        if (ScalarRegion.Find(call.Translation, input, call.Node, KnownFunction.Recognize) is { } found)
        {
            Give(call, call.Each(Array.IndexOf([.. call.Node.Input], input)), found.What, found.Nodes);
            return;
        }

        OnnxValue x = call.Each(Array.IndexOf([.. call.Node.Input], input));
        switch (call.Operator)
        {
            case "LeakyRelu":
                call.Give(Layer(call, x, Activation.LeakyRelu, "NegativeSlope", call.Float("alpha", 0.01f)));
                break;
            case "Elu" or "Celu":
                call.Give(Layer(call, x, call.Operator == "Elu" ? Activation.Elu : Activation.Celu, "Alpha", call.Float("alpha", 1)));
                break;
            case "ThresholdedRelu":
                call.Give(Layer(call, x, Activation.ThresholdedRelu, "Theta", call.Float("alpha", 1)));
                break;
            case "Shrink":
                Shrink(call, x);
                break;
            case "HardSigmoid":
                // clip(αx + β) is Keras 3's clip(z/6 + ½) of z = 6αx + 6β − 3.
                Scaled(call, x, 6 * call.Float("alpha", 0.2f), (6 * call.Float("beta", 0.5f)) - 3, Activation.HardSigmoid);
                break;
            case "Clip":
                Clip(call, x);
                break;
            case "Max" or "Min":
                Limit(call, x);
                break;
            case "Abs":
                call.Give(x with { Node = call.Add(typeof(MaximumAttribute), x, Rescale(call, x, -1, 0)), IsNonNegative = true });
                break;
            case "Mul" when call.Node.Input.All(name => name == input):
            case "Pow" when call.Constant(1)?.AsFloats() is [2]:
                call.Give(x with { Node = call.Add(typeof(MultiplyAttribute), x, x), IsNonNegative = true });
                break;
            default:
                throw OnnxCall.Refusal(null, "the function that it is part of is none of Unroll's activations", "use one of these, or leave this part outside of the model");
        }
    }

    public static void Softmax(OnnxCall call)
    {
        if (call.Scores(0) is AttentionScores scores)
        {
            AttentionRules.Softmax(call, scores);
            return;
        }

        OnnxValue x = call.Each();
        int axis = call.SampleAxis(call.Int("axis", call.Opset < 13 ? 1 : -1), x);
        if (call.Opset < 13 && axis != x.Shape.Length - 1)
        {
            throw OnnxCall.Refusal("axis", "it goes over several axes at once before opset 13", "export the model with opset 13 or later");
        }

        int[] axes = x.Axes[^1] == axis ? x.Axes : [.. x.Axes.Where(other => other != axis), axis];
        OnnxValue fit = call.Fit(x, axes);
        Activation activation = call.Operator == "Softmax" ? Activation.Softmax : Activation.LogSoftmax;
        call.Give(Applied(call, fit, call.Node.Input[0], [call.Node], activation));
    }

    public static void PRelu(OnnxCall call)
    {
        OnnxValue x = call.Each() is { Batch: 0 } each ? each : call.Value();
        OnnxTensor slope = call.Required(1, "slope");
        if (slope.Floats is null)
        {
            throw OnnxCall.Refusal("slope", "floats are expected", "export the model again");
        }

        // One slope for all, or one for each element of the first axis, the channels.
        int[] dims = [.. slope.Dims];
        int axis = slope.Count == 1 ? -1 : x.Shape.Length - dims.Length + Array.FindIndex(dims, static size => size > 1);
        if (slope.Count != 1 && (axis < 0 || dims.Count(static size => size > 1) != 1 || x.Shape[axis] != slope.Count))
        {
            throw OnnxCall.Refusal("slope", $"one slope, or one for each channel, is expected, and the file has [{string.Join(", ", dims)}]", "use one of these");
        }

        NetworkNode node = call.Add(typeof(PReluAttribute), x);
        int[] shared = [.. Enumerable.Range(1, x.Axes.Length).Where(place => x.Axes[place - 1] != axis)];
        node.Attribute!.Set("SharedAxes", shared);
        int[] shape = [.. x.Axes.Select(place => place == axis ? x.Shape[place] : 1)];
        node.Parameters.Add(new ImportedTensor("alpha", shape, axis < 0 ? slope.Floats : x.Along(axis, slope.Floats)));
        call.Give(x with { Node = node, IsNonNegative = false });
    }

    /// <summary>y = scale·x + offset.</summary>
    public static OnnxValue Rescale(OnnxCall call, OnnxValue x, float scale, float offset)
    {
        NetworkNode node = call.Add(typeof(RescalingAttribute), x);
        node.Attribute!.Set("scale", scale);
        node.Attribute.Set("offset", offset);
        return x with { Node = node, IsNonNegative = false };
    }

    private static void Give(OnnxCall call, OnnxValue x, KnownFunction function, IReadOnlyList<NodeProto> nodes)
    {
        foreach (NodeProto node in nodes)
        {
            call.Translation.Take(node);
        }

        string output = nodes[^1].Output[0];
        bool isNothing = function is { Activation: null, Scale: 1, Offset: 0 };
        string input = call.Node.Input.First(name => name.Length > 0 && call.Translation.Constant(name) is null);
        call.Translation.Give(
            output,
            isNothing ? x
            : function is { Activation: Activation known, Coefficient: (string argument, float value) } ? Layer(call, x, known, argument, value)
            : function.Activation is Activation activation ? Applied(call, x, input, nodes, activation)
            : Rescale(call, x, function.Scale, function.Offset));
        call.ReadAll();
    }

    /// <summary>As the argument of the layer that gives the value, where that has one and nothing else needs the value; else as a layer.</summary>
    private static OnnxValue Applied(OnnxCall call, OnnxValue x, string input, IReadOnlyList<NodeProto> nodes, Activation activation)
    {
        bool isNonNegative = activation is Activation.Relu or Activation.Relu6 or Activation.Sigmoid or Activation.HardSigmoid or Activation.Softmax or Activation.Softplus or Activation.Exponential;
        bool isOnly = !call.Translation.Links.IsOutput(input)
            && call.Translation.Links.Readers(input).All(reader => nodes.Any(node => ReferenceEquals(node, reader)))
            && ReferenceEquals(call.Translation.Find(input)?.Node ?? call.Translation.Loose(input)?.Node, x.Node)
            && call.Translation.IsOnlyNameOf(x.Node);
        if (isOnly && x.Node.Attribute is { } before && before.Kind != "Activate" && before.TypesOf("activation").Any() && !before.IsSet("activation"))
        {
            before.Set("activation", activation);
            return x with { IsNonNegative = isNonNegative };
        }

        NetworkNode node = call.Add(typeof(ActivateAttribute), x);
        node.Attribute!.Set("activation", activation);
        return x with { Node = node, IsNonNegative = isNonNegative };
    }

    private static OnnxValue Layer(OnnxCall call, OnnxValue x, Activation activation, string argument, float value)
    {
        NetworkNode node = call.Add(typeof(ActivateAttribute), x);
        node.Attribute!.Set("activation", activation);
        node.Attribute.Set(argument, value);
        return x with { Node = node, IsNonNegative = activation == Activation.ThresholdedRelu };
    }

    private static OnnxValue Scaled(OnnxCall call, OnnxValue x, float scale, float offset, Activation activation)
    {
        OnnxValue scaled = Rescale(call, x, scale, offset);
        NetworkNode node = call.Add(typeof(ActivateAttribute), scaled);
        node.Attribute!.Set("activation", activation);
        OnnxValue y = x with { Node = node, IsNonNegative = activation == Activation.HardSigmoid };
        call.Give(y);
        return y;
    }

    private static void Shrink(OnnxCall call, OnnxValue x)
    {
        float lambda = call.Float("lambd", 0.5f);
        float bias = call.Float("bias", 0);
        call.Give(Layer(call, x, bias == 0 ? Activation.HardShrink : Activation.SoftShrink, "Lambda", bias == 0 || bias == lambda
            ? lambda
            : throw OnnxCall.Refusal("bias", $"0 or lambd is expected, and the file says {bias}", "use SoftShrink or HardShrink")));
    }

    /// <summary>Between two limits, or from one on: HardTanh of what is brought to [−1, 1], brought back, where that keeps the digits; else by a maximum and a minimum.</summary>
    private static void Clip(OnnxCall call, OnnxValue x)
    {
        const float Narrow = 16;
        float least = call.Has(1) ? call.Required(1, "min").AsFloats()[0] : call.Float("min", float.MinValue);
        float most = call.Has(2) ? call.Required(2, "max").AsFloats()[0] : call.Float("max", float.MaxValue);
        if (!(least < most))
        {
            throw OnnxCall.Refusal("min", $"a lower and a higher limit are expected, and the file says {least} and {most}", "give both");
        }

        float half = (most / 2) - (least / 2);
        float middle = least + half;
        if (half <= Narrow || (middle == 0 && half <= 1e9f))
        {
            OnnxValue y = Scaled(call, x, 1 / half, -middle / half, Activation.HardTanh);
            call.Give(Rescale(call, y, half, middle) with { IsNonNegative = least >= 0 });
            return;
        }

        OnnxValue above = least > float.MinValue ? Limited(call, x, typeof(MaximumAttribute), least) : x;
        OnnxValue between = most < float.MaxValue ? Limited(call, above, typeof(MinimumAttribute), most) : above;
        call.Give(between with { IsNonNegative = least >= 0 });
    }

    /// <summary>The larger or smaller of each number and a constant.</summary>
    private static OnnxValue Limited(OnnxCall call, OnnxValue x, Type attribute, float limit) =>
        x with { Node = call.Add(attribute, x, Rescale(call, x, 0, limit)), IsNonNegative = false };

    private static void Limit(OnnxCall call, OnnxValue x)
    {
        float[] limits = [.. Enumerable.Range(0, call.Node.Input.Count).Select(call.Constant).OfType<OnnxTensor>().Select(static limit => limit.AsFloats()[0])];
        bool isMax = call.Operator == "Max";
        call.Give(limits.Length == 1 && call.Node.Input.Count == 2
            ? Limited(call, x, isMax ? typeof(MaximumAttribute) : typeof(MinimumAttribute), limits[0]) with { IsNonNegative = isMax ? limits[0] >= 0 : limits[0] >= 0 && x.IsNonNegative }
            : throw OnnxCall.Refusal(null, "a value and one number are compared", "compare two at a time"));
    }
}
