namespace Unroll.Interop.OnnxExport;

/// <summary>The coefficients of functions that have one.</summary>
internal sealed record ActivationArguments(float Alpha, float NegativeSlope, float Lambda, float Theta, float B)
{
    public static readonly ActivationArguments Defaults = new(1, 0.2f, 0.5f, 1, 4);
}

/// <summary>Activations as operators of opset 17.</summary>
internal static class ActivationExport
{
    public static ExportValue Apply(LayerCall call, ExportValue x, Activation activation, ActivationArguments arguments)
    {
        string name = x.Name;
        string y = activation switch
        {
            Activation.Linear => name,
            Activation.Relu => call.Add("Relu", name),
            Activation.LeakyRelu => call.Add("LeakyRelu", [name], ("alpha", arguments.NegativeSlope)),
            Activation.Elu => call.Add("Elu", [name], ("alpha", arguments.Alpha)),
            Activation.Selu => call.Add("Selu", name),
            Activation.Celu => call.Add("Celu", [name], ("alpha", arguments.Alpha)),
            Activation.Gelu => Gelu(call, name),
            Activation.GeluTanh => GeluTanh(call, name),
            Activation.Swish => call.Add("Mul", name, call.Add("Sigmoid", name)),
            Activation.Sigmoid => call.Add("Sigmoid", name),
            Activation.HardSigmoid => call.Add("HardSigmoid", [name], ("alpha", 1f / 6), ("beta", 0.5f)),
            Activation.HardSwish => call.Add("HardSwish", name),
            Activation.Tanh => call.Add("Tanh", name),
            Activation.Softplus => call.Add("Softplus", name),
            Activation.Softsign => call.Add("Softsign", name),
            Activation.Softmax => call.Add("Softmax", [name], ("axis", x.IsChannelsFirst ? 1 : -1)),
            Activation.LogSoftmax => call.Add("LogSoftmax", [name], ("axis", x.IsChannelsFirst ? 1 : -1)),
            Activation.Mish => call.Add("Mul", name, call.Add("Tanh", call.Add("Softplus", name))),
            Activation.Exponential => call.Add("Exp", name),
            Activation.Relu6 => Clip(call, name, 0, 6),
            Activation.HardTanh => Clip(call, name, -1, 1),
            Activation.LogSigmoid => call.Add("Neg", call.Add("Softplus", call.Add("Neg", name))),
            Activation.TanhShrink => call.Add("Sub", name, call.Add("Tanh", name)),
            Activation.SoftShrink => call.Add("Shrink", [name], ("lambd", arguments.Lambda), ("bias", arguments.Lambda)),
            Activation.HardShrink => call.Add("Shrink", [name], ("lambd", arguments.Lambda), ("bias", 0f)),
            Activation.Squareplus => Squareplus(call, name, arguments.B),
            Activation.ThresholdedRelu => call.Add("ThresholdedRelu", [name], ("alpha", arguments.Theta)),
            _ => throw new NotSupportedException($"the activation {activation} has no operator yet"),
        };
        return x with { Name = y };
    }

    public static ExportValue Layer(LayerCall call) => Apply(call, call.X, call.Layer.Argument<Activation>("Activation"), new ActivationArguments(
        call.Layer.Argument<float>("Alpha"),
        call.Layer.Argument<float>("NegativeSlope"),
        call.Layer.Argument<float>("Lambda"),
        call.Layer.Argument<float>("Theta"),
        call.Layer.Argument<float>("B")));

    public static ExportValue LeakyRelu(LayerCall call) =>
        Apply(call, call.X, Activation.LeakyRelu, ActivationArguments.Defaults with { NegativeSlope = call.Layer.Argument<float>("Slope") });

    public static ExportValue ThresholdedRelu(LayerCall call) =>
        Apply(call, call.X, Activation.ThresholdedRelu, ActivationArguments.Defaults with { Theta = call.Layer.Argument<float>("Theta") });

    public static ExportValue PRelu(LayerCall call) => call.Give(call.Add("PRelu", call.Plain, call.Writer.Weight(call.Layer, "alpha")));

    // ½·x·(1 + erf(x/√2))
    private static string Gelu(LayerCall call, string x)
    {
        string erf = call.Add("Erf", call.Add("Div", x, call.Writer.Number(MathF.Sqrt(2))));
        return call.Add("Mul", call.Add("Mul", x, call.Add("Add", erf, call.Writer.Number(1))), call.Writer.Number(0.5f));
    }

    // ½·x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))
    private static string GeluTanh(LayerCall call, string x)
    {
        string cube = call.Add("Mul", call.Add("Mul", call.Add("Mul", x, x), x), call.Writer.Number(0.044715f));
        string tanh = call.Add("Tanh", call.Add("Mul", call.Add("Add", x, cube), call.Writer.Number(MathF.Sqrt(2 / MathF.PI))));
        return call.Add("Mul", call.Add("Mul", x, call.Add("Add", tanh, call.Writer.Number(1))), call.Writer.Number(0.5f));
    }

    // (x + √(x² + b))/2
    private static string Squareplus(LayerCall call, string x, float b)
    {
        string root = call.Add("Sqrt", call.Add("Add", call.Add("Mul", x, x), call.Writer.Number(b)));
        return call.Add("Mul", call.Add("Add", x, root), call.Writer.Number(0.5f));
    }

    private static string Clip(LayerCall call, string x, float least, float most) =>
        call.Add("Clip", x, call.Writer.Number(least), call.Writer.Number(most));
}
