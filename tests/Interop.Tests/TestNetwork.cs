using Unroll.Tool;

namespace Unroll.Interop.Tests;

/// <summary>A network written down in a test, compiled in memory, with numbers in all its parameters that differ.</summary>
internal sealed class TestNetwork
{
    private readonly CompiledNetwork _compiled;
    private readonly Random _random = new(11);

    /// <param name="layers">The attributes, as they stand above the class.</param>
    /// <param name="blocks">Further classes.</param>
    /// <param name="inputs">How many inputs it has.</param>
    /// <param name="outputs">How many outputs it has.</param>
    public TestNetwork(string layers, string blocks = "", int inputs = 1, int outputs = 1)
    {
        _compiled = CompiledNetwork.Build(new ImportedNetwork
        {
            ClassName = "Tested",
            Namespace = null,
            Source = $"using Unroll;\n{layers}\npublic sealed partial class Tested;\n{blocks}",
            Inputs = [.. Enumerable.Range(0, inputs).Select(static index => new ImportedValue("", $"x{index}"))],
            Outputs = [.. Enumerable.Range(0, outputs).Select(static index => new ImportedValue("", $"y{index}"))],
            Tensors = [],
            Notes = [],
        });
        foreach (Parameter parameter in Model.Parameters)
        {
            // Variances are above 0.
            bool isVariance = parameter.Name.EndsWith("variance", StringComparison.Ordinal);
            parameter.Assign([.. Numbers(parameter.Count).Select(value => isVariance ? 0.5f + Math.Abs(value) : 0.6f * value)]);
        }
    }

    public Model Model => _compiled.Model;

    public float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (_random.NextSingle() * 2) - 1)];

    public float[][] Predict(params float[][] inputs) => _compiled.Predict(inputs);
}
