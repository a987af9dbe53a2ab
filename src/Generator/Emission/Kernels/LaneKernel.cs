using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The formulas of a cell: all units of a sample, then the next sample. What is written may be what was read.</summary>
internal sealed class LaneKernel(LanePlan plan) : KernelEmitter
{
    private readonly IReadOnlyList<string> _names = NamesOf(plan);

    public override IReadOnlyList<KernelParameter> Parameters =>
        [.. _names.Select(KernelParameter.Reference), KernelParameter.Count("samples")];

    public override string Formula => $"{LaneText.Of(plan, _names)}, vectors of {plan.Width}";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        using (writer.Block("for (; samples != 0; samples--)"))
        {
            for (int node = 0; node < plan.Program.Nodes.Count; node++)
            {
                if (plan.Program.Nodes[node] is LaneScalar scalar)
                {
                    writer.Line($"{t.Vector} {NameOf(node)} = {t.Broadcast(_names[scalar.Operand])};");
                }
            }

            if (plan.Width == t.Machine.Lanes)
            {
                WriteUnits(writer, t, 0);
            }
            else
            {
                using (writer.Block($"for (nuint u = 0; u < {plan.Width}; u += {t.Machine.Lanes})"))
                {
                    WriteUnits(writer, t, Offset.Variable("u"));
                }
            }

            writer.Line();
            for (int operand = 0; operand < _names.Count; operand++)
            {
                writer.Line(Reference.Advance(_names[operand], plan.Operands[operand].Stride));
            }
        }
    }

    private void WriteUnits(CodeWriter writer, SimdTarget t, Offset unit)
    {
        for (int node = 0; node < plan.Program.Nodes.Count; node++)
        {
            if (plan.Program.Nodes[node] is not (LaneScalar or LaneConstant))
            {
                writer.Line($"{t.Vector} {NameOf(node)} = {Phrase(t, plan.Program.Nodes[node], unit)};");
            }
        }

        foreach (LaneWrite write in plan.Program.Writes)
        {
            writer.Line(t.Store(ValueOf(t, write.Node), _names[write.Operand], unit + (write.Part * plan.Width)));
        }
    }

    private Expression Phrase(SimdTarget t, LaneNode node, Offset unit) => node switch
    {
        LaneRead read => t.Load(_names[read.Operand], unit + (read.Part * plan.Width)),
        LaneArithmetic term => $"{ValueOf(t, term.Left)} {LaneText.SignOf(term.Operator)} {ValueOf(t, term.Right)}",
        LaneActivate activate => ActivationPhrases.Forward(t, activate.Function, ValueOf(t, activate.X)),
        LaneActivateGradient gradient => ActivationPhrases.Gradient(t, gradient.Function, ValueOf(t, gradient.Dy), ValueOf(t, gradient.Saved)),
        LaneSelect choice => t.Select(t.Greater(ValueOf(t, choice.Condition), t.Zero), ValueOf(t, choice.Yes), ValueOf(t, choice.No)),
        _ => throw new InvalidOperationException($"no phrase for {node}"),
    };

    private Expression ValueOf(SimdTarget t, int node) => plan.Program.Nodes[node] is LaneConstant constant ? t.Constant(constant.Value) : NameOf(node);

    private static string NameOf(int node) => $"v{node}";

    // Names of slots are of our making; one read and written is two arguments.
    private static IReadOnlyList<string> NamesOf(LanePlan plan)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { "samples", "u" };
        return [.. plan.Operands.Select(operand => Identifiers.Unique(char.ToLowerInvariant(operand.Name[0]) + operand.Name.Substring(1), taken))];
    }
}
