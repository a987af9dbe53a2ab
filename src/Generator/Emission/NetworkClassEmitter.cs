using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the other part of the user's class: its constants, constructor and description, and the way to its code.</summary>
internal static class NetworkClassEmitter
{
    public const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>What <c>Model</c> leaves to every network's class.</summary>
    public static readonly IReadOnlyList<string> Overrides =
    [
        "protected override void Prepare(ref float parameters, ref float temporaries)",
        $"protected override void InferBlock(ref float input, ref float parameters, ref float temporaries, ref float block, {Size} samples)",
        "protected override void InferSample(ref float input, ref float parameters, ref float temporaries, ref float block)",
        $"protected override void TrainSamples({Step} step, int phase, ref float block, {Size} local, {Size} first, {Size} samples)",
        $"protected override void TrainPart({Step} step, int phase, int part)",
    ];

    private const string Step = "global::Unroll.Compiled.TrainingStep";

    // By its full name, since the user may call a class nuint; that name and var are open to it here, as any but the reserved words are.
    private const string Size = "global::System.UIntPtr";

    public static GeneratedFile Emit(NetworkPlan plan)
    {
        TypeHeader header = plan.Network.Model.Header;
        var writer = new CodeWriter();
        string preface = $"{header.DisplayName}\n\n{LayerTable.Text(plan)}";
        using (TypeShell.Open(writer, header, " : global::Unroll.Model", preface))
        {
            WriteConstants(writer, plan);
            WriteConstruction(writer, header, LayerTable.Chain(plan));
            PredictionEmitter.Write(writer, plan);
            NetworkGraphEmitter.Write(writer, plan);
            WriteOverrides(writer, "global::Unroll.Generated." + Identifiers.CodeClass(header));
            WriteDescription(writer, plan);
        }

        return new GeneratedFile($"{header.HintName}.g.cs", writer.ToString());
    }

    private static void WriteConstants(CodeWriter writer, NetworkPlan plan)
    {
        long parameters = plan.Parameters.Parameters.Sum(static parameter => parameter.Spec.Shape.Size);
        Shape[] inputs = [.. plan.Network.Inputs];
        Shape[] outputs = [.. plan.Network.Outputs];
        WriteConstant(writer, "InputSize", inputs.Sum(static shape => shape.Size), $"The number of values in one sample: {Join(inputs)}.");
        WriteConstant(writer, "OutputSize", outputs.Sum(static shape => shape.Size), $"The number of values in one prediction: {Join(outputs)}.");
        WriteConstant(writer, "ParameterCount", parameters, "The number of parameters, moving averages and other statistics included.");
    }

    private static string Join(IEnumerable<Shape> shapes) => string.Join(" and ", shapes);

    private static void WriteConstant(CodeWriter writer, string name, long value, string summary)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line(TypeShell.GeneratedField);
        writer.Line($"public const int {name} = {CSharpLiteral.Of(checked((int)value))};");
        writer.Line();
    }

    private static void WriteConstruction(CodeWriter writer, TypeHeader header, string chain)
    {
        writer.Line($$"""
            /// <summary>Creates the network {{chain}}, freshly initialized.</summary>
            /// <param name="seed">The same seed gives the same parameters; without one each network differs.</param>
            {{TypeShell.GeneratedCode}}
            public {{header.Name}}(int? seed = null)
                : base(__network, seed)
            {
            }

            /// <summary>Creates the network {{chain}}, with the values of a file that <c>Save</c> wrote.</summary>
            /// <param name="path">A safetensors file.</param>
            /// <exception cref="global::System.IO.FileNotFoundException">There is no such file.</exception>
            /// <exception cref="global::System.IO.InvalidDataException">The file is damaged, or its parameters differ by name or shape.</exception>
            {{TypeShell.GeneratedCode}}
            public static {{header.Name}} Load(string path)
            {
                {{header.Name}} model = new(seed: 0);
                model.LoadWeights(path);
                return model;
            }

            """);
    }

    private static void WriteOverrides(CodeWriter writer, string code)
    {
        string[] bodies =
        [
            $"{code}.Prepare(ref parameters, ref temporaries)",
            $"{code}.Infer(ref input, ref parameters, ref temporaries, ref block, samples)",
            $"{code}.InferSample(ref input, ref parameters, ref temporaries, ref block)",
            $"{code}.TrainSamples(step, phase, ref block, local, first, samples)",
            $"{code}.TrainPart(step, phase, part)",
        ];
        for (int i = 0; i < bodies.Length; i++)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line(TypeShell.GeneratedCode);
            writer.Line(Hidden);
            writer.Line($"{Overrides[i]} =>");
            writer.Line($"    {bodies[i]};");
            writer.Line();
        }
    }

    private static void WriteDescription(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line(TypeShell.GeneratedField);
        writer.Line("private static readonly global::Unroll.Compiled.NetworkDescription __network = new()");
        using (writer.Braces(";"))
        {
            PassPlan training = plan.Training;
            writer.Line($"Name = {CSharpLiteral.Of(plan.Network.Model.Header.DisplayName)},");
            ValueDescriptionEmitter.Write(writer, plan);
            WriteLayers(writer, plan);
            WriteParameters(writer, plan);
            writer.Line($"ParameterFloats = {plan.Parameters.Floats},");
            writer.Line($"TrainedFloats = {plan.Parameters.TrainedFloats},");
            writer.Line($"BlockSamples = {training.Buffers.BlockSamples},");
            writer.Line($"InferenceBlockFloats = {plan.Inference.Buffers.BlockFloats},");
            writer.Line($"SampleFloats = {plan.Single.Buffers.BlockFloats},");
            writer.Line($"TrainingBlockFloats = {training.Buffers.BlockFloats},");
            writer.Line($"TemporaryFloats = {training.Buffers.StepFloats},");
            writer.Line($"PreparedFloats = {plan.Inference.Buffers.StepFloats},");
            WriteValues(writer, plan);
            WritePhases(writer, training);
        }
    }

    private static void WriteLayers(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("Layers =");
        using (writer.Bracketed())
        {
            foreach (LayerRow row in LayerTable.Of(plan))
            {
                writer.Line(
                    $"new({CSharpLiteral.Of(row.Name)}, {CSharpLiteral.Of(row.Kind)}, {Names(row.Inputs)}, {Sizes(row.Output)}, {CSharpLiteral.Of(row.Parameters)}),");
            }
        }
    }

    private static void WriteParameters(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("Parameters =");
        using (writer.Bracketed())
        {
            foreach (PlannedParameter parameter in plan.Parameters.Parameters)
            {
                ParameterSpec spec = parameter.Spec;
                writer.Line(
                    $"new({CSharpLiteral.Of(spec.Name)}, {Sizes(spec.Shape)}, {parameter.Offset}, "
                    + $"global::Unroll.Compiled.ParameterArrangement.{spec.Layout}, {CSharpLiteral.Of(spec.IsTrained)}, "
                    + $"global::Unroll.Initializer.{spec.Initializer.Kind}, {CSharpLiteral.Of(spec.Penalty.L1)}, {CSharpLiteral.Of(spec.Penalty.L2)})"
                    + $"{ParameterSettings.Of(spec)},");
            }
        }
    }

    private static void WriteValues(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line($"TrainingPenalties = {Penalties(plan.Training)},");
        writer.Line($"InferencePenalties = {Penalties(plan.Inference)},");
    }

    // Where the penalties on activations of a sample lie, and how far apart the samples.
    private static string Penalties(PassPlan pass) => "[" + string.Join(", ", pass.Graph.Effects
        .Where(effect => pass.Graph[effect].Kind is ActivityPenaltyOp)
        .Select(effect => CSharpLiteral.Of(pass.Buffers[effect].Offset))) + "]";

    private static void WritePhases(CodeWriter writer, PassPlan training)
    {
        writer.Line("Phases =");
        using (writer.Bracketed())
        {
            foreach (Phase phase in training.Phases)
            {
                long multiplyAdds = phase.Ops.Sum(op => training.Kernels[op.Id].MultiplyAdds * VectorsOf(training, op));
                int parts = phase.Kind == PhaseKind.Samples ? 0 : phase.Ops.Sum(op => PartCallEmitter.PartsOf(training.Kernels[op.Id]));
                writer.Line(
                    $"new(global::Unroll.Compiled.PhaseKind.{phase.Kind}, {CSharpLiteral.Of(parts)}, {CSharpLiteral.Of(multiplyAdds)}),");
            }
        }
    }

    private static int VectorsOf(PassPlan pass, Op op) => op.Kind.SumsOverBatch ? pass.Buffers[op.Inputs[0]].Vectors : op.Shape.Vectors;

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(CSharpLiteral.Of))}]";

    private static string Sizes(Shape shape) => $"new int[] {{ {string.Join(", ", shape.Sizes.Select(CSharpLiteral.Of))} }}";
}
