using System.Globalization;
using DataType = Unroll.Interop.OnnxFiles.Protobuf.TensorProto.Types.DataType;

namespace Unroll.Interop.OnnxFiles;

/// <summary>What one operator does to single numbers.</summary>
internal static class ScalarFunction
{
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    public static bool Has(string operation) => operation is "Relu" or "LeakyRelu" or "Elu" or "Selu" or "Celu" or "Sigmoid" or "Tanh" or "Softplus"
        or "Softsign" or "HardSigmoid" or "HardSwish" or "Mish" or "Gelu" or "Swish" or "Exp" or "Log" or "Erf" or "Sqrt" or "Abs" or "Neg" or "Reciprocal" or "Clip"
        or "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Max" or "Min" or "ThresholdedRelu" or "Identity"
        or "Where" or "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "Not" or "And" or "Or" or "Cast" or "CastLike";

    /// <summary>The value for some inputs, which are numbers or constants of one.</summary>
    public static double Apply(OnnxCall call, double[] inputs)
    {
        double x = inputs[0];
        return call.Operator switch
        {
            "Relu" => Math.Max(x, 0),
            "LeakyRelu" => x < 0 ? x * call.Float("alpha", 0.01f) : x,
            "Elu" => x < 0 ? call.Float("alpha", 1) * double.Exp(x) - call.Float("alpha", 1) : x,
            "Selu" => call.Float("gamma", (float)SeluScale) * (x < 0 ? call.Float("alpha", (float)SeluAlpha) * (Math.Exp(x) - 1) : x),
            "Celu" => Math.Max(x, 0) + Math.Min(0, call.Float("alpha", 1) * (Math.Exp(x / call.Float("alpha", 1)) - 1)),
            "Sigmoid" => Sigmoid(x),
            "Tanh" => Math.Tanh(x),
            "Softplus" => Softplus(x),
            "Softsign" => x / (1 + Math.Abs(x)),
            "HardSigmoid" => Math.Clamp((call.Float("alpha", 0.2f) * x) + call.Float("beta", 0.5f), 0, 1),
            "HardSwish" => x * Math.Clamp((x / 6) + 0.5, 0, 1),
            "Mish" => x * Math.Tanh(Softplus(x)),
            "Swish" => x * Sigmoid(call.Float("alpha", 1) * x),
            "Gelu" => Gelu(x, call.Text("approximate", "none") == "tanh"),
            "Exp" => Math.Exp(x),
            "Log" => Math.Log(x),
            "Erf" => Erf(x),
            "Sqrt" => Math.Sqrt(x),
            "Abs" => Math.Abs(x),
            "Neg" => -x,
            "Reciprocal" => 1 / x,
            "ThresholdedRelu" => x > call.Float("alpha", 1) ? x : 0,
            "Identity" => x,
            _ => Apply(call, x, inputs),
        };
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));

    public static double Gelu(double x, bool isTanh) => isTanh
        ? 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))
        : 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>The error function: its series near 0, 1 far out, to 1e-8.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) > 4)
        {
            return Math.Sign(x);
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 80; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / Math.Sqrt(Math.PI);
    }

    private static double Apply(OnnxCall call, double x, double[] inputs) => call.Operator switch
    {
        "Add" => x + inputs[1],
        "Sub" => x - inputs[1],
        "Mul" => x * inputs[1],
        "Div" => x / inputs[1],
        "Pow" => Math.Pow(x, inputs[1]),
        "Max" => inputs.Max(),
        "Min" => inputs.Min(),
        "Clip" => Clip(call, inputs),
        "Where" => x != 0 ? inputs[1] : inputs[2],
        "Equal" => Truth(x == inputs[1]),
        "Greater" => Truth(x > inputs[1]),
        "GreaterOrEqual" => Truth(x >= inputs[1]),
        "Less" => Truth(x < inputs[1]),
        "LessOrEqual" => Truth(x <= inputs[1]),
        "Not" => Truth(x == 0),
        "And" => Truth(x != 0 && inputs[1] != 0),
        "Or" => Truth(x != 0 || inputs[1] != 0),
        "CastLike" => x,
        // What cuts off digits is no activation.
        "Cast" => (DataType)call.Int("to", 0) switch { DataType.Float or DataType.Double => x, DataType.Bool => Truth(x != 0), _ => double.NaN },
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{call.Operator} has no value.")),
    };

    private static double Truth(bool value) => value ? 1 : 0;

    // Older versions have limits as attributes, newer ones as inputs that may be left out.
    private static double Clip(OnnxCall call, double[] inputs)
    {
        double least = call.Has(1) ? inputs[1] : call.Float("min", float.MinValue);
        double most = call.Has(2) ? inputs[^1] : call.Float("max", float.MaxValue);
        return Math.Min(Math.Max(inputs[0], least), most);
    }
}
