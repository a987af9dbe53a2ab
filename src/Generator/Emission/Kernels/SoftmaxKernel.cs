using Unroll.Generator.Emission.Targets;
using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission.Kernels;

/// <summary>The columns of a vector as SIMD vectors: whole ones, one that is partly padding, and padding only.</summary>
internal sealed class MaskedColumns(SimdTarget t, int columns)
{
    /// <summary>SIMD vectors that hold at least one column.</summary>
    public int Used => (columns + t.Machine.Lanes - 1) / t.Machine.Lanes;

    /// <summary>SIMD vectors without padding.</summary>
    public int Whole => columns / t.Machine.Lanes;

    /// <summary>SIMD vectors of the padded vector.</summary>
    public int Total => PanelLayout.Pad(columns) / t.Machine.Lanes;

    /// <summary>The load of a vector, its padding replaced by <paramref name="filler"/>.</summary>
    public string Load(string row, int vector, string filler)
    {
        string load = t.Load(row, vector * t.Machine.Lanes);
        return vector < Whole ? load : t.Select(t.FirstLanes(columns % t.Machine.Lanes), load, filler);
    }
}

/// <summary>y = e^(x − max x)/Σ e^(x − max x).</summary>
internal sealed class SoftmaxKernel(SoftmaxPlan plan) : KernelEmitter
{
    // Up to here a row's exponentials stay in registers.
    private const int MaxUnrolled = 4;

    public override IReadOnlyList<KernelParameter> Parameters =>
        [KernelParameter.Reference("x"), KernelParameter.Reference("y"), KernelParameter.Count("vectors")];

    public override string Formula => $"y = e^(x − max)/Σ e^(x − max), {plan.Columns} columns";

    public override void WriteBody(CodeWriter writer, SimdTarget t)
    {
        var columns = new MaskedColumns(t, plan.Columns);
        string lowest = t.Broadcast("float.NegativeInfinity");
        using (writer.Block("for (nuint vector = 0; vector < vectors; vector++)"))
        {
            writer.Line($"ref float xRow = ref Unsafe.Add(ref x, vector * {plan.Stride});");
            writer.Line($"ref float yRow = ref Unsafe.Add(ref y, vector * {plan.Stride});");
            writer.Line("// Subtract the maximum first: the exponential overflows above 88.7.");
            if (columns.Used <= MaxUnrolled)
            {
                WriteUnrolled(writer, t, columns, lowest);
            }
            else
            {
                WriteLoops(writer, t, columns, lowest);
            }
        }
    }

    private static void WriteUnrolled(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        int lanes = t.Machine.Lanes;
        for (int v = 0; v < columns.Used; v++)
        {
            writer.Line($"{t.Vector} e{v} = {columns.Load("xRow", v, lowest)};");
        }

        string largest = Enumerable.Range(1, columns.Used - 1).Aggregate("e0", (max, v) => t.Max(max, $"e{v}"));
        writer.Line($"{t.Vector} max = {t.Broadcast($"VectorMath.MaxAcross({largest})")};");
        for (int v = 0; v < columns.Used; v++)
        {
            writer.Line($"e{v} = {t.Math("Exp", $"e{v} - max")};");
        }

        string sum = string.Join(" + ", Enumerable.Range(0, columns.Used).Select(static v => $"e{v}"));
        writer.Line($"{t.Vector} scale = {t.Broadcast($"1f / VectorMath.SumAcross({sum})")};");
        for (int v = 0; v < columns.Total; v++)
        {
            writer.Line(v < columns.Used ? t.Store($"(e{v} * scale)", "yRow", v * lanes) : t.Store(t.Zero, "yRow", v * lanes));
        }
    }

    private void WriteLoops(CodeWriter writer, SimdTarget t, MaskedColumns columns, string lowest)
    {
        int lanes = t.Machine.Lanes;
        int whole = columns.Whole * lanes;
        bool hasTail = columns.Used > columns.Whole;
        writer.Line($"{t.Vector} max = {lowest};");
        using (writer.Block($"for (nuint u = 0; u < {whole}; u += {lanes})"))
        {
            writer.Line($"max = {t.Max("max", t.LoadAt("xRow", "u"))};");
        }

        if (hasTail)
        {
            writer.Line($"max = {t.Max("max", columns.Load("xRow", columns.Whole, lowest))};");
        }

        writer.Line($"max = {t.Broadcast("VectorMath.MaxAcross(max)")};");
        writer.Line($"{t.Vector} sum = {t.Zero};");
        using (writer.Block($"for (nuint u = 0; u < {whole}; u += {lanes})"))
        {
            writer.Line($"{t.Vector} e = {t.Math("Exp", $"{t.LoadAt("xRow", "u")} - max")};");
            writer.Line(t.StoreAt("e", "yRow", "u"));
            writer.Line("sum += e;");
        }

        if (hasTail)
        {
            writer.Line($"{t.Vector} tail = {t.Math("Exp", $"{columns.Load("xRow", columns.Whole, lowest)} - max")};");
            writer.Line(t.Store("tail", "yRow", whole));
            writer.Line("sum += tail;");
        }

        for (int v = columns.Used; v < columns.Total; v++)
        {
            writer.Line(t.Store(t.Zero, "yRow", v * lanes));
        }

        writer.Line($"{t.Vector} scale = {t.Broadcast("1f / VectorMath.SumAcross(sum)")};");
        using (writer.Block($"for (nuint u = 0; u < {columns.Used * lanes}; u += {lanes})"))
        {
            writer.Line(t.StoreAt($"({t.LoadAt("yRow", "u")} * scale)", "yRow", "u"));
        }
    }
}
