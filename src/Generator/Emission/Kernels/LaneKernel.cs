using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The formulas of a cell: all units of a sample, then the next sample. What is written may be what was read.</summary>
internal sealed class LaneKernel(LanePlan plan) : KernelEmitter
{
    private readonly IReadOnlyList<string> _names = NamesOf(plan, "samples", "u");

    public override IReadOnlyList<KernelParameter> Parameters =>
        [.. _names.Select(KernelParameter.Reference), KernelParameter.Count("samples")];

    public override string Formula => $"{LaneText.Of(plan, _names)}, vectors of {plan.Width}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        var formulas = new LaneFormulas(plan.Program, plan.Width, _names);
        using (writer.Block("for (; samples != 0; samples--)"))
        {
            formulas.WriteScalars(writer, t);
            if (plan.Width == t.Machine.Lanes)
            {
                WriteUnits(formulas, writer, t, 0);
            }
            else
            {
                using (writer.Block($"for (nuint u = 0; u < {plan.Width}; u += {t.Machine.Lanes})"))
                {
                    WriteUnits(formulas, writer, t, Offset.Variable("u"));
                }
            }

            writer.Line();
            for (int operand = 0; operand < _names.Count; operand++)
            {
                writer.Line(Reference.Advance(_names[operand], plan.Operands[operand].Stride));
            }
        }
    }

    /// <summary>Names of slots are of our making; one read and written is two arguments.</summary>
    /// <param name="plan">The formulas.</param>
    /// <param name="others">The kernel's other names.</param>
    public static IReadOnlyList<string> NamesOf(LanePlan plan, params string[] others)
    {
        var taken = new HashSet<string>(others, StringComparer.Ordinal);
        return [.. plan.Operands.Select(operand => Identifiers.Unique(char.ToLowerInvariant(operand.Name[0]) + operand.Name.Substring(1), taken))];
    }

    private void WriteUnits(LaneFormulas formulas, CodeWriter writer, SimdTarget t, Offset unit)
    {
        formulas.WriteUnits(writer, t, unit);
        foreach (LaneWrite write in plan.Program.Writes)
        {
            writer.Line(t.Store(formulas.ValueOf(t, write.Node), _names[write.Operand], unit + (write.Part * plan.Width)));
        }
    }
}
