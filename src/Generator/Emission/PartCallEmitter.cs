using Unroll.Generator.Graph;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the calls of kernels that sum over the whole batch, each cut into parts that any thread may take.</summary>
internal sealed class PartCallEmitter(PassPlan pass, BufferNames buffers, KernelNames kernels)
{
    /// <summary>Finds the operation that <c>part</c> belongs to, and runs that part.</summary>
    /// <param name="writer">Receives the code.</param>
    /// <param name="ops">The operations, whose parts are numbered one after another.</param>
    /// <param name="next">The call for parts beyond them; empty where there are none.</param>
    public void WriteChoice(CodeWriter writer, IReadOnlyList<Op> ops, string next)
    {
        for (int index = 0; index < ops.Count; index++)
        {
            KernelPlan plan = pass.Kernels[ops[index].Id];
            int parts = PartsOf(plan);
            if (index == ops.Count - 1 && next.Length == 0)
            {
                WritePart(writer, ops[index], plan);
                return;
            }

            using (writer.Block($"if (part < {parts})"))
            {
                WritePart(writer, ops[index], plan);
                writer.Line("return;");
            }

            writer.Line();
            writer.Line($"part -= {parts};");
        }

        writer.Line(next);
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
                writer.Call(kernels[plan], [.. operands, count, "0", CSharpLiteral.Of(gradient.Inputs)]);
                break;
            case KernelGradientPlan gradient:
                string firstRow = $"(nuint)part * {KernelGradientPlan.PartRows}";
                string lastRow = $"part == {gradient.Parts - 1} ? {gradient.Inputs} : {firstRow} + {KernelGradientPlan.PartRows}";
                writer.Call(kernels[plan], [.. operands, count, firstRow, lastRow]);
                break;
            case BatchSumPlan or BatchMomentsPlan or BatchProjectionsPlan:
                writer.Call(kernels[plan], [.. operands, count]);
                break;
            case TransposePlan transpose:
                writer.Call("PanelTranspose.Run", [.. operands, CSharpLiteral.Of(transpose.Inputs), CSharpLiteral.Of(transpose.Units), "part"]);
                break;
            case CallPlan call:
                // An operation that changes its operands has no result of its own.
                string[] arguments = op.Kind is MovingAverageOp ? [.. op.Inputs.Select(buffers.OfStep)] : operands;
                writer.Call(call.Function, [.. arguments, .. call.Arguments.Select(CSharpLiteral.Of)]);
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
