using Unroll.Generator.Model;

namespace Unroll.Generator.Graph;

/// <summary>The rows of a table that ids name: y[p] = table[ids[p]] for each position p. Operands: ids, table.</summary>
internal sealed record GatherOp : OpKind
{
    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0].Size == result.Rows && operands[1].Last == result.Last;

    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        Op table = tape[op.Inputs[1]];
        tape.Contribute(table, tape.Writer.Add(
            new GatherGradientOp(), table.Shape, OpScope.Step, tape.Label(op, "Gradient"), tape[op.Inputs[0]], dy));
    }
}

/// <summary>The gradient of <see cref="GatherOp"/> by its table: dtable[r] = Σ dy[p] over all positions p of the batch whose id is r. Operands: ids, dy.</summary>
internal sealed record GatherGradientOp : OpKind
{
    public override bool SumsOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) =>
        operands.Count == 2 && operands[0].Size == operands[1].Rows && operands[1].Last == result.Last;
}
