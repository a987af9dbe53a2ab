using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Graph.Loops;
using Unroll.Generator.Model;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>A step of a small cell: for each vector of units the sums of all gates, then the formulas on them as they stand in registers.</summary>
internal sealed class CellStepKernel : KernelEmitter
{
    private const int MostInlined = 8;

    private readonly CellStepPlan _plan;
    private readonly IReadOnlyList<string> _names;
    private readonly string? _bias;

    // The nodes that are a gate's sum, and what stands in memory and a sum begins with.
    private readonly Dictionary<int, string> _held = [];
    private readonly Dictionary<int, LaneRead> _starts = [];

    public CellStepKernel(CellStepPlan plan)
    {
        _plan = plan;
        _names = LaneKernel.NamesOf(plan.Lanes, "x", "kernel", "bias", "after", "u", "k", "a", "term", "weights");
        _bias = new StepChain(plan.Product.Steps).LeadingBias;
        for (int node = 0; node < Nodes.Count; node++)
        {
            if (Nodes[node] is LaneRead read && read.Operand == plan.Sums)
            {
                _held.Add(node, SumOf(read.Part));
                Begin(node, read.Part);
            }
        }
    }

    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        KernelParameter.Reference("x"),
        KernelParameter.Reference("kernel"),
        .. _bias is null ? [] : new[] { KernelParameter.Reference(_bias) },
        .. _names.Select(KernelParameter.Reference),
    ];

    public override string Formula =>
        $"{_names[_plan.Sums]} = {StepText.Of("x·kernel", _plan.Product.Steps)}, {_plan.Units} → {_plan.Gates} × {_plan.Units}, a single vector\n"
        + LaneText.Of(_plan.Lanes, _names);

    // A longer one would share registers with what stands around it, and keep sums on the stack.
    public override bool IsInlined => _plan.Units <= MostInlined;

    public override string TileText(SimdTarget target)
    {
        int chains = Chains;
        return $"tile: {target.Machine.Lanes} units of each gate in {_plan.Gates * chains} registers, {(_plan.Units + chains - 1) / chains} multiply-adds deep";
    }

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        int lanes = t.Machine.Lanes;
        int groups = PanelLayout.Vectors(_plan.Units, t.Machine);
        if (groups == 1)
        {
            WriteGroup(writer, t, 0, _names[_plan.State]);
            WritePadding(writer, t, lanes);
            return;
        }

        // The sums have a place in memory, which nothing else needs here.
        string state = _names[_plan.State];
        string waiting = _names[_plan.Sums];
        int last = (groups - 1) * lanes;
        writer.Comment("New states wait until the last units have read the old ones.");
        for (int unit = 0; unit < last; unit += lanes)
        {
            writer.Line(CallOf(waiting, unit));
        }

        writer.Line(CallOf(state, last));
        writer.Wrapped(Enumerable.Range(0, groups - 1).Select(group => t.Store(t.Load(waiting, group * lanes), state, group * lanes)));
        WritePadding(writer, t, groups * lanes);
        writer.Line();

        // A method of its own: inlined twice or in a loop, the JIT compiler keeps every constant in a register and the sums on the stack.
        writer.Line("[MethodImpl(NoInlining | AggressiveOptimization)]");
        using (writer.Block($"static void Units({string.Join(", ", Parameters.Select(static parameter => parameter.Declaration))}, ref float after, nuint u)"))
        {
            WriteGroup(writer, t, Offset.Variable("u", lanes), "after");
        }
    }

    private string CallOf(string after, int unit) =>
        $"Units({string.Join(", ", Parameters.Select(static parameter => parameter.Argument))}, ref {after}, {CSharpLiteral.Of(unit)});";

    private void WriteGroup(CodeWriter writer, SimdTarget t, Offset unit, string state)
    {
        var formulas = new LaneFormulas(_plan.Lanes.Program, _plan.Lanes.Width, _names) { Held = _held };
        WriteSums(writer, t, unit);
        formulas.WriteScalars(writer, t);
        formulas.WriteUnits(writer, t, unit);
        foreach (LaneWrite write in Writes)
        {
            string operand = write.Operand == _plan.State ? state : _names[write.Operand];
            writer.Line(t.Store(formulas.ValueOf(t, write.Node), operand, unit + (write.Part * _plan.Lanes.Width)));
        }
    }

    // s{chain}{gate}: the first chain begins with what is added to the sum.
    private void WriteSums(CodeWriter writer, SimdTarget t, Offset unit)
    {
        int chains = Chains;
        for (int chain = 0; chain < chains; chain++)
        {
            int of = chain;
            writer.Declare(t.Vector, Enumerable.Range(0, _plan.Gates).Select(gate => $"s{of}{gate} = {(of == 0 ? Start(t, unit, gate) : t.Zero)}"));
        }

        writer.Line($"{t.Vector} a;");
        writer.Line(Reference.Declare("weights", "kernel", PanelLayout.OffsetOf(0, unit, _plan.Units)));
        if (_plan.Product.IsStraightLine(_plan.Gates))
        {
            WriteTerms(writer, t, "x", _plan.Units);
        }
        else
        {
            writer.Line(Reference.Declare("term", "x"));
            int whole = _plan.Units / chains * chains;
            using (writer.Block($"for (nuint k = 0; k < {whole}; k += {chains})"))
            {
                WriteTerms(writer, t, "term", chains);
                writer.Line(Reference.Advance("term", chains));
                writer.Line(Reference.Advance("weights", chains * PanelLayout.Width));
            }

            writer.Line();
            WriteTerms(writer, t, "term", _plan.Units - whole);
        }

        for (int distance = 1; distance < chains; distance *= 2)
        {
            for (int chain = 0; chain + distance < chains; chain += 2 * distance)
            {
                (int to, int from) = (chain, chain + distance);
                writer.Wrapped(Enumerable.Range(0, _plan.Gates).Select(gate => $"s{to}{gate} += s{from}{gate};"));
            }
        }
    }

    // Gates lie whole panels apart.
    private void WriteTerms(CodeWriter writer, SimdTarget t, string x, int count)
    {
        for (int k = 0; k < count; k++)
        {
            int row = k;
            writer.Wrapped(Enumerable.Range(0, _plan.Gates)
                .Select(gate =>
                {
                    string sum = $"s{row % Chains}{gate}";
                    return $"{sum} = {t.MultiplyAdd("a", t.Load("weights", PanelLayout.OffsetOf(row, gate * _plan.Lanes.Width, _plan.Units)), sum)};";
                })
                .Prepend($"a = {t.Broadcast(Reference.At(x, row))};"));
        }
    }

    // Padding of what others read is 0.
    private void WritePadding(CodeWriter writer, SimdTarget t, int first)
    {
        for (int unit = first; unit < _plan.Lanes.Width; unit += t.Machine.Lanes)
        {
            int at = unit;
            writer.Wrapped(Writes.Select(write => t.Store(t.Zero, _names[write.Operand], at + (write.Part * _plan.Lanes.Width))));
        }
    }

    private Expression Start(SimdTarget t, Offset unit, int gate)
    {
        Expression[] addends =
        [
            .. _starts.TryGetValue(gate, out LaneRead? read) ? [t.Load(_names[read.Operand], unit + (read.Part * _plan.Lanes.Width))] : (Expression[])[],
            .. _bias is string bias ? [t.Load(bias, unit + (gate * _plan.Lanes.Width))] : (Expression[])[],
        ];
        return addends.Length == 0 ? t.Zero : string.Join(" + ", addends);
    }

    // A sum that is only added to a value in memory begins with that value.
    private void Begin(int sum, int part)
    {
        int[] readers = [.. Enumerable.Range(0, Nodes.Count).Where(node => Nodes[node].Operands.Contains(sum))];
        if (readers.Length != 1 || Nodes[readers[0]] is not LaneArithmetic { Operator: LaneOperator.Add } term)
        {
            return;
        }

        int other = term.Left == sum ? term.Right : term.Left;
        if (Nodes[other] is LaneRead read && read.Operand != _plan.Sums && Nodes.Count(node => node.Operands.Contains(other)) == 1
            && Writes.All(write => write.Node != other && write.Node != sum))
        {
            _starts.Add(part, read);
            _held.Add(other, SumOf(part));
            _held.Add(readers[0], SumOf(part));
        }
    }

    private IReadOnlyList<LaneNode> Nodes => _plan.Lanes.Program.Nodes;

    private IReadOnlyList<LaneWrite> Writes => _plan.Lanes.Program.Writes;

    private int Chains => _plan.Product.ChainsFor(_plan.Gates);

    private static string SumOf(int part) => $"s0{part}";
}
