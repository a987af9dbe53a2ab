using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Graph;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the order of the kernels: one inference pass, the phases of a training step, and the choice of the width.</summary>
internal sealed class ScheduleEmitter
{
    private const string Optimize = "[MethodImpl(MethodImplOptions.AggressiveOptimization)]";

    private readonly NetworkPlan _plan;
    private readonly KernelNames _kernels;
    private readonly IReadOnlyDictionary<int, string> _parameters;
    private readonly BufferNames _inference;
    private readonly BufferNames _training;

    public ScheduleEmitter(NetworkPlan plan, KernelNames kernels)
    {
        _plan = plan;
        _kernels = kernels;
        _parameters = Identifiers.OfParameters(plan.Parameters);
        _inference = new BufferNames(plan.Inference, _parameters, "Inference");
        _training = new BufferNames(plan.Training, _parameters, "Training");
    }

    public void Write(CodeWriter writer)
    {
        WriteOffsets(writer);
        WritePreparation(writer);
        WriteInference(writer);
        WriteSamples(writer);
        WriteParts(writer);
        foreach (KeyValuePair<string, KernelPlan> kernel in _kernels.Kernels)
        {
            DispatchEmitter.Write(writer, kernel.Key, KernelEmitter.For(kernel.Value));
        }
    }

    private void WriteOffsets(CodeWriter writer)
    {
        writer.Comment("Offsets in floats. A block holds the values of " + CSharpLiteral.Of(_plan.Training.Buffers.BlockSamples) + " samples.");
        using (writer.Block("private static class Parameters"))
        {
            foreach (PlannedParameter parameter in _plan.Parameters.Parameters)
            {
                writer.Line($"public const int {_parameters[parameter.Op]} = {parameter.Offset}; // {parameter.Spec.Shape}");
            }
        }

        writer.Line();
        _inference.WriteConstants(writer);
        writer.Line();
        _training.WriteConstants(writer);
    }

    private void WritePreparation(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>What inference computes from the parameters alone: once for each change of them.</summary>");
        using (writer.Block("internal static void Prepare(ref float parameters, ref float temporaries)"))
        {
            var calls = new PartCallEmitter(_plan.Inference, _inference, _kernels);
            foreach (Op op in OpsOf(_plan.Inference, PhaseKind.Parts))
            {
                calls.WriteOnce(writer, op);
            }
        }
    }

    private static IEnumerable<Op> OpsOf(PassPlan pass, PhaseKind kind) =>
        pass.Phases.Where(phase => phase.Kind == kind).SelectMany(static phase => phase.Ops);

    private void WriteInference(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>The forward pass of some samples of one block, without noise.</summary>");
        writer.Line(Optimize);
        using (writer.Block("internal static void Infer(ref float input, ref float parameters, ref float temporaries, ref float block, nuint samples)"))
        {
            writer.Line("const nuint local = 0;");
            foreach (Op op in OpsOf(_plan.Inference, PhaseKind.Samples))
            {
                WriteSampleCall(writer, _plan.Inference, _inference, op);
            }
        }
    }

    private void WriteSamples(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>Samples local.. of a block, which are samples first.. of the batch, through one phase of a training step.</summary>");
        writer.Line(Optimize);
        using (writer.Block(
            "internal static void TrainSamples(global::Unroll.Compiled.TrainingStep step, int phase, ref float block, nuint local, nuint first, nuint samples)"))
        {
            writer.Line("ref float parameters = ref step.Parameters;");
            writer.Line("ref float temporaries = ref step.Temporaries;");
            WritePhases(writer, static phase => phase.Kind == PhaseKind.Samples, op => WriteSampleCall(writer, _plan.Training, _training, op));
        }
    }

    private void WriteParts(CodeWriter writer)
    {
        writer.Line();
        writer.Line("/// <summary>One part of one phase of a training step: sums over the whole batch.</summary>");
        writer.Line(Optimize);
        var parts = new PartCallEmitter(_plan.Training, _training, _kernels);
        using (writer.Block("internal static void TrainPart(global::Unroll.Compiled.TrainingStep step, int phase, int part)"))
        {
            writer.Line("ref float parameters = ref step.Parameters;");
            writer.Line("ref float gradients = ref step.Gradients;");
            writer.Line("ref float temporaries = ref step.Temporaries;");
            writer.Line("ref float blocks = ref step.Blocks;");
            WritePhases(writer, static phase => phase.Kind != PhaseKind.Samples, op => parts.Write(writer, op));
        }
    }

    private void WritePhases(CodeWriter writer, Func<Phase, bool> isWanted, Action<Op> writeCall)
    {
        if (!_plan.Training.Phases.Any(isWanted))
        {
            return;
        }

        using (writer.Block("switch (phase)"))
        {
            for (int index = 0; index < _plan.Training.Phases.Count; index++)
            {
                Phase phase = _plan.Training.Phases[index];
                if (!isWanted(phase))
                {
                    continue;
                }

                writer.Line($"case {index}:");
                using (writer.Indented())
                {
                    foreach (Op op in phase.Ops)
                    {
                        writeCall(op);
                    }

                    writer.Line("break;");
                }
            }
        }
    }

    private void WriteSampleCall(CodeWriter writer, PassPlan pass, BufferNames buffers, Op op)
    {
        KernelPlan plan = pass.Kernels[op.Id];
        int vectors = pass.Buffers[op.Id].Vectors;
        string count = vectors == 1 ? "samples" : $"samples * {vectors}";
        switch (plan)
        {
            case ViewPlan:
                return;
            case LossPlan loss:
                WriteLoss(writer, buffers, op, loss, count);
                return;
            case CallPlan call:
                WriteCall(writer, call.Function, [.. op.Inputs.Select(buffers.OfSamples), buffers.OfSamples(op.Id), "samples", call.Constants]);
                return;
        }

        EquatableArray<ElementwiseStep> steps = op.Kind is FusableOp fusable ? fusable.Steps : default;
        var arguments = new List<string>([.. op.Inputs.Select(buffers.OfSamples), buffers.OfSamples(op.Id), count]);
        if (steps.Any(static step => step.IsNoise))
        {
            arguments.AddRange(["step.Noise", vectors == 1 ? "first" : $"first * {vectors}"]);
        }

        if (steps.Any(static step => step is AddActivityGradient))
        {
            arguments.Add("step.Share");
        }

        WriteCall(writer, _kernels[plan], arguments);
    }

    private void WriteLoss(CodeWriter writer, BufferNames buffers, Op op, LossPlan loss, string count)
    {
        string output = buffers.OfSamples(op.Inputs[0]);
        string gradient = buffers.OfSamples(op.Id);
        if (loss.HeadGradient is null)
        {
            WriteCall(writer, "step.EvaluateLoss", [output, gradient, "first", "samples"]);
            return;
        }

        using (writer.Block("if (step.FusesHead)"))
        {
            WriteCall(writer, "step.EvaluateLossAtLogits", [buffers.OfSamples(op.Inputs[1]), output, gradient, "first", "samples"]);
        }

        using (writer.Block("else"))
        {
            WriteCall(writer, "step.EvaluateLoss", [output, gradient, "first", "samples"]);
            string[] order = loss.HeadGradient is SoftmaxGradientPlan ? [output, gradient] : [gradient, output];
            WriteCall(writer, _kernels[loss.HeadGradient], [.. order, gradient, count]);
        }
    }

    public static void WriteCall(CodeWriter writer, string kernel, IEnumerable<string> arguments)
    {
        writer.Line($"{kernel}(");
        using (writer.Indented())
        {
            writer.Line(string.Join(",\n", arguments) + ");");
        }
    }
}
