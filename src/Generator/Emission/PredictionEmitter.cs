using Unroll.Generator.Graph;
using Unroll.Generator.Layers;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>
/// Writes <c>Predict</c> with the network's own inputs and outputs as parameters, where it has several of either, and with whole numbers,
/// where its input is ids.
/// </summary>
internal static class PredictionEmitter
{
    public static void Write(CodeWriter writer, NetworkPlan plan)
    {
        NetworkModel model = plan.Network.Model;
        if (model.Inputs.Count == 1 && plan.Inference.ElementOf(input: 0) == ElementType.WholeNumber)
        {
            WriteOfIds(writer, plan);
        }

        var signature = new PredictionSignature(model.Ends);
        if (signature.IsNeeded)
        {
            WriteIntoSpans(writer, plan, signature);
            if (signature.IntoArrays is { } intoArrays)
            {
                WriteIntoArrays(writer, plan, signature, intoArrays);
            }
        }
    }

    private static void WriteOfIds(CodeWriter writer, NetworkPlan plan)
    {
        string shape = plan.Network.Inputs.First().ToString();
        writer.Line($$"""
            /// <summary>The network's outputs for some samples of ids; safe from many threads at once, as long as none trains.</summary>
            /// <param name="ids">n × {{shape}} whole numbers, row-major.</param>
            /// <returns>n × OutputSize values, row-major.</returns>
            /// <exception cref="global::System.ArgumentException">The length is no multiple of the samples', or a number is no id.</exception>
            {{TypeShell.GeneratedCode}}
            public {{PredictionSignature.OfIds}} => global::Unroll.Compiled.IdPrediction.Run(this, ids);

            /// <summary>The network's outputs for some samples of ids; allocates nothing after a thread's first call.</summary>
            /// <param name="ids">n × {{shape}} whole numbers, row-major.</param>
            /// <param name="outputs">Receives n × OutputSize values, row-major.</param>
            /// <exception cref="global::System.ArgumentException">A length is not what the other requires, or a number is no id.</exception>
            {{TypeShell.GeneratedCode}}
            public {{PredictionSignature.OfIdsIntoSpan}} => global::Unroll.Compiled.IdPrediction.Run(this, ids, outputs);

            """);
    }

    private static void WriteIntoSpans(CodeWriter writer, NetworkPlan plan, PredictionSignature signature)
    {
        (IReadOnlyList<string> inputs, IReadOnlyList<string> outputs) = (signature.Inputs, signature.Outputs);
        WriteDocumentation(writer, plan, inputs);
        foreach ((string name, object shape) in outputs.Zip(plan.Network.Outputs, static (name, shape) => (name, (object)shape)))
        {
            writer.Line($"/// <param name=\"{Plain(name)}\">Receives n × {shape} values, row-major.</param>");
        }

        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length is not what the others require, or an output overlaps an input or another output.</exception>");
        writer.Line(TypeShell.GeneratedCode);
        using (writer.Block($"public {signature.IntoSpans}"))
        {
            WriteStart(writer, inputs);
            ForEach(writer, outputs, 0, "RequireOutput");
            for (int i = 0; i < outputs.Count; i++)
            {
                foreach (string other in inputs.Concat(outputs.Take(i)))
                {
                    writer.Line($"{PredictionSignature.Running}.RequireApart({i}, {outputs[i]}, {other});");
                }
            }

            using (writer.Block($"while ({PredictionSignature.Running}.Next())"))
            {
                ForEach(writer, inputs, 0, "Read");
                writer.Line($"{PredictionSignature.Running}.Run({inputs[0]});");
                ForEach(writer, outputs, 0, "Write");
            }
        }

        writer.Line();
    }

    private static void WriteIntoArrays(CodeWriter writer, NetworkPlan plan, PredictionSignature signature, string intoArrays)
    {
        (IReadOnlyList<string> inputs, IReadOnlyList<string> outputs) = (signature.Inputs, signature.Outputs);
        WriteDocumentation(writer, plan, inputs);
        writer.Line($"/// <returns>{string.Join("; ", outputs.Zip(plan.Network.Outputs, static (name, shape) => $"{Plain(name)}: n × {shape} values, row-major"))}.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length is not what the others require.</exception>");
        writer.Line(TypeShell.GeneratedCode);
        using (writer.Block($"public {intoArrays}"))
        {
            WriteStart(writer, inputs);
            for (int i = 0; i < outputs.Count; i++)
            {
                writer.Line($"float[] {outputs[i]} = new float[{PredictionSignature.Running}.OutputLength({i})];");
            }

            writer.Line($"this.Predict({string.Join(", ", inputs.Concat(outputs))});");
            writer.Line(outputs.Count == 1 ? $"return {outputs[0]};" : $"return ({string.Join(", ", outputs)});");
        }

        writer.Line();
    }

    private static void WriteDocumentation(CodeWriter writer, NetworkPlan plan, IReadOnlyList<string> inputs)
    {
        writer.Line("/// <summary>The network's outputs for some samples; safe from many threads at once, as long as none trains.</summary>");
        foreach ((string name, object shape) in inputs.Zip(plan.Network.Inputs, static (name, shape) => (name, (object)shape)))
        {
            writer.Line($"/// <param name=\"{Plain(name)}\">n × {shape} values, row-major.</param>");
        }
    }

    private static void WriteStart(CodeWriter writer, IReadOnlyList<string> inputs)
    {
        writer.Line($"var {PredictionSignature.Running} = new global::Unroll.Compiled.Prediction(this, {inputs[0]});");
        ForEach(writer, [.. inputs.Skip(1)], 1, "RequireInput");
    }

    private static void ForEach(CodeWriter writer, IReadOnlyList<string> values, int first, string method)
    {
        for (int i = 0; i < values.Count; i++)
        {
            writer.Line($"{PredictionSignature.Running}.{method}({first + i}, {values[i]});");
        }
    }

    private static string Plain(string name) => name.TrimStart('@');
}
