using Unroll.Generator.Model;

namespace Unroll.Generator.Graph.Contractions;

/// <summary>
/// One of the three values of a contraction, computed from the other two: its own is number <paramref name="Result"/>. Operands: the others in
/// their order. Where the operands have a value for each sample and the result has one a step, it is the sum over the batch.
/// </summary>
internal sealed record ContractOp(Contraction Contraction, int Result = 2) : OpKind
{
    public override IEnumerable<string?> Details => [Contraction.FormulaOf(Result)];

    private const int Values = 3;

    public override bool ReadsPacked(int operand) => true;

    // The gradient by a kernel; which of the values samples have, their scopes tell.
    public override bool MaySumOverBatch => true;

    public override bool Accepts(Shape result, IReadOnlyList<Shape> operands) => operands.Count == Values - 1 && Contraction.Fits(
        [.. Enumerable.Range(0, Values).Select(value => value == Result ? result : operands[OperandOf(value)])]);

    public override long MultiplyAdds(OpGraph graph, Op op) => Contraction.Points;

    // z = Σ a·b over the points: da = Σ dz·b and db = Σ a·dz over the same points.
    public override void Differentiate(GradientTape tape, Op op, Op dy)
    {
        int first = tape[op, 0].Scope == OpScope.Sample ? 0 : 1;
        for (int operand = 0; operand < op.Inputs.Count; operand++)
        {
            int value = ValueOf(operand);
            var gradient = new ContractOp(Contraction, value);
            string role = tape[op, operand].Scope == OpScope.Step ? "KernelGradient" : operand == first ? "InputGradient" : "OtherGradient";
            tape.Contribute(
                op, operand, gradient, role, [.. Enumerable.Range(0, Values).Where(other => other != value).Select(other => other == Result ? dy : tape[op, OperandOf(other)])]);
        }
    }

    /// <summary>The same of a result of this shape.</summary>
    public ContractOp Over(Shape result) => this with { Contraction = Contraction.Over(Result, result) };

    private int OperandOf(int value) => value > Result ? value - 1 : value;

    private int ValueOf(int operand) => operand >= Result ? operand + 1 : operand;
}
