using Unroll.Generator.Emission.Kernels;
using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;
using Unroll.Generator.Planning.Calls;

namespace Unroll.Generator.Emission;

/// <summary>
/// Writes the order of the kernels, once for all machines: a class whose type parameter is a machine's kernels, so that its calls are bound
/// when it is compiled for a processor.
/// </summary>
internal sealed class ScheduleEmitter
{
    private const string Override = "public override";

    private static readonly KernelParameter s_step = new("TrainingStep", "step");
    private static readonly KernelParameter s_phase = new("int", "phase");

    private static readonly KernelParameter[] s_sample = References("input", "parameters", "temporaries", "block");
    private static readonly KernelParameter[] s_trainedSamples = [s_step, s_phase, .. new[] { "local", "first", "samples" }.Select(KernelParameter.Count)];

    private static readonly KernelParameter[] s_trainedPart = [s_step, s_phase, new("int", "part")];

    private readonly NetworkPlan _plan;
    private readonly KernelNames _kernels;
    private readonly IReadOnlyList<SimdTarget> _targets;
    private readonly string _class;
    private readonly IReadOnlyDictionary<int, string> _parameters;
    private readonly BufferNames _inference;
    private readonly BufferNames _single;
    private readonly BufferNames _observed;
    private readonly BufferNames _training;
    private readonly BufferNames? _stream;

    public ScheduleEmitter(NetworkPlan plan, KernelNames kernels, IReadOnlyList<SimdTarget> targets)
    {
        _plan = plan;
        _kernels = kernels;
        _targets = targets;
        _class = Identifiers.CodeClass(plan.Network.Model.Header);
        _parameters = Identifiers.OfParameters(plan.Parameters);
        _inference = new BufferNames(plan.Inference, _parameters, "Inference");
        _single = new BufferNames(plan.Single, _parameters, "Single");
        _observed = new BufferNames(plan.Observed, _parameters, "Observed");
        _training = new BufferNames(plan.Training, _parameters, "Training");
        _stream = plan.Stream is null ? null : new BufferNames(plan.Stream, _parameters, "Stream");
    }

    public void Write(CodeWriter writer)
    {
        WriteChoice(writer);
        writer.Line();
        WriteInterface(writer);
        writer.Line();
        writer.Line(TypeShell.GeneratedCode);
        using (writer.Block($"internal sealed class {_class}<{StatementWriter.Kernels}> : CompiledCode where {StatementWriter.Kernels} : struct, {InterfaceOf(_class)}"))
        {
            WriteOffsets(writer);
            WriteInference(writer);
            WriteObservation(writer);
            WriteTraining(writer);
            WriteStream(writer);
        }
    }

    /// <summary>The interface of a machine's kernels.</summary>
    public static string InterfaceOf(string codeClass) => codeClass + "_Kernels";

    private void WriteChoice(CodeWriter writer)
    {
        writer.Line(TypeShell.GeneratedCode);
        using (writer.Block($"internal static class {_class}"))
        {
            writer.Line("/// <summary>The code for the widest machine that the processor is; the checks fold away.</summary>");
            using (writer.Block("public static CompiledCode Create()"))
            {
                foreach (SimdTarget target in _targets)
                {
                    string result = $"return new {_class}<{KernelFile.TypeOf(_class, target)}>();";
                    if (target == _targets[_targets.Count - 1])
                    {
                        writer.Line(result);
                    }
                    else
                    {
                        using (writer.Block($"if ({target.Machine.Guard})"))
                        {
                            writer.Line(result);
                        }

                        writer.Line();
                    }
                }
            }
        }
    }

    private void WriteInterface(CodeWriter writer)
    {
        writer.Line(TypeShell.GeneratedField);
        using (writer.Block($"internal interface {InterfaceOf(_class)}"))
        {
            foreach (KeyValuePair<string, KernelPlan> kernel in _kernels.Kernels)
            {
                writer.Line($"static abstract void {kernel.Key}({ScheduleMethod.Declared(KernelEmitter.For(kernel.Value).Parameters)});");
            }
        }
    }

    private void WriteOffsets(CodeWriter writer)
    {
        writer.Comment(
            $"Offsets in floats, and what a sample has there. A block holds {CSharpLiteral.Of(_plan.Inference.Buffers.BlockSamples)} samples; in training, as many as there is room for, and the offsets are those of one.");
        using (writer.Block("private static class Parameters"))
        {
            foreach (PlannedParameter parameter in _plan.Parameters.Parameters)
            {
                writer.Line($"public const int {_parameters[parameter.Op]} = {parameter.Offset}; // {parameter.Spec.Shape}");
            }
        }

        foreach (BufferNames names in new[] { _inference, _single, _observed, _training, _stream }.OfType<BufferNames>())
        {
            writer.Line();
            names.WriteConstants(writer);
        }
    }

    private void WriteInference(CodeWriter writer)
    {
        var statements = new StatementWriter(_inference, _kernels);
        WritePreparation(writer, _plan.Inference, statements, "Prepare", "What inference computes from the parameters alone: once for each change of them.");

        new ScheduleMethod(
            "The forward pass of some samples, without noise.", Override, "Infer", [.. s_sample, KernelParameter.Count("samples")])
            .WriteSequence(writer, StatementsOf(_plan.Inference, isSampled: true), statements);
        var singleStatements = new StatementWriter(_single, _kernels);
        if (_plan.PreparesSample)
        {
            WritePreparation(writer, _plan.Single, singleStatements, "PrepareSample", "What a single sample needs that comes from the parameters alone.");
        }

        new ScheduleMethod("The forward pass of a single sample, without noise.", Override, "InferSample", s_sample)
            .WriteSequence(writer, StatementsOf(_plan.Single, isSampled: true), singleStatements);
        WriteShared(writer, singleStatements);
    }

    private void WriteShared(CodeWriter writer, StatementWriter statements)
    {
        if (_plan.Shared.Count == 0)
        {
            return;
        }

        new ScheduleMethod(
                "One phase of the forward pass of a single sample: where threads share it, a part of its rows.",
                Override,
                "InferRows",
                [.. s_sample, s_phase, .. new[] { "part", "parts" }.Select(KernelParameter.Count)])
            .WritePhases(
                writer,
                s_phase,
                "Rows",
                [.. Enumerable.Range(0, _plan.Shared.Count)],
                (method, phase) => method.WriteSequence(writer, _plan.Shared[phase].Statements, statements));
    }

    private void WriteObservation(CodeWriter writer)
    {
        var statements = new StatementWriter(_observed, _kernels);
        WritePreparation(writer, _plan.Observed, statements, "PrepareObservation", "What Observe needs that comes from the parameters alone.");
        new ScheduleMethod(
            "The forward pass of some samples, without noise, that keeps the value of every layer.",
            Override,
            "Observe",
            [.. References("parameters", "temporaries", "block"), KernelParameter.Count("samples")])
            .WriteSequence(writer, StatementsOf(_plan.Observed, isSampled: true), statements);
    }

    private void WriteStream(CodeWriter writer)
    {
        if (_plan.Stream is null || _stream is null)
        {
            return;
        }

        var statements = new StatementWriter(_stream, _kernels);
        WritePreparation(writer, _plan.Stream, statements, "PrepareStream", "What Step needs that comes from the parameters alone.");
        new ScheduleMethod("One step of a stream, whose memory is the beginning of the block.", Override, "Step", [.. s_sample, KernelParameter.Flag(LoopCallPlanner.StreamTurn)])
            .WriteSequence(writer, StatementsOf(_plan.Stream, isSampled: true), statements);
    }

    // Where there is nothing to prepare, the base class does it.
    private static void WritePreparation(CodeWriter writer, PassPlan pass, StatementWriter statements, string name, string summary)
    {
        Statement[] preparation = [.. StatementsOf(pass, isSampled: false)];
        if (preparation.Length > 0)
        {
            new ScheduleMethod(summary, Override, name, References("parameters", "temporaries")).WriteSequence(writer, preparation, statements);
        }
    }

    private void WriteTraining(CodeWriter writer)
    {
        var statements = new StatementWriter(_training, _kernels);
        EquatableArray<PlannedPhase> schedule = _plan.Training.Schedule;
        int[] Phases(bool isSampled) => [.. Enumerable.Range(0, schedule.Count).Where(phase => (schedule[phase].Kind == PhaseKind.Samples) == isSampled)];
        new ScheduleMethod(
                "Samples local.. of the block, which are samples first.. of the batch, through one phase of a training step.",
                Override,
                "TrainSamples",
                s_trainedSamples)
            .WritePhases(
                writer,
                s_phase,
                "Phase",
                Phases(isSampled: true),
                (method, phase) => method.WriteSequence(writer, schedule[phase].Statements.Select(static statement => statement.Statement), statements));
        new ScheduleMethod("One part of one phase of a training step: sums over the samples of the block.", Override, "TrainPart", s_trainedPart)
            .WritePhases(writer, s_phase, "Phase", Phases(isSampled: false), (method, phase) => method.WriteParts(writer, schedule[phase].Statements, statements));
    }

    private static IEnumerable<Statement> StatementsOf(PassPlan pass, bool isSampled) => pass.Schedule
        .Where(phase => (phase.Kind == PhaseKind.Samples) == isSampled)
        .SelectMany(static phase => phase.Statements)
        .Select(static statement => statement is { Parts: > 1, Statement: Call call } ? new EachPart(call, statement.Parts) : statement.Statement);

    private static KernelParameter[] References(params string[] names) => [.. names.Select(KernelParameter.Reference)];
}
