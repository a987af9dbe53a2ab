using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Emission;

/// <summary>Writes the other part of the user's class: its constants, constructor and description.</summary>
internal static class NetworkClassEmitter
{
    public static GeneratedFile Emit(NetworkPlan plan)
    {
        TypeHeader header = plan.Network.Model.Header;
        var writer = new CodeWriter();
        string preface = $"{header.DisplayName}\n\n{LayerTable.Text(plan)}";
        using (TypeShell.Open(writer, header, " : global::Unroll.Model", preface))
        {
            WriteConstants(writer, plan);
            WriteConstruction(writer, header, LayerTable.Chain(plan));
            PretrainedEmitter.Write(writer, plan);
            WriteStream(writer, plan);
            PredictionEmitter.Write(writer, plan);
            NetworkGraphEmitter.Write(writer, plan);
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
                : base(global::Unroll.Compiled.Contract.Require({{RuntimeContract.Version}}, typeof({{header.Name}})), __network, global::Unroll.Generated.{{Identifiers.CodeClass(header)}}.Create(), seed)
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

    private static void WriteStream(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Stream is not null)
        {
            writer.Line($$"""
                /// <summary>A stream of its own: it takes one step after another and remembers what it needs of those before.</summary>
                {{TypeShell.GeneratedCode}}
                public global::Unroll.ModelStream CreateStream() => new(this);

                """);
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
            WriteAdapted(writer, plan.Adapted);
            WriteParameters(writer, plan);
            writer.Line($"ParameterFloats = {plan.Parameters.Floats},");
            writer.Line($"TrainedFloats = {plan.Parameters.TrainedFloats},");
            writer.Line($"BlockSamples = {training.Buffers.BlockSamples},");
            writer.Line($"InferenceBlockFloats = {plan.Inference.Buffers.BlockFloats},");
            writer.Line($"SampleFloats = {plan.Single.Buffers.BlockFloats},");
            writer.Line($"TrainingSampleFloats = {training.Buffers.BlockFloats},");
            if (training.IsInLanes)
            {
                writer.Line("TrainsInLanes = true,");
            }

            if (!training.Folds)
            {
                writer.Line("KeepsBatch = true,");
            }

            writer.Line($"TemporaryFloats = {training.Buffers.StepFloats},");
            writer.Line($"PreparedFloats = {plan.Inference.Buffers.StepFloats},");
            if (plan.PreparesSample)
            {
                writer.Line($"SamplePreparedFloats = {plan.Single.Buffers.StepFloats},");
            }

            if (plan.Network.Model.InferenceWeights != WeightPrecision.Single)
            {
                writer.Line($"InferenceWeights = global::Unroll.WeightPrecision.{plan.Network.Model.InferenceWeights},");
            }

            WriteValues(writer, plan);
            ValueDescriptionEmitter.WriteObserved(writer, plan);
            if (plan.Stream is not null)
            {
                ValueDescriptionEmitter.WriteStream(writer, plan.Stream, plan.Network.Model.Inputs);
            }

            WritePhases(writer, training);
            if (plan.Shared.Count > 0)
            {
                writer.Line($"RowPhases = [{string.Join(", ", plan.Shared.Select(static phase => CSharpLiteral.Of(phase.IsShared)))}],");
            }
        }
    }

    private static void WriteLayers(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line("Layers =");
        using (writer.Bracketed())
        {
            foreach (LayerRow row in LayerTable.Of(plan))
            {
                string activation = row.Activation == Activation.Linear ? "" : $" {{ Activation = global::Unroll.Activation.{row.Activation} }}";
                writer.Line(
                    $"new({CSharpLiteral.Of(row.Name)}, {CSharpLiteral.Of(row.Kind)}, {Names(row.Inputs)}, {Sizes(row.Output)}, {CSharpLiteral.Of(row.Parameters)}){activation},");
            }
        }
    }

    private static void WriteAdapted(CodeWriter writer, EquatableArray<AdaptedPlan> layers)
    {
        if (layers.Count == 0)
        {
            return;
        }

        writer.Line("Adapted =");
        using (writer.Bracketed())
        {
            foreach (AdaptedPlan layer in layers)
            {
                string[] names = [layer.Layer, layer.Mean, layer.Variance, layer.Source];
                writer.Line($"new({string.Join(", ", names.Select(CSharpLiteral.Of))}),");
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
                    + $"global::Unroll.Compiled.ParameterArrangement.{spec.Arrangement}, {CSharpLiteral.Of(spec.IsTrained)}, "
                    + $"global::Unroll.Initializer.{spec.Initializer.Kind}, {CSharpLiteral.Of(spec.Penalty.L1)}, {CSharpLiteral.Of(spec.Penalty.L2)})"
                    + $"{ParameterSettings.Of(spec, plan.Training.RowsByInput(parameter.Op))},");
            }
        }
    }

    private static void WriteValues(CodeWriter writer, NetworkPlan plan)
    {
        writer.Line($"TrainingPenalties = {Penalties(plan.Training)},");
        writer.Line($"InferencePenalties = {Penalties(plan.Inference)},");
    }

    private static string Penalties(PassPlan pass) =>
        $"[{string.Join(", ", pass.Penalties.Select(static buffer => CSharpLiteral.Of(buffer.Offset)))}]";

    private static void WritePhases(CodeWriter writer, PassPlan training)
    {
        writer.Line("Phases =");
        using (writer.Bracketed())
        {
            foreach (PlannedPhase phase in training.Schedule)
            {
                writer.Line(
                    $"new(global::Unroll.Compiled.PhaseKind.{phase.Kind}, {CSharpLiteral.Of(phase.Parts)}, {CSharpLiteral.Of(phase.MultiplyAdds)}),");
            }
        }
    }

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(CSharpLiteral.Of))}]";

    private static string Sizes(Shape shape) => $"new int[] {{ {string.Join(", ", shape.Sizes.Select(CSharpLiteral.Of))} }}";
}
