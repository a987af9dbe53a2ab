namespace Unroll.Interop.OnnxExport;

/// <summary>Normalizations.</summary>
internal static class NormalizationExport
{
    // The epsilons of Keras's backend and of its ops.normalize.
    private const float LeastDeviation = 1e-7f;
    private const float LeastLength = 1e-12f;

    public static ExportValue Batch(LayerCall call)
    {
        int axis = call.Axes()[0];
        int length = call.InputShape[axis];
        float[] mean = call.Writer.Parameter(call.Layer, "moving_mean");
        float[] variance = call.Writer.Parameter(call.Layer, "moving_variance");
        float epsilon = call.Layer.Argument<float>("Epsilon");
        if (axis == call.InputShape.Length - 1)
        {
            ExportValue x = call.Writer.ChannelsFirst(call.X);
            string[] inputs = [x.Name, Gamma(call, length), Beta(call, length), call.Writer.Weight(call.Layer, "moving_mean"), call.Writer.Weight(call.Layer, "moving_variance")];
            return call.GiveChannelsFirst(call.Add("BatchNormalization", inputs, ("epsilon", epsilon), ("momentum", call.Layer.Argument<float>("Momentum"))));
        }

        float[] gamma = Values(call, "Scale", "gamma", length, 1);
        float[] beta = Values(call, "Center", "beta", length, 0);
        float[] scale = [.. gamma.Select((value, i) => value / MathF.Sqrt(variance[i] + epsilon))];
        int[] shape = [length, .. Enumerable.Repeat(1, call.InputShape.Length - 1 - axis)];
        string scaled = call.Add("Mul", call.Plain, call.Writer.Numbers(shape, scale));
        return call.Give(call.Add("Add", scaled, call.Writer.Numbers(shape, [.. beta.Select((value, i) => value - (mean[i] * scale[i]))])));
    }

    public static ExportValue Layer(LayerCall call) => OverLastAxes(call, call.Axes(), (x, sizes) =>
    {
        int count = sizes.Aggregate(1, static (product, size) => product * size);
        string[] inputs = [x, Part(call, "Scale", "gamma", sizes, count, 1), Part(call, "Center", "beta", sizes, count, 0)];
        return call.Add("LayerNormalization", inputs, ("axis", -sizes.Length), ("epsilon", call.Layer.Argument<float>("Epsilon")));
    });

    // x/√(mean(x²) + ε)·scale
    public static ExportValue RootMeanSquare(LayerCall call) => OverLastAxes(call, call.Axes(), (x, sizes) =>
    {
        string mean = call.Add("ReduceMean", [call.Add("Mul", x, x)], ("axes", Last(sizes.Length)), ("keepdims", 1));
        string root = call.Add("Sqrt", call.Add("Add", mean, call.Writer.Number(call.Layer.Argument<float>("Epsilon"))));
        return call.Add("Mul", call.Add("Div", x, root), call.Writer.Weight(call.Layer, "scale", sizes, call.Writer.Parameter(call.Layer, "scale")));
    });

    // x/max(‖x‖, 1e-12)
    public static ExportValue Unit(LayerCall call) => OverLastAxes(call, call.Axes(), (x, sizes) => Unit(call, x, Last(sizes.Length)));

    public static string Unit(LayerCall call, string x, int[] axes)
    {
        string length = call.Add("ReduceL2", [x], ("axes", axes), ("keepdims", 1));
        return call.Add("Div", x, call.Add("Max", length, call.Writer.Number(LeastLength)));
    }

    /// <summary>Groups of channels as the channels of an instance normalization.</summary>
    public static ExportValue Group(LayerCall call)
    {
        int axis = call.Axes()[0];
        int channels = call.InputShape[axis];
        int groups = call.Layer.Argument<int>("Groups") is var given && given == -1 ? channels : given;
        int[] order = [axis, .. Enumerable.Range(0, call.InputShape.Length).Where(other => other != axis)];
        string moved = call.Writer.Transposed(call.Plain, [0, .. order.Select(static place => place + 1)]);
        string grouped = call.Add("Reshape", moved, call.Writer.Wholes(0, groups, -1));
        string normal = call.Add(
            "InstanceNormalization",
            [grouped, call.Writer.Numbers([groups], [.. Enumerable.Repeat(1f, groups)]), call.Writer.Numbers([groups], new float[groups])],
            ("epsilon", call.Layer.Argument<float>("Epsilon")));
        string y = call.Add("Reshape", normal, call.Writer.Wholes([-1, .. order.Select(place => (long)call.InputShape[place])]));
        int[] shape = [channels, .. Enumerable.Repeat(1, call.InputShape.Length - 1)];
        y = call.Layer.Argument<bool>("Scale") ? call.Add("Mul", y, call.Writer.Weight(call.Layer, "gamma", shape, call.Writer.Parameter(call.Layer, "gamma"))) : y;
        y = call.Layer.Argument<bool>("Center") ? call.Add("Add", y, call.Writer.Weight(call.Layer, "beta", shape, call.Writer.Parameter(call.Layer, "beta"))) : y;
        return call.Give(call.Writer.Transposed(y, [0, .. Enumerable.Range(0, order.Length).Select(place => Array.IndexOf(order, place) + 1)]));
    }

    // (x − mean)/max(√variance, 1e-7)
    public static ExportValue Fixed(LayerCall call)
    {
        float[] deviation = [.. call.Writer.Parameter(call.Layer, "variance").Select(static value => MathF.Max(MathF.Sqrt(value), LeastDeviation))];
        string centered = call.Add("Sub", call.Plain, call.Writer.Weight(call.Layer, "mean"));
        return call.Give(call.Add("Div", centered, call.Writer.Numbers([deviation.Length], deviation)));
    }

    /// <summary>Brings axes to the end for some work, and back.</summary>
    private static ExportValue OverLastAxes(LayerCall call, int[] axes, Func<string, int[], string> work)
    {
        int rank = call.InputShape.Length;
        int[] order = [.. Enumerable.Range(0, rank).Except(axes), .. axes];
        bool isMoved = !order.SequenceEqual(Enumerable.Range(0, rank));
        string x = isMoved ? call.Writer.Transposed(call.Plain, [0, .. order.Select(static axis => axis + 1)]) : call.Plain;
        string y = work(x, [.. axes.Select(axis => call.InputShape[axis])]);
        return call.Give(isMoved ? call.Writer.Transposed(y, [0, .. Enumerable.Range(0, rank).Select(axis => Array.IndexOf(order, axis) + 1)]) : y);
    }

    private static int[] Last(int count) => [.. Enumerable.Range(-count, count)];

    private static string Gamma(LayerCall call, int length) => Part(call, "Scale", "gamma", [length], length, 1);

    private static string Beta(LayerCall call, int length) => Part(call, "Center", "beta", [length], length, 0);

    private static string Part(LayerCall call, string flag, string part, int[] shape, int count, float neutral) => call.Layer.Argument<bool>(flag)
        ? call.Writer.Weight(call.Layer, part, shape, call.Writer.Parameter(call.Layer, part))
        : call.Writer.Numbers(shape, [.. Enumerable.Repeat(neutral, count)]);

    private static float[] Values(LayerCall call, string flag, string part, int count, float neutral) =>
        call.Layer.Argument<bool>(flag) ? call.Writer.Parameter(call.Layer, part) : [.. Enumerable.Repeat(neutral, count)];
}
