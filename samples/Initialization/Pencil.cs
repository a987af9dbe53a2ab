using System.Globalization;

namespace Unroll.Samples;

/// <summary>The regularized objective of a network with one hidden layer, J = L + s, by hand and by the compiled code.</summary>
/// <remarks>
/// z = W₁x, h = tanh(z), o = W₂h, L = (o − y)², s = λ/2·(‖W₁‖² + ‖W₂‖²); on the way back ∂J/∂o = 2(o − y), ∂J/∂W₂ = ∂J/∂o·hᵀ + λW₂,
/// ∂J/∂h = W₂ᵀ·∂J/∂o, ∂J/∂z = ∂J/∂h ⊙ (1 − h²), ∂J/∂W₁ = ∂J/∂z·xᵀ + λW₁. (Kernels are stored as [inputs, units], the transposes of W₁ and W₂.)
/// </remarks>
internal static class Pencil
{
    private const int Inputs = 3;
    private const int Hidden = 2;
    private const double Lambda = 0.1;

    /// <returns>The largest difference between the two.</returns>
    public static double Compare(TextWriter writer)
    {
        float[] x = [0.5f, -1f, 2f];
        const float Target = 0.25f;
        var model = new OneHiddenLayer(seed: 1);
        model.Parameters["hidden/kernel"].Assign([0.1f, -0.2f, 0.4f, 0.3f, 0.2f, 0.5f]);
        model.Parameters["output/kernel"].Assign([0.7f, -0.6f]);
        model.Compile(new SGD(), new MeanSquaredError());

        float[] first = model.Parameters["hidden/kernel"].ToArray();
        float[] second = model.Parameters["output/kernel"].ToArray();
        double[] h = [.. Enumerable.Range(0, Hidden).Select(unit => Math.Tanh(Enumerable.Range(0, Inputs).Sum(i => (double)x[i] * first[(i * Hidden) + unit])))];
        double o = Enumerable.Range(0, Hidden).Sum(unit => h[unit] * second[unit]);
        double loss = (o - Target) * (o - Target);
        double s = Lambda / 2 * first.Concat(second).Sum(static w => (double)w * w);
        double byOutput = 2 * (o - Target);
        double[] bySecond = [.. Enumerable.Range(0, Hidden).Select(unit => (byOutput * h[unit]) + (Lambda * second[unit]))];
        double[] byZ = [.. Enumerable.Range(0, Hidden).Select(unit => byOutput * second[unit] * (1 - (h[unit] * h[unit])))];
        double[] byFirst = [.. Enumerable.Range(0, Inputs * Hidden).Select(i => (byZ[i % Hidden] * x[i / Hidden]) + (Lambda * first[i]))];

        Gradients gradients = model.ComputeGradients(new Dataset(x, [Target], count: 1));
        Activations values = model.Activations(x);
        writer.WriteLine("J = L + s of a network with one hidden layer, for one sample:");
        writer.WriteLine();
        writer.WriteLine($"{"",-12}{"by hand",34}{"compiled",34}");
        return new[]
        {
            Line(writer, "h", h, values["hidden"]),
            Line(writer, "o", [o], values["output"]),
            Line(writer, "J = L + s", [loss + s], [gradients.Loss]),
            Line(writer, "∂J/∂W₂", bySecond, gradients["output/kernel"]),
            Line(writer, "∂J/∂W₁", byFirst[..3], gradients["hidden/kernel"][..3]),
            Line(writer, "", byFirst[3..], gradients["hidden/kernel"][3..]),
        }.Max();
    }

    private static double Line(TextWriter writer, string name, double[] byHand, float[] compiled)
    {
        writer.WriteLine($"{name,-12}{Text(byHand),34}{Text([.. compiled.Select(static value => (double)value)]),34}");
        return byHand.Zip(compiled, static (a, b) => Math.Abs(a - b)).Max();
    }

    private static string Text(double[] values) => string.Join(' ', values.Select(static value => value.ToString("0.000000", CultureInfo.InvariantCulture).PadLeft(10)));
}
