using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The rows of a table that ids name: y[p] = table[ids[p]] for each position p. Operands: ids, table.</summary>
internal sealed record GatherOp : OpKind
{
    public override bool ReadsPacked(int operand) => true;

    public override bool ReadsIds(int operand) => operand == 0;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0].Size == result.Rows && operands[1].Last == result.Last;

    public override void Differentiate(GradientTape tape, Op op, Op dy) =>
        tape.Contribute(op, 1, new GatherGradientOp(), "Gradient", tape[op, 0], dy);
}

/// <summary>The gradient of <see cref="GatherOp"/> by its table: dtable[r] = Σ dy[p] over all positions p of the batch whose id is r. Operands: ids, dy.</summary>
internal sealed record GatherGradientOp : OpKind
{
    public override bool ReadsPacked(int operand) => true;

    public override bool ReadsIds(int operand) => operand == 0;

    public override bool SumsOverBatch => true;

    public override bool Folds => true;

    /// <summary>Whether the runtime knows which rows this touches, and clears those that the step before has touched.</summary>
    public static bool IsCleared(OpGraph graph, Op op) =>
        graph.Gradients.Any(gradient => gradient.Value == op.Id && InputOf(graph, gradient.Parameter) is not null);

    /// <summary>The input whose values, as ids, name all rows that the gradient of a parameter touches; null where more contributes to it.</summary>
    public static int? InputOf(OpGraph graph, int parameter)
    {
        ParameterGradient? found = graph.Gradients.FirstOrDefault(gradient => gradient.Parameter == parameter);
        if (found is null || graph[found.Value] is not { Kind: GatherGradientOp } gradient)
        {
            return null;
        }

        Op ids = graph[gradient.Inputs[0]];
        while (ids.Kind is ReshapeOp)
        {
            ids = graph[ids.Inputs[0]];
        }

        return (ids.Kind as InputOp)?.Index;
    }

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0].Size == operands[1].Rows && operands[1].Last == result.Last;
}
