using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the calls of kernels that sum over the whole batch, each cut into parts that any thread may take.</summary>
internal sealed class PartCallEmitter(PassPlan pass, BufferNames buffers, KernelNames kernels)
{
    public void Write(CodeWriter writer, Op op)
    {
        KernelPlan plan = pass.Kernels[op.Id];
        int parts = PartsOf(plan);
        using (writer.Block($"if (part < {parts})"))
        {
            WritePart(writer, op, plan);
            writer.Line("return;");
        }

        writer.Line();
        writer.Line($"part -= {parts};");
    }

    /// <summary>Writes the whole of an operation that has one part.</summary>
    public void WriteOnce(CodeWriter writer, Op op) => WritePart(writer, op, pass.Kernels[op.Id]);

    private void WritePart(CodeWriter writer, Op op, KernelPlan plan)
    {
        string[] operands = [.. op.Inputs.Select(buffers.OfStep), buffers.OfStep(op.Id)];
        int vectors = !op.Kind.SumsOverBatch || (op.Kind is BatchSumOp && op.Shape.Vectors > 1) ? 1 : pass.Buffers[op.Inputs[0]].Vectors;
        string count = vectors == 1 ? "step.Samples" : $"step.Samples * {vectors}";
        switch (plan)
        {
            case KernelGradientPlan { Parts: 1 } gradient:
                ScheduleEmitter.WriteCall(writer, kernels[plan], [.. operands, count, "0", CSharpLiteral.Of(gradient.Inputs)]);
                break;
            case KernelGradientPlan gradient:
                writer.Line($"nuint firstRow = (nuint)part * {gradient.PartRows};");
                writer.Line($"nuint lastRow = part == {gradient.Parts - 1} ? {gradient.Inputs} : firstRow + {gradient.PartRows};");
                ScheduleEmitter.WriteCall(writer, kernels[plan], [.. operands, count, "firstRow", "lastRow"]);
                break;
            case BatchSumPlan or BatchMomentsPlan or BatchProjectionsPlan:
                ScheduleEmitter.WriteCall(writer, kernels[plan], [.. operands, count]);
                break;
            case TransposePlan transpose:
                ScheduleEmitter.WriteCall(writer, "PanelTranspose.Run", [.. operands, $"{transpose.Inputs}, {transpose.Units}, part"]);
                break;
            case CallPlan call:
                // An operation that changes its operands has no result of its own.
                string[] arguments = op.Kind is MovingAverageOp ? [.. op.Inputs.Select(buffers.OfStep)] : operands;
                ScheduleEmitter.WriteCall(writer, call.Function, [.. arguments, call.Constants]);
                break;
            default:
                throw new InvalidOperationException($"{plan.GetType().Name} does not run in parts");
        }
    }

    /// <summary>Into how many parts the work of a kernel without batch axis is cut.</summary>
    public static int PartsOf(KernelPlan plan) => plan switch
    {
        KernelGradientPlan gradient => gradient.Parts,
        TransposePlan transpose => PanelLayout.Panels(transpose.Inputs),
        _ => 1,
    };
}
