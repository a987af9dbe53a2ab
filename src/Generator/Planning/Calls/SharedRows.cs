using Unroll.Generator.Model;

namespace Unroll.Generator.Planning.Calls;

/// <summary>A phase of a single sample's forward pass.</summary>
/// <param name="IsShared">Whether threads share it, each taking some of its rows; else one does it all.</param>
/// <param name="Statements">In order.</param>
internal sealed record RowPhase(bool IsShared, EquatableArray<Statement> Statements);

/// <summary>
/// Cuts the forward pass of a single sample into phases, so that threads can share the rows of its pictures: each large convolution is one,
/// and what lies between two of them.
/// </summary>
internal static class SharedRows
{
    // Multiply-adds: a fork and a join take one or two microseconds, in which a core does some hundred thousand.
    private const long LeastOfAPhase = 500_000;
    private const long LeastOfAPass = 4_000_000;

    /// <returns>Nothing where threads would gain little.</returns>
    public static EquatableArray<RowPhase> Plan(EquatableArray<PlannedPhase> schedule)
    {
        var phases = new List<RowPhase>();
        var between = new List<Statement>();
        long shared = 0;
        foreach (PlannedStatement planned in schedule.Where(static phase => phase.Kind == PhaseKind.Samples).SelectMany(static phase => phase.Statements))
        {
            if (planned.Statement is Call { Target: CallTarget.Kernel { Plan: ConvolutionPlan { TakesRows: true } plan } } whole
                && planned.MultiplyAdds >= LeastOfAPhase)
            {
                Close();
                shared += planned.MultiplyAdds;
                phases.Add(new RowPhase(true, EquatableArray.Of<Statement>(Part(whole, plan.Geometry.Y.Rows))));
            }
            else
            {
                between.Add(planned.Statement);
            }
        }

        Close();
        return shared < LeastOfAPass ? default : phases.ToEquatableArray();

        void Close()
        {
            if (between.Count > 0)
            {
                phases.Add(new RowPhase(false, between.ToEquatableArray()));
                between.Clear();
            }
        }
    }

    // The last two arguments are the first row, and the one behind the last.
    private static Call Part(Call whole, int rows) => whole with
    {
        Arguments = whole.Arguments.Take(whole.Arguments.Count - 2)
            .Concat([new CallArgument.PartStart(rows, Behind: 0), new CallArgument.PartStart(rows, Behind: 1)])
            .ToEquatableArray(),
    };
}
