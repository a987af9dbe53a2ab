using System.Globalization;
using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Products with a matrix of constants, and what is added behind: dense layers.</summary>
internal static class DenseRules
{
    public static void Gemm(OnnxCall call)
    {
        if (call.Int("transA", 0) != 0 || (!call.IsLoose(0) && call.Value().Shape.Length != 1))
        {
            throw OnnxCall.Refusal("transA", "each row of the first matrix is a sample", "export the model with samples in rows");
        }

        float alpha = call.Float("alpha", 1);
        float beta = call.Float("beta", 1);
        OnnxTensor b = Matrix(call);
        bool isTransposed = call.Int("transB", 0) != 0;
        int units = b.Dims[isTransposed ? 0 : 1];
        float[] kernel = isTransposed ? AxisOrder.Move(b.Floats!, b.Dims, [1, 0]) : b.Floats!;
        float[]? bias = call.Has(2) ? Bias(call.Required(2, "C"), units) ?? throw OnnxCall.Refusal("C", $"a number for each of {units.ToString(CultureInfo.InvariantCulture)} units is expected", "export the model again") : null;
        Add(call, Scaled(kernel, alpha), units, bias is null ? null : Scaled(bias, beta), call.Node.Output[0]);
    }

    public static void MatMul(OnnxCall call)
    {
        if (call.Constant(0) is null && call.Constant(1) is null)
        {
            if (!Dot(call))
            {
                AttentionRules.Product(call);
            }

            return;
        }

        if (call.Constant(0) is not null)
        {
            throw OnnxCall.Refusal(
                "B", "a value times a constant matrix is a dense layer, and here the matrix comes first", "export the model with x·W");
        }

        OnnxTensor b = Matrix(call);
        (float[]? bias, string output) = BiasBehind(call, b.Dims[1]);
        Add(call, b.Floats!, b.Dims[1], bias, output);
    }

    /// <summary>Two matrices for each sample, where they are not what attention is made of.</summary>
    private static bool Dot(OnnxCall call)
    {
        if (Enumerable.Range(0, 2).Any(input => call.Scores(input) is not null) || Enumerable.Range(0, 2).All(input => IsProjected(call.Loose(input))))
        {
            return false;
        }

        OnnxValue left = call.Batched(0);
        OnnxValue right = call.Batched(1);
        if (left.Batch != 0 || right.Batch != 0 || left.Shape.Length != 2 || right.Shape.Length != 2 || left.Shape[1] != right.Shape[0])
        {
            return false;
        }

        NetworkNode node = call.Add(typeof(DotAttribute), call.Fit(left, [0, 1]), call.Fit(right, [0, 1]));
        node.Attribute!.Set("Axes", new[] { 2, 1 });
        call.Give(new OnnxValue(node, [left.Shape[0], right.Shape[1]], [0, 1]));
        return true;
    }

    /// <summary>Whether a value is what a dense layer gives, as queries, keys and values are.</summary>
    private static bool IsProjected(LooseValue value) => value.Node.Attribute is { Kind: "Dense" } dense && !dense.IsSet("activation");

    private static OnnxTensor Matrix(OnnxCall call) => call.Required(1, "B") is { Floats: not null, Dims.Count: 2 } matrix
        ? matrix
        : throw OnnxCall.Refusal("B", "a matrix of floats is expected", "export the model again");

    /// <summary>The constant that the one reader adds, where there is one, and what the sum is called.</summary>
    private static (float[]? Bias, string Output) BiasBehind(OnnxCall call, int units)
    {
        string output = call.Node.Output[0];
        if (call.Translation.Links.OnlyReader(output) is not { OpType: "Add" } add)
        {
            return (null, output);
        }

        string other = add.Input[0] == output ? add.Input[1] : add.Input[0];
        if (call.Translation.Constant(other) is not OnnxTensor constant || constant.Rank > call.Translation.RankOf(call.Node.Input[0]) || Bias(constant, units) is not float[] bias)
        {
            return (null, output);
        }

        call.Translation.Take(add);
        call.FurtherName = OnnxNames.OfParameter(other);
        return (bias, add.Output[0]);
    }

    private static float[]? Bias(OnnxTensor constant, int units) =>
        constant.Floats is not float[] values || constant.Dims.Take(constant.Dims.Count - 1).Any(static size => size != 1) ? null
        : values.Length == units ? values
        : values.Length == 1 ? [.. Enumerable.Repeat(values[0], units)]
        : null;

    private static void Add(OnnxCall call, float[] kernel, int units, float[]? bias, string output)
    {
        if (!call.IsLoose(0))
        {
            call.Translation.Give(output, Layer(call, call.Value(), kernel, units, bias));
            return;
        }

        call.Translation.Give(output, Applied(call, call.Loose(0), kernel, units, bias));
    }

    /// <summary>A dense layer works on the last axis, whatever the file joins before it.</summary>
    public static LooseValue Applied(OnnxCall call, LooseValue x, float[] kernel, int units, float[]? bias)
    {
        if (x.JoinsSamples && x.File.Length > 2 && call.Translation.Pending(x.Node) is null)
        {
            return LooseValue.Of(Layer(call, call.Translation.Blocks.Enter(call, x), kernel, units, bias));
        }

        Factor[] before = [.. x.File[..^1].SelectMany(static axis => axis)];
        LooseValue apart = x with { File = [.. before.Select(static factor => new[] { factor }), x.File[^1]] };
        if (x.File[^1].Contains(Factor.Samples))
        {
            throw OnnxCall.Refusal(null, "samples are the last axis of what it reads", "export the model with the batch first");
        }

        OnnxValue y = call.Translation.Pending(x.Node) is PendingAttention attention
            ? AttentionRules.Output(call, attention, apart, kernel, units, bias)
            : Layer(call, LooseAxes.Settle(call, apart), kernel, units, bias);
        LooseValue result = LooseValue.Of(y);
        for (int axis = 0; axis < before.Length; axis++)
        {
            result = before[axis] == Factor.Samples ? result : result.Replace(result.File[axis][0], before[axis]);
        }

        return result with { File = [.. x.File[..^1], result.File[^1]] };
    }

    private static OnnxValue Layer(OnnxCall call, OnnxValue x, float[] kernel, int units, float[]? bias)
    {
        int inputs = x.Shape[^1];
        if (kernel.Length != (long)inputs * units || x.Batch == x.Shape.Length)
        {
            throw OnnxCall.Refusal("B", $"{inputs.ToString(CultureInfo.InvariantCulture)} rows are expected", "export the model again");
        }

        OnnxValue fit = x.Order is null ? call.Fit(x, Layouts.AsFile(x.Shape.Length)) : x;
        float[] rows = x.Order is null ? kernel : [.. x.Order.SelectMany(row => kernel.AsSpan(row * units, units).ToArray())];
        NetworkNode dense = call.Add(typeof(DenseAttribute), fit);
        dense.Attribute!.Set("units", units);
        dense.Attribute.Set("UseBias", bias is not null);
        dense.KernelName = call.Node.Input[1];
        dense.Parameters.Add(new ImportedTensor("kernel", [inputs, units], rows));
        if (bias is not null)
        {
            dense.Parameters.Add(new ImportedTensor("bias", [units], bias));
        }

        return new OnnxValue(dense, [.. x.Shape[..^1], units], fit.Axes) { Batch = x.Batch };
    }

    private static float[] Scaled(float[] values, float factor) => factor == 1 ? values : [.. values.Select(value => value * factor)];
}
