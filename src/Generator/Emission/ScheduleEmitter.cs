using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the order of the kernels: one inference pass, the phases of a training step, and the choice of the width.</summary>
internal sealed class ScheduleEmitter
{
    private static readonly KernelParameter s_step = new("global::Unroll.Compiled.TrainingStep", "step");

    private static readonly KernelParameter[] s_sampleArguments =
    [
        s_step,
        KernelParameter.Reference("block"),
        KernelParameter.Count("local"),
        KernelParameter.Count("first"),
        KernelParameter.Count("samples"),
    ];

    private static readonly KernelParameter[] s_partArguments = [s_step, new("int", "part")];

    private readonly NetworkPlan _plan;
    private readonly KernelNames _kernels;
    private readonly IReadOnlyDictionary<int, string> _parameters;
    private readonly BufferNames _inference;
    private readonly BufferNames _training;
    private readonly SingleSampleEmitter _single;

    public ScheduleEmitter(NetworkPlan plan, KernelNames kernels, SingleSampleEmitter single)
    {
        _single = single;
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
        _single.WriteDispatch(writer);
        WriteTraining(writer);
        foreach (KeyValuePair<string, KernelPlan> kernel in _kernels.Kernels.Where(static kernel => kernel.Value is not SingleProductPlan))
        {
            DispatchEmitter.Write(writer, "private", kernel.Key, KernelEmitter.For(kernel.Value).Parameters);
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
        _single.WriteConstants(writer);
        writer.Line();
        _training.WriteConstants(writer);
    }

    private void WritePreparation(CodeWriter writer)
    {
        var calls = new PartCallEmitter(_plan.Inference, _inference, _kernels);
        ScheduleMethod.WriteSequence(
            writer,
            "What inference computes from the parameters alone: once for each change of them.",
            "internal",
            "Prepare",
            Reference("parameters", "temporaries"),
            OpsOf(_plan.Inference, PhaseKind.Parts),
            calls.WriteOnce);
    }

    private void WriteInference(CodeWriter writer)
    {
        var calls = new SampleCallEmitter(_plan.Inference, _inference, _kernels);
        ScheduleMethod.WriteSequence(
            writer,
            "The forward pass of some samples of one block, without noise.",
            "internal",
            "Infer",
            [.. Reference("input", "parameters", "temporaries", "block"), KernelParameter.Count("samples")],
            OpsOf(_plan.Inference, PhaseKind.Samples).Where(calls.IsCalled),
            calls.Write);
    }

    private void WriteTraining(CodeWriter writer)
    {
        const string Samples = "Samples local.. of a block, which are samples first.. of the batch, through one phase of a training step.";
        WritePhases(writer, Samples, "TrainSamples", s_sampleArguments, static phase => phase.Kind == PhaseKind.Samples);
        WritePhases(
            writer,
            "One part of one phase of a training step: sums over the whole batch.",
            "TrainPart",
            s_partArguments,
            static phase => phase.Kind != PhaseKind.Samples);

        var samples = new SampleCallEmitter(_plan.Training, _training, _kernels);
        var parts = new PartCallEmitter(_plan.Training, _training, _kernels);
        for (int index = 0; index < _plan.Training.Phases.Count; index++)
        {
            Phase phase = _plan.Training.Phases[index];
            if (phase.Kind == PhaseKind.Samples)
            {
                ScheduleMethod.WriteSequence(
                    writer, "", "private", PhaseName(index), s_sampleArguments, phase.Ops.Where(samples.IsCalled), samples.Write);
            }
            else
            {
                WriteParts(writer, index, phase, parts);
            }
        }
    }

    private void WritePhases(
        CodeWriter writer, string summary, string name, KernelParameter[] arguments, Func<Phase, bool> isWanted)
    {
        ScheduleMethod.Write(writer, summary, $"internal static void {name}({ScheduleMethod.Declared(Phased(arguments))})", () =>
        {
            if (!_plan.Training.Phases.Any(isWanted))
            {
                return;
            }

            using (writer.Block("switch (phase)"))
            {
                for (int index = 0; index < _plan.Training.Phases.Count; index++)
                {
                    if (isWanted(_plan.Training.Phases[index]))
                    {
                        writer.Line($"case {index}:");
                        using (writer.Indented())
                        {
                            writer.Line($"{PhaseName(index)}({ScheduleMethod.Passed(arguments)});");
                            writer.Line("break;");
                        }
                    }
                }
            }
        });
    }

    private static void WriteParts(CodeWriter writer, int index, Phase phase, PartCallEmitter parts)
    {
        IReadOnlyList<IReadOnlyList<Op>> pieces = CodeBudget.Split(phase.Ops);
        for (int piece = 0; piece < pieces.Count; piece++)
        {
            string next = piece + 1 < pieces.Count ? $"{PhaseName(index)}_{piece + 1}({ScheduleMethod.Passed(s_partArguments)});" : "";
            string suffix = piece == 0 ? "" : $"_{piece}";
            IReadOnlyList<Op> ops = pieces[piece];
            ScheduleMethod.Write(writer, "", $"private static void {PhaseName(index)}{suffix}({ScheduleMethod.Declared(s_partArguments)})", () =>
                ScheduleMethod.WriteBody(writer, s_partArguments, body => parts.WriteChoice(body, ops, next)));
        }
    }

    private static IEnumerable<Op> OpsOf(PassPlan pass, PhaseKind kind) =>
        pass.Phases.Where(phase => phase.Kind == kind).SelectMany(static phase => phase.Ops);

    private static string PhaseName(int index) => $"Phase{index}";

    private static KernelParameter[] Reference(params string[] names) => [.. names.Select(KernelParameter.Reference)];

    private static IEnumerable<KernelParameter> Phased(KernelParameter[] arguments) =>
        arguments.Take(1).Append(new KernelParameter("int", "phase")).Concat(arguments.Skip(1));
}
