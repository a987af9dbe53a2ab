using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>Writes the formulas of a cell, a variable for each node.</summary>
/// <param name="program">The formulas.</param>
/// <param name="width">Floats of a part.</param>
/// <param name="names">The references to the operands.</param>
internal sealed class LaneFormulas(LaneProgram program, int width, IReadOnlyList<string> names)
{
    /// <summary>Nodes that stand in variables already.</summary>
    public IReadOnlyDictionary<int, string> Held { get; init; } = new Dictionary<int, string>();

    private readonly HashSet<int> _fused = Fused(program);

    /// <summary>Products that are only added to something: there they are multiplied, in one instruction where the processor has it.</summary>
    public static HashSet<int> Fused(LaneProgram program) => [.. program.Nodes.Select(node => FusedBy(program, node)).Where(static node => node >= 0)];

    /// <summary>What is the same for all units.</summary>
    public void WriteScalars(CodeWriter writer, SimdTarget t)
    {
        for (int node = 0; node < program.Nodes.Count; node++)
        {
            if (program.Nodes[node] is LaneScalar scalar)
            {
                writer.Line($"{t.Vector} {NameOf(node)} = {t.Broadcast(names[scalar.Operand])};");
            }
        }
    }

    /// <summary>The rest, for the units from one on.</summary>
    public void WriteUnits(CodeWriter writer, SimdTarget t, Offset unit)
    {
        for (int node = 0; node < program.Nodes.Count; node++)
        {
            if (program.Nodes[node] is not (LaneScalar or LaneConstant) && !Held.ContainsKey(node) && !_fused.Contains(node))
            {
                writer.Line($"{t.Vector} {NameOf(node)} = {Phrase(t, program.Nodes[node], unit)};");
            }
        }
    }

    public Expression ValueOf(SimdTarget t, int node) => program.Nodes[node] is LaneConstant constant ? t.Constant(constant.Value) : NameOf(node);

    private Expression Phrase(SimdTarget t, LaneNode node, Offset unit) => node switch
    {
        LaneRead read => t.Load(names[read.Operand], unit + (read.Part * width)),
        LaneArithmetic term when FusedBy(program, term) is int product && product >= 0 => MultiplyAdd(t, (LaneArithmetic)program.Nodes[product], term.Left + term.Right - product),
        LaneArithmetic term => $"{ValueOf(t, term.Left)} {LaneText.SignOf(term.Operator)} {ValueOf(t, term.Right)}",
        LaneActivate activate => ActivationPhrases.Forward(t, activate.Function, ValueOf(t, activate.X)),
        LaneActivateGradient gradient => ActivationPhrases.Gradient(t, gradient.Function, ValueOf(t, gradient.Dy), ValueOf(t, gradient.Saved)),
        LaneSelect choice => t.Select(t.Greater(ValueOf(t, choice.Condition), t.Zero), ValueOf(t, choice.Yes), ValueOf(t, choice.No)),
        _ => throw new InvalidOperationException($"no phrase for {node}"),
    };

    private Expression MultiplyAdd(SimdTarget t, LaneArithmetic product, int addend) =>
        t.MultiplyAdd(ValueOf(t, product.Left), ValueOf(t, product.Right), ValueOf(t, addend));

    // The right one of two: there stands what is computed last. −1 where there is none.
    private static int FusedBy(LaneProgram program, LaneNode sum) => sum is LaneArithmetic { Operator: LaneOperator.Add } term && term.Left != term.Right
        ? new[] { term.Right, term.Left }.Where(node => program.Nodes[node] is LaneArithmetic { Operator: LaneOperator.Multiply }
            && program.Nodes.Count(other => other.Operands.Contains(node)) == 1
            && program.Writes.All(write => write.Node != node)).DefaultIfEmpty(-1).First()
        : -1;

    private string NameOf(int node) => Held.TryGetValue(node, out string? name) ? name : $"v{node}";
}
