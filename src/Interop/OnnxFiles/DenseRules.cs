using System.Globalization;
using Unroll.Interop.Networks;

namespace Unroll.Interop.OnnxFiles;

/// <summary>Products with a matrix of constants, and what is added behind: dense layers.</summary>
internal static class DenseRules
{
    public static void Gemm(OnnxCall call)
    {
        OnnxValue x = call.Value();
        if (call.Int("transA", 0) != 0 || x.Shape.Length != 1)
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
        Add(call, x, Scaled(kernel, alpha), units, bias is null ? null : Scaled(bias, beta), call.Node.Output[0]);
    }

    public static void MatMul(OnnxCall call)
    {
        if (call.Constant(0) is not null || call.Constant(1) is null)
        {
            throw OnnxCall.Refusal(
                "B", "a value times a constant matrix is a dense layer, and here " + (call.Constant(0) is null ? "both are values" : "the matrix comes first"), "export the model with x·W");
        }

        OnnxValue x = call.Value();
        OnnxTensor b = Matrix(call);
        (float[]? bias, string output) = BiasBehind(call, b.Dims[1]);
        Add(call, x, b.Floats!, b.Dims[1], bias, output);
    }

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
        if (call.Translation.Constant(other) is not OnnxTensor constant || Bias(constant, units) is not float[] bias)
        {
            return (null, output);
        }

        call.Translation.Take(add);
        return (bias, add.Output[0]);
    }

    private static float[]? Bias(OnnxTensor constant, int units) =>
        constant.Floats is not float[] values || constant.Dims.Take(constant.Dims.Count - 1).Any(static size => size != 1) ? null
        : values.Length == units ? values
        : values.Length == 1 ? [.. Enumerable.Repeat(values[0], units)]
        : null;

    private static void Add(OnnxCall call, OnnxValue x, float[] kernel, int units, float[]? bias, string output)
    {
        int inputs = x.Shape[^1];
        if (kernel.Length != (long)inputs * units)
        {
            throw OnnxCall.Refusal("B", $"{inputs.ToString(CultureInfo.InvariantCulture)} rows are expected", "export the model again");
        }

        OnnxValue fit = x.Order is null ? call.Fit(x, Layouts.AsFile(x.Shape.Length)) : x;
        float[] rows = x.Order is null ? kernel : [.. x.Order.SelectMany(row => kernel.AsSpan(row * units, units).ToArray())];
        NetworkNode dense = call.Add(typeof(DenseAttribute), fit);
        dense.Attribute!.Set("units", units);
        dense.Attribute.Set("UseBias", bias is not null);
        dense.Parameters.Add(new ImportedTensor("kernel", [inputs, units], rows));
        if (bias is not null)
        {
            dense.Parameters.Add(new ImportedTensor("bias", [units], bias));
        }

        call.Translation.Give(output, new OnnxValue(dense, [.. x.Shape[..^1], units], fit.Axes));
    }

    private static float[] Scaled(float[] values, float factor) => factor == 1 ? values : [.. values.Select(value => value * factor)];
}
